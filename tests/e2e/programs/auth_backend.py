# SPDX-License-Identifier: Apache-2.0
#
# auth_backend.py LOG: a backend that takes nothing but what is signed as it should be, and the server that gives out
# tokens. Prints its port. Each request becomes a line of LOG: path, status, and the cause if it is refused.
#
#   /static/v1/traces  x-api-key: k3y
#   /token/v1/traces   authorization: Bearer of a token that was given out, has not expired and was not revoked
#   /hash/v1/traces    the headers of auth_hash.c with the key "h4sh"
#   /tokens            gives one out
#   /tell/…            down: 500 for whoever wants one; up; revoke: those so far are void; old: those but the last are;
#                      valid/MS,MS: how long the next ones are good, the last number for all that follow. These are no
#                      lines of LOG.
#   /forbidden/v1/traces  403 whatever comes
import hashlib
import hmac
import http.server
import sys
import time

state = {"count": 0, "down": False, "valid_ms": [600000]}
tokens = {}


def token_is_bad(headers):
    values = headers.get_all("authorization") or []
    if len(values) != 1 or not values[0].startswith("Bearer "):
        return "unsigned"
    until = tokens.get(values[0][len("Bearer "):])
    if until is None:
        return "unknown-token"
    return "stale-token" if time.monotonic() > until else None


def static_is_bad(headers):
    values = headers.get_all("x-api-key") or []
    return None if values == ["k3y"] else "unsigned"


def hash_is_bad(headers, method, port, path, body):
    if not headers.get("x-signature"):
        return "unsigned"
    if hashlib.sha256(body).hexdigest() != headers.get("x-body-sha256"):
        return "wrong-hash"
    text = "\n".join([method, f"http://127.0.0.1:{port}{path}", headers.get("host"), headers.get("content-type"),
                      headers.get("content-encoding", ""), headers.get("x-time"), headers.get("x-body-sha256")])
    wanted = hmac.new(b"h4sh", text.encode(), "sha256").hexdigest()
    if wanted != headers.get("x-signature"):
        return "wrong-signature"
    return "stale-time" if abs(time.time() - int(headers.get("x-time"))) > 60 else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", cause=None):
        with open(sys.argv[1], "a") as log:
            log.write(f"{self.path} {status}{' ' + cause if cause else ''}\n")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.startswith("/tell/"):
            self.told(*self.path.split("/")[2:])
        elif state["down"]:
            self.answer(500)
        else:
            state["count"] += 1
            token = f"token-{state['count']}"
            valid_ms = state["valid_ms"].pop(0) if len(state["valid_ms"]) > 1 else state["valid_ms"][0]
            tokens[token] = time.monotonic() + valid_ms / 1000
            self.answer(200, f"{token} {valid_ms}\n".encode())

    def told(self, what, detail=""):
        if what == "revoke":
            tokens.clear()
        elif what == "old":
            for token in list(tokens)[:-1]:
                del tokens[token]
        elif what == "valid":
            state["valid_ms"] = [int(number) for number in detail.split(",")]
        else:
            state["down"] = what == "down"
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path.startswith("/static/"):
            cause = static_is_bad(self.headers)
        elif self.path.startswith("/token/"):
            cause = token_is_bad(self.headers)
        elif self.path.startswith("/hash/"):
            cause = hash_is_bad(self.headers, "POST", self.server.server_port, self.path, body)
        else:
            cause = "forbidden"
        status = 403 if cause == "forbidden" else 401 if cause else 200
        return self.answer(status, b"", cause)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
