#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# failing_backend.py PORT LOG [ANSWER…] - gives these answers to OTLP requests, one each, and takes all that follow:
#
#     503      the status
#     503:2    with Retry-After: 2
#     429:+2   with Retry-After as a date, 2 s and the rest of that second ahead
#     part:3   200, of which 3 spans were rejected, "bad ids"
#     reset    the connection breaks after the request was read
#
# LOG gets a line for each request: milliseconds, the answer, and the sum of what came.
import email.utils
import hashlib
import http.server
import math
import socket
import struct
import sys
import time

answers = sys.argv[3:]


def date_in(seconds):
    return email.utils.formatdate(math.ceil(time.time()) + seconds, usegmt=True)


class Backend(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = answers.pop(0) if answers else "200"
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            log.write("%d %s %s\n" % (time.monotonic() * 1000, answer, hashlib.sha256(body).hexdigest()))
        what, _, detail = answer.partition(":")
        if what == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
        elif what == "part":
            partial = bytes([8, int(detail), 18, 7]) + b"bad ids"
            self.answer(200, bytes([10, len(partial)]) + partial)
        else:
            self.answer(int(what), b"", detail)

    def answer(self, status, body, wait=""):
        self.send_response(status)
        if wait:
            self.send_header("Retry-After", date_in(int(wait)) if wait[0] == "+" else wait)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Backend).serve_forever()
