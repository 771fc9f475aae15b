# SPDX-License-Identifier: Apache-2.0
#
# http2.py - answers to OTLP/gRPC requests, good ones and others, over HTTP/2 with prior knowledge:
#
#     0 … 16, 14:2, 8:0.5      that code, in trailers after a head; with RetryInfo, so many seconds
#     only:14, only:14:2       the same as Trailers-Only
#     part:N                   taken but for N spans
#     http:503                 that HTTP status, without a grpc-status
#     no-trailers, no-status   the answer ends without trailers; they hold no grpc-status
#     no-message, two, long, flagged, junk
#                              code 0, but: without a message; with two; with one that is cut short; with one that is
#                              said to be compressed; with one that is none
#     page                     200 with a web page
#     pieces                   a good answer in frames of one byte, with PINGs and unknown frames in between
#     bad-status, big-status   grpc-status is "fine", or 99
#     details                  code 14, with details that are no base64
#     percent                  code 3, with a grpc-message in which % stands for itself
#     early:3                  only:3 before the message is there, and no more of it, please: RST_STREAM with NO_ERROR, a
#                              while later with each try: libcurl loses an answer that it reads together with that
#     rst:N                    RST_STREAM with that error; taken, unless it is REFUSED_STREAM (7)
#     head-rst:N               the same after the head of the answer
#     goaway                   GOAWAY that covers the stream, then the good answer; closed afterwards
#     goaway-new               GOAWAY that does not cover it: the request was not looked at
#     goaway-took              GOAWAY that covers it, then the end, without an answer
#     silent, deaf             no answer; not even SETTINGS
#     reset, close             the connection, once the request was taken
#     accept-reset, accept-close    before anything was read
#     http1                    HTTP/1.1 is all that this server speaks
#     babble                   a frame of a length that is not allowed
#     flood, flood-head        a message without an end; a head without an end
#     slow:BYTES               takes the request with a window of so many bytes
#     late:MS                  the answer comes later
import base64
import gzip
import socket
import struct
import time

import http1
from request import Strange

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 6, 7, 8, 9
END_STREAM, ACK, END_HEADERS, PADDED = 1, 1, 4, 8
INITIAL_WINDOW = 4
REFUSED_STREAM = 7
FLOOD = 16 << 20
TYPE = {"content-type": "application/grpc"}


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def text(value):
    length = len(value)
    if length < 127:
        return bytes([length]) + value
    more, length = b"\x7f", length - 127
    while length > 0x7F:
        more, length = more + bytes([length & 0x7F | 0x80]), length >> 7
    return more + bytes([length]) + value


def block(headers):
    """Literals that nobody has to remember."""
    return b"".join(b"\0" + text(name.encode()) + text(value.encode()) for name, value in headers.items())


def message(body=b"", flag=0, length=None):
    return struct.pack(">BI", flag, len(body) if length is None else length) + body


def field(number, value):
    return bytes([number << 3 | 2]) + text(value)


def retry_info(seconds):
    whole, nanos = int(seconds), int(seconds % 1 * 1e9)
    number = b"\x10"
    while nanos > 0x7F:
        number, nanos = number + bytes([nanos & 0x7F | 0x80]), nanos >> 7
    delay = bytes([8, whole]) + (number + bytes([nanos]) if seconds % 1 else b"")
    info = field(1, b"type.googleapis.com/google.rpc.RetryInfo") + field(2, field(1, delay))
    return base64.b64encode(b"\x08\x0e" + field(2, b"busy") + field(3, info)).decode().rstrip("=")


def status(code, wait=""):
    headers = {"grpc-status": code}
    if code != "0":
        headers["grpc-message"] = "as%20asked"
    if wait:
        headers["grpc-status-details-bin"] = retry_info(float(wait))
    return headers


class Connection:
    """HTTP/2, as far as a server needs it that speaks with one client at a time."""

    def __init__(self, connection, port):
        self.stream, self.connection, self.port = http1.Stream(connection), connection, port
        self.bodies = {}
        plan = port.peek()
        self.window = int(plan[5:]) if plan.startswith("slow:") else 0
        if self.stream.exactly(len(PREFACE)) != PREFACE:
            raise Strange("preface")
        settings = struct.pack(">HI", INITIAL_WINDOW, self.window) if self.window else b""
        self.send(SETTINGS, 0, 0, settings)

    def send(self, kind, flags, stream, payload=b""):
        self.connection.sendall(frame(kind, flags, stream, payload))

    def head(self, stream, headers, end=0):
        self.send(HEADERS, END_HEADERS | end, stream, block(headers))

    def read(self):
        length, kind, flags, stream = struct.unpack(">IBBI", b"\0" + self.stream.exactly(9))
        return kind, flags, stream & 0x7FFFFFFF, self.stream.exactly(length)

    def request(self):
        """The next whole one: number of its stream, and its message."""
        while True:
            kind, flags, stream, payload = self.read()
            if kind == SETTINGS and not flags & ACK:
                self.send(SETTINGS, ACK, 0)
            elif kind == PING and not flags & ACK:
                self.send(PING, ACK, 0, payload)
            elif kind == HEADERS:
                self.bodies[stream] = b""
            elif kind == RST_STREAM:
                self.bodies.pop(stream, None)
            elif kind == DATA and stream in self.bodies:
                self.data(flags, stream, payload)
            if kind in (DATA, HEADERS) and flags & END_STREAM and stream in self.bodies:
                return stream, unframed(self.bodies.pop(stream))

    def data(self, flags, stream, payload):
        if flags & PADDED:
            payload_end = len(payload) - payload[0]
            self.bodies[stream] += payload[1:payload_end]
        else:
            self.bodies[stream] += payload
        if self.window:
            time.sleep(0.002)
        if self.port.peek().startswith("early:"):
            answer_code(self, stream, ["only"] + self.port.take_answer().split(":")[1:])
            time.sleep(0.02 * len(self.port.asked))
            self.send(RST_STREAM, 0, stream, struct.pack(">I", 0))
            del self.bodies[stream]
        elif payload:
            self.send(WINDOW_UPDATE, 0, 0, struct.pack(">I", len(payload)))
            if not flags & END_STREAM:
                self.send(WINDOW_UPDATE, 0, stream, struct.pack(">I", len(payload)))


def unframed(body):
    if len(body) < 5 or body[0] > 1 or struct.unpack(">I", body[1:5])[0] != len(body) - 5:
        raise Strange("message-frame")
    return gzip.decompress(body[5:]) if body[0] else body[5:]


# ---- answers ----

def answer_code(c, stream, words):
    only = words[0] == "only"
    trailers = status(*words[only:only + 2])
    if not only:
        c.head(stream, {":status": "200", **TYPE})
        if trailers["grpc-status"] == "0":
            c.send(DATA, 0, stream, message())
        c.head(stream, trailers, END_STREAM)
    else:
        c.head(stream, {":status": "200", **TYPE, **trailers}, END_STREAM)


def answer_pieces(c, stream):
    c.head(stream, {":status": "200", **TYPE})
    c.send(0x42, 0, stream, b"unknown")
    for byte in message(http1.partial(0, b"")):
        c.send(PING, 0, 0, b"12345678")
        c.send(DATA, 0, stream, bytes([byte]))
    c.head(stream, status("0"), END_STREAM)


# What the message of a success is instead, and whether that is a success all the same.
MESSAGES = {
    "no-message": (b"", True),
    "two": (message() + message(), False),
    "long": (message(b"12345", length=100), False),
    "flagged": (message(b"12345", flag=1), False),
    "junk": (message(b"\xff\xff\xff"), True),
}
# Heads without a message, the last one with the end of the stream.
HEADS = {
    "no-trailers": [{":status": "200", **TYPE}],
    "no-status": [{":status": "200", **TYPE}, {"x-other": "1"}],
    "page": [{":status": "200", "content-type": "text/html"}],
    "bad-status": [{":status": "200", **TYPE}, {"grpc-status": "fine"}],
    "big-status": [{":status": "200", **TYPE}, {"grpc-status": "99"}],
    "details": [{":status": "200", **TYPE}, {"grpc-status": "14", "grpc-status-details-bin": "%%%"}],
    "percent": [{":status": "200", **TYPE}, {"grpc-status": "3", "grpc-message": "100% wrong%"}],
}
TAKES_NOTHING = ("bad-status", "big-status", "details", "percent")


def send_message(c, stream, body):
    c.head(stream, {":status": "200", **TYPE})
    if body:
        c.send(DATA, 0, stream, body)
    c.head(stream, status("0"), END_STREAM)


def send_heads(c, stream, heads):
    for headers in heads[:-1]:
        c.head(stream, headers)
    c.head(stream, heads[-1], END_STREAM)


def send_goaway(c, stream, how):
    covered = 0 if how == "goaway-new" else stream
    c.send(GOAWAY, 0, 0, struct.pack(">II", covered, 0))
    if how == "goaway":
        send_message(c, stream, message())
    http1.end(c.connection, "close")


def send_flood(c, stream, how):
    """Not to the end: the client has more room than it may use."""
    if how == "flood":
        c.head(stream, {":status": "200", **TYPE})
        c.send(DATA, 0, stream, message(length=FLOOD))
        kind, piece = DATA, b"x" * 16384
    else:
        c.send(HEADERS, 0, stream, block({":status": "200"}))
        kind, piece = CONTINUATION, block({"x-more": "y" * 16000})
    for _ in range(FLOOD // len(piece)):
        c.send(kind, 0, stream, piece)


def send_rst(c, stream, what, code):
    if what == "head-rst":
        c.head(stream, {":status": "200", **TYPE})
    c.send(RST_STREAM, 0, stream, struct.pack(">I", int(code)))


def good(c, stream, what, detail, ids):
    """Taken, and said so."""
    rejected = int(detail) if what == "part" else 0
    c.port.takes(ids[rejected:])
    if what == "late" and http1.wait_gone(c.connection, int(detail)):
        raise EOFError  # too late
    c.port.acks(ids[rejected:])
    if what == "pieces":
        answer_pieces(c, stream)
    elif what == "goaway":
        send_goaway(c, stream, what)
    elif what in MESSAGES:
        send_message(c, stream, MESSAGES[what][0])
    else:
        send_message(c, stream, message(http1.partial(rejected) if rejected else b""))


def send_answer(c, stream, answer, ids):
    what, *words = answer.split(":")
    if what == "only" or (what.isdigit() and what != "0"):
        answer_code(c, stream, answer.split(":"))
    elif what == "http":
        c.head(stream, {":status": words[0], "content-type": "text/plain"}, END_STREAM)
    elif what in HEADS or (what in MESSAGES and not MESSAGES[what][1]):
        if what not in TAKES_NOTHING:
            c.port.takes(ids)
        if what in HEADS:
            send_heads(c, stream, HEADS[what])
        else:
            send_message(c, stream, MESSAGES[what][0])
    elif what in ("rst", "head-rst"):
        if int(words[0]) != REFUSED_STREAM:
            c.port.takes(ids)
        send_rst(c, stream, what, words[0])
    else:
        send_other(c, stream, what, words, ids)


def send_other(c, stream, what, words, ids):
    if what == "goaway-new":
        send_goaway(c, stream, what)
    if what not in ("goaway-took", "silent", "reset", "close", "flood", "flood-head", "babble"):
        good(c, stream, what, "".join(words), ids)
        return
    c.port.takes(ids)
    if what == "goaway-took":
        send_goaway(c, stream, what)
    elif what in ("flood", "flood-head"):
        send_flood(c, stream, what)
    elif what == "babble":
        c.connection.sendall(b"\xff\xff\xff\x00\x00\x00\x00\x00\x01" + b"z" * 4096)
        http1.end(c.connection, "close")
    elif what != "silent":
        http1.end(c.connection, what)


def serve(connection, port):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    http1.refuse_early(connection, port, "accept")
    if port.peek() == "http1":
        port.take_answer()
        connection.recv(24)
        connection.sendall(http1.reply(b"", 400, kind="text/plain"))
        http1.end(connection, "close")
    c = Connection(connection, port)
    while True:
        stream, body = c.request()
        ids = port.arrived(body)
        send_answer(c, stream, port.take_answer(), ids)
