# SPDX-License-Identifier: Apache-2.0
#
# sampling_backend.py PORT LOG DIRECTORY - answers GET /sampling?service=shop as a Jaeger backend does: with the last of ANSWERS
# whose name is that of a file in DIRECTORY, and not before there is one. Anything else is answered with 400. All of it is
# logged. Prints its port.
import http.server
import os
import sys
import time

ANSWERS = {
    "all": '{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1.0}}',
    "nothing": '{"strategyType":"PROBABILISTIC","operationSampling":{"defaultSamplingProbability":1.0,'
    '"defaultLowerBoundTracesPerSecond":0.0,"perOperationStrategies":'
    '[{"operation":"checkout","probabilisticSampling":{"samplingRate":0.0}}]}}',
    "page": "<html>",
}


def chosen():
    while True:
        names = [name for name in ANSWERS if os.path.exists(os.path.join(sys.argv[3], name))]
        if names:
            return ANSWERS[names[-1]]
        time.sleep(0.01)


class Backend(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        good = self.path == "/sampling?service=shop" and self.headers["Accept"] == "application/json"
        body = chosen().encode() if good else b""
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            log.write("%s %s\n" % ("asked" if good else "BAD", self.path))
        self.send_response(200 if good else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Backend)
print(server.server_port, flush=True)
server.serve_forever()
