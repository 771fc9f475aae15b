#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# sampling_backend.py PORT LOG - answers GET /sampling?service=shop as a Jaeger backend does: everything, then nothing,
# then what is no strategy. Anything else is answered with 400 and logged.
import http.server
import sys

ANSWERS = [
    '{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1.0}}',
    '{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1.0}}',
    '{"strategyType":"PROBABILISTIC","operationSampling":{"defaultSamplingProbability":1.0,'
    '"defaultLowerBoundTracesPerSecond":0.0,"perOperationStrategies":'
    '[{"operation":"checkout","probabilisticSampling":{"samplingRate":0.0}}]}}',
    "<html>",
]


class Backend(http.server.BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self):
        good = self.path == "/sampling?service=shop" and self.headers["Accept"] == "application/json"
        body = ANSWERS[min(Backend.asked, len(ANSWERS) - 1)].encode()
        Backend.asked += good
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            log.write("%s %s\n" % ("asked" if good else "BAD", self.path))
        self.send_response(200 if good else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Backend).serve_forever()
