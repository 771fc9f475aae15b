#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# metadata_service.py LOG MILLISECONDS - a cloud's metadata service: PUT /token gives a token, GET /slow with it an answer
# after that time, GET /hang never one. Every request is logged. Prints its port.
import http.server
import sys
import time


class Service(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body):
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # nobody waits for it any more

    def log(self):
        with open(sys.argv[1], "a", encoding="utf-8") as log:
            log.write("%s %s\n" % (self.command, self.path))

    def do_PUT(self):
        self.log()
        self.answer(200, b"secret")

    def do_GET(self):
        self.log()
        if self.path == "/hang":
            time.sleep(60)
        time.sleep(int(sys.argv[2]) / 1000)
        good = self.path == "/slow" and self.headers["X-Token"] == "secret"
        self.answer(200 if good else 403, b"m7.large" if good else b"")

    def log_message(self, *_):
        pass


Service.protocol_version = "HTTP/1.1"
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
