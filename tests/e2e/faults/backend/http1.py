# SPDX-License-Identifier: Apache-2.0
#
# http1.py - answers to OTLP/HTTP requests, good ones and others:
#
#     503, 503:2, 429:+2   a status, with Retry-After as it stands, or as a date so many seconds ahead
#     part:N, warn         taken but for N spans; taken, with a word of warning
#     page, plain, json, junk, none, typeless, many
#                          200 with a web page; with text; with JSON; with what is no message; 204; without a type;
#                          after three times 100
#     upgrade              101
#     cut-line, cut-head, cut, cut-chunk, cut-100
#                          the connection ends inside the answer's first line, its head, its body, a chunk; after a 100
#     babble, bad-head     what is not HTTP at all; a head that is none
#     giant, flood, flood-head      a body that is said to be, or turns out, too large; headers without an end
#     old                  HTTP/1.0, closed after the answer
#     bye                  taken, and closed without a word in advance right behind the answer
#     accept-reset, accept-close, deaf       before anything was read; a connection on which nothing is read
#     head-reset, head-close        the request's head was read
#     reset, close, silent          it was read and taken; silence until the client has gone
#     answer-reset, body-reset      after the answer's head; inside its body
#     late:MS              the answer comes later; when MS is long, for nobody
#     slow:BYTES           the request is read by so many bytes at a time
#     trickle              the answer comes byte by byte
import email.utils
import gzip
import math
import select
import socket
import struct
import time

from request import Strange

PIECE = 65536


def kill(connection):
    """With a reset."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)  # wakes who reads
    except OSError:
        pass
    connection.close()


class Stream:
    """A connection that is read by lines and lengths."""

    def __init__(self, connection):
        self.connection, self.data = connection, bytearray()

    def more(self, most=PIECE):
        got = self.connection.recv(most)
        if not got:
            raise EOFError
        self.data += got

    def line(self):
        while b"\r\n" not in self.data:
            self.more()
        line = self.exactly(self.data.index(b"\r\n") + 2)
        return line[:-2].decode("ascii")

    def exactly(self, length, piece=PIECE):
        while len(self.data) < length:
            self.more(piece)
            if piece < PIECE:
                time.sleep(0.002)
        taken = bytes(self.data[:length])
        del self.data[:length]
        return taken


def silence(connection):
    """Until the client has gone."""
    while connection.recv(PIECE):
        pass


# ---- the request ----

def read_head(stream):
    line = stream.line()
    if line not in ("POST /v1/traces HTTP/1.1", "POST http://otel.test/v1/traces HTTP/1.1"):  # or as a proxy gets it
        raise Strange(line.replace(" ", "_"))
    headers = {}
    while line := stream.line():
        name, colon, value = line.partition(": ")
        if not colon or name.lower() in headers:
            raise Strange("header:" + name)
        headers[name.lower()] = value
    wanted = {"content-type": "application/x-protobuf"}
    if any(headers.get(name) != value for name, value in wanted.items()) or "expect" in headers or \
            headers.get("content-encoding", "gzip") != "gzip":
        raise Strange("headers")
    host, user_agent = headers.get("host", ""), headers.get("user-agent", "")
    if not host.startswith(("127.0.0.1:", "otel.test")) or not user_agent.startswith("OTel"):
        raise Strange("host-or-user-agent")
    return int(headers["content-length"]), headers.get("content-encoding") == "gzip"


# ---- answers ----

def reply(body=b"", status=200, kind="application/x-protobuf", headers=(), version="1.1"):
    lines = ["HTTP/%s %d Words" % (version, status), *headers]
    if kind:
        lines.append("Content-Type: " + kind)
    if status != 204 and status >= 200:
        lines.append("Content-Length: %d" % len(body))
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def partial(rejected, words=b"bad ids"):
    number, rejected = b"", rejected & (2**64 - 1)
    while rejected > 0x7F:
        number, rejected = number + bytes([rejected & 0x7F | 0x80]), rejected >> 7
    message = bytes([8]) + number + bytes([rejected, 18, len(words)]) + words
    return bytes([10, len(message)]) + message


def retry_after(text):
    if text[:1] == "+":
        text = email.utils.formatdate(math.ceil(time.time()) + int(text[1:]), usegmt=True)
    return ["Retry-After: " + text] if text else []


CHUNKED = reply(headers=["Transfer-Encoding: chunked"]).replace(b"Content-Length: 0\r\n", b"")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n"

# What is said by which answer to a request that was taken, as a whole success.
GOOD = {
    "warn": reply(partial(0, b"old agent")),
    "page": reply(b"<html>welcome</html>", kind="text/html; charset=utf-8"),
    "plain": reply(b"thank you", kind="text/plain"),
    "json": reply(b"{}", kind="application/json"),
    "junk": reply(b"\xff\xff\xff\xff"),
    "none": reply(status=204, kind=""),
    "typeless": reply(b"", kind=""),
    "many": b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + reply(),
}
# What is said, then: whether it was taken, and how the connection ends.
BAD = {
    "upgrade": (False, reply(status=101, headers=["Upgrade: h2c", "Connection: upgrade"]), "close"),
    "cut-line": (True, HEAD[:11], "close"),
    "cut-head": (True, HEAD[:20], "close"),
    "cut-100": (True, b"HTTP/1.1 100 Continue\r\n\r\n", "close"),
    "cut": (True, HEAD + b"Content-Length: 100\r\n\r\n1234567890", "close"),
    "cut-chunk": (True, CHUNKED + b"40\r\n1234567890", "close"),
    "babble": (True, b"\x15\x03\x01 what do you want?\r\n\r\n", "close"),
    "bad-head": (True, HEAD + b"Content-Length: twelve\r\n\r\n", "close"),
    "giant": (True, HEAD + b"Content-Length: 5000000000\r\n\r\n", "silent"),
    "reset": (True, b"", "reset"),
    "close": (True, b"", "close"),
    "silent": (True, b"", "silent"),
    "answer-reset": (True, HEAD + b"Content-Length: 100\r\n\r\n", "reset"),
    "body-reset": (True, HEAD + b"Content-Length: 100\r\n\r\n1234567890", "reset"),
}
FLOOD = {
    "flood": (CHUNKED, b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
    "flood-head": (HEAD, b"X-More: " + b"y" * 8000 + b"\r\n"),
}


def end(connection, how):
    if how == "silent":
        silence(connection)
    if how == "reset":
        time.sleep(0.05)  # what was said shall be read before
        kill(connection)
    else:
        connection.shutdown(socket.SHUT_WR)
        silence(connection)
    raise EOFError


def send_flood(connection, begin, piece):
    connection.sendall(begin)
    while not select.select([connection], [], [], 0)[0]:
        connection.sendall(piece)
    raise EOFError


def send_answer(connection, port, answer, ids):
    what, _, detail = answer.partition(":")
    if what in BAD:
        taken, words, how = BAD[what]
        if taken:
            port.takes(ids)
        connection.sendall(words)
        end(connection, how)
    if what in FLOOD:
        port.takes(ids)
        send_flood(connection, *FLOOD[what])
    if what.isdigit() and what != "200":
        connection.sendall(reply(b"", int(what), headers=retry_after(detail)))
        return
    good(connection, port, what, detail, ids)


def good(connection, port, what, detail, ids):
    rejected = min(max(int(detail), 0), len(ids)) if what == "part" else 0
    words = reply(partial(int(detail))) if what == "part" else GOOD.get(what, reply())
    port.takes(ids[rejected:])
    if what == "late" and wait_gone(connection, int(detail)):
        raise EOFError  # too late
    port.acks(ids[rejected:])
    if what == "old":
        connection.sendall(reply(version="1.0"))
        end(connection, "close")
    if what == "bye":  # in one piece with the end of the connection, so that no later request can be faster than that
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    for at in range(0, len(words), 1 if what == "trickle" else len(words)):
        connection.sendall(words[at:at + (1 if what == "trickle" else len(words))])
    if what == "bye":
        end(connection, "close")


def refuse_early(connection, port, stage):
    """Answers that are given before the request is there."""
    answer = port.peek()
    if not answer.startswith(stage + "-") and (stage != "accept" or answer != "deaf"):
        return
    port.take_answer()
    if answer == "deaf":
        wait_gone(connection)
    elif answer.endswith("-reset"):
        kill(connection)
    else:
        end(connection, "close")
    raise EOFError


def wait_gone(connection, most_ms=None):
    """Whether the client has gone, of which we learn without reading."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    return bool(poll.poll(most_ms))


def serve(connection, port):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    refuse_early(connection, port, "accept")
    if port.peek().startswith("slow:"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
    stream = Stream(connection)
    while True:
        length, packed = read_head(stream)
        refuse_early(connection, port, "head")
        slow = port.peek()
        body = stream.exactly(length, int(slow[5:]) if slow.startswith("slow:") else PIECE)
        ids = port.arrived(gzip.decompress(body) if packed else body)
        send_answer(connection, port, port.take_answer(), ids)
