# SPDX-License-Identifier: Apache-2.0
#
# token_server.py PORT LOG [CERT KEY CLIENT_CA]: an authorization server that gives tokens for client credentials and takes
# nothing that RFC 6749 does not allow, and the backend they are for. With a certificate it speaks TLS; with CLIENT_CA it
# wants one of its clients too. Prints its port, any with PORT 0. Each request becomes a line of LOG: path, status, and the
# cause if it is refused.
#
#   /token            by RFC 6749, 4.4; the client is ID with SECRET; the scopes are telemetry and more
#   /token/KIND       as ODD says
#   /v1/traces        Bearer of a token that was given out, is not older than LIFE and not revoked
#   /never/v1/traces  401 whatever comes
#   /tell/WORD        down, up: what /token answers from now on; revoke: tokens so far are void; life/SECONDS;
#                     secret/TEXT: another secret from now on
import base64
import http.server
import json
import ssl
import sys
import time
import urllib.parse

ID = "shop & co:1"
state = {"count": 0, "down": False, "life": 3600, "secret": "s3cr3t+/%&= ü~"}
tokens = {}


def bearer(**more):
    return json.dumps({"access_token": "at-0", "token_type": "Bearer", "expires_in": 3600, **more})


# KIND: status, body, more headers
ODD = {
    "html": (200, "<html>Please log in</html>", {"Content-Type": "text/html"}),
    "garbage": (200, '{"access_token": "at-0", "token_type"', {}),
    "list": (200, "[1, 2]", {}),
    "deep": (200, '{"a":' * 5000 + "1" + "}" * 5000, {}),
    "huge": (200, '{"access_token": "' + "a" * 3000000 + '", "token_type": "Bearer"}', {}),
    "long": (200, bearer(access_token="a" * 40000), {}),
    "none": (200, '{"token_type": "Bearer", "expires_in": 60}', {}),
    "split": (200, bearer(access_token="a\r\nX-Injected: yes"), {}),
    "mac": (200, bearer(token_type="mac"), {}),
    "untyped": (200, '{"access_token": "at-0", "expires_in": 60}', {}),
    "error200": (200, '{"error": "invalid_scope"}', {}),
    "empty": (200, "", {}),
    "redirect": (307, "", {"Location": "/token"}),
    "teapot": (418, "short and stout", {}),
    "lines": (400, json.dumps({"error": "invalid_request", "error_description": "one\nline\u001b[31m"}), {}),
    "wordy": (400, json.dumps({"error": "invalid_request", "error_description": "w" * 5000}), {}),
    "busy": (503, "", {"Retry-After": "60"}),
}


class Refused(Exception):
    def __init__(self, error, status=400):
        super().__init__(error)
        self.status = status


def one(form, name):
    values = [v for n, v in form if n == name and v]
    if len([n for n, v in form if n == name]) > 1:
        raise Refused("invalid_request")
    return values[0] if values else None


def client_of(headers, form):
    values = headers.get_all("authorization") or []
    in_body = one(form, "client_secret")
    if len(values) + (in_body is not None) != 1:
        raise Refused("invalid_request" if values else "invalid_client", 400 if values else 401)
    if not values:
        return one(form, "client_id"), in_body
    kind, _, text = values[0].partition(" ")
    if kind != "Basic" or one(form, "client_id"):
        raise Refused("invalid_request")
    name, colon, secret = base64.b64decode(text, validate=True).decode("ascii").partition(":")
    return urllib.parse.unquote_plus(name, errors="strict"), urllib.parse.unquote_plus(secret, errors="strict")


def grant(headers, body, peer):
    if headers.get_all("content-type") != ["application/x-www-form-urlencoded"]:
        raise Refused("invalid_request")
    form = urllib.parse.parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    if peer:
        if headers.get("authorization") or one(form, "client_secret") or one(form, "client_id") != ID:
            raise Refused("invalid_client", 401)
    elif client_of(headers, form) != (ID, state["secret"]):
        raise Refused("invalid_client", 401)
    if one(form, "grant_type") != "client_credentials":
        raise Refused("unsupported_grant_type")
    if not set((one(form, "scope") or "").split()) <= {"telemetry", "more"}:
        raise Refused("invalid_scope")
    state["count"] += 1
    token = f"at-{state['count']}"
    tokens[token] = time.monotonic()
    known = {"grant_type", "client_id", "client_secret"}
    said = "&".join(f"{n}={v}" for n, v in form if n not in known)
    return token, ("?" + said if said else "")


def bearer_is_bad(headers):
    values = headers.get_all("authorization") or []
    if len(values) != 1 or not values[0].startswith("Bearer "):
        return "unsigned"
    given = tokens.get(values[0][len("Bearer "):])
    if given is None:
        return "unknown-token"
    return "stale-token" if time.monotonic() > given + state["life"] else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body="", headers=None, cause=None, said=""):
        with open(sys.argv[2], "a") as log:
            log.write(f"{self.path}{said} {status}{' ' + cause if cause else ''}\n")
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        words = [urllib.parse.unquote(word) for word in self.path.split("/")[2:]]
        if words[0] in ("down", "up"):
            state["down"] = words[0] == "down"
        elif words[0] == "revoke":
            tokens.clear()
        elif words[0] == "life":
            state["life"] = float(words[1])
        elif words[0] == "secret":
            state["secret"] = words[1]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        kind = self.path[len("/token/"):]
        if self.path == "/token" and state["down"]:
            return self.answer(500)
        if self.path == "/token":
            return self.give(body)
        if kind == "slow":
            time.sleep(60)
        elif kind == "echo":
            words = "you sent " + body.decode() + " and " + str(self.headers.get("authorization"))
            form = dict(urllib.parse.parse_qsl(body.decode()))
            words = form.get("client_secret", words)
            return self.answer(400, json.dumps({"error": "invalid_request", "error_description": words}))
        elif self.path.startswith("/token/"):
            status, text, headers = ODD[kind]
            return self.answer(status, text, {"Content-Type": "application/json", **headers})
        cause = "never" if self.path.startswith("/never/") else bearer_is_bad(self.headers)
        return self.answer(401 if cause else 200, cause=cause)

    def give(self, body):
        try:
            token, said = grant(self.headers, body, len(sys.argv) > 5)
        except (Refused, ValueError) as refused:
            status, error = getattr(refused, "status", 400), str(refused)
            if not isinstance(refused, Refused):
                error = "invalid_request"
            headers = {"Content-Type": "application/json;charset=UTF-8", "Cache-Control": "no-store"}
            if status == 401 and self.headers.get("authorization"):
                headers["WWW-Authenticate"] = 'Basic realm="tokens"'
            return self.answer(status, json.dumps({"error": error, "error_description": "see RFC 6749"}), headers, error)
        reply = {"access_token": token, "token_type": "bearer", "expires_in": state["life"], "scope": "telemetry"}
        return self.answer(200, json.dumps(reply), {"Content-Type": "application/json;charset=UTF-8",
                                                    "Cache-Control": "no-store", "Pragma": "no-cache"}, said=said)


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    if len(sys.argv) > 5:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(sys.argv[5])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_port, flush=True)
server.serve_forever()
