# SPDX-License-Identifier: Apache-2.0
#
# plain_backend.py LOG: takes OTLP over HTTP, but no compressed body: 415. Prints its port. Each request becomes a line of
# LOG.
import http.server
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        coding = self.headers.get("content-encoding", "identity")
        status = 200 if coding == "identity" else 415
        with open(sys.argv[1], "a") as log:
            log.write(f"{status} {coding}\n")
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
