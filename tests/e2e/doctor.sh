#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# doctor: each sentence that otel-c doctor can say, against servers that are wrong in the way it names.
. "$(dirname "$0")/lib.sh" doctor
export OTEL_EXPORTER_OTLP_TIMEOUT=20000
doctor=$bin/otel-c

# diagnose STATUS LINE [VARIABLE=VALUE…] [-- ARGUMENT…]: the doctor's status, and a line (shell pattern) among its own.
diagnose() {
	local want=$1 pattern=$2 line settings=() arguments=()
	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		settings+=("$1")
		shift
	done
	[ $# -eq 0 ] || { shift; arguments=("$@"); }
	run env "${settings[@]}" timeout 60 "${within[@]}" "$doctor" doctor "${arguments[@]}"
	expect_equal "exit status of: ${settings[*]} ${arguments[*]}" "$want" "$status"
	expect_equal "stderr of: ${settings[*]} ${arguments[*]}" "" "$err"
	while IFS= read -r line; do
		# shellcheck disable=SC2254
		case $line in $pattern) return ;; esac
	done <<<"$out"
	fail "${settings[*]} ${arguments[*]}: no line like \"$pattern\" in:"$'\n'"$out"
}
within=()

# at URL STATUS LINE [VARIABLE=VALUE…]: the same with this endpoint.
at() {
	local url=$1 want=$2 pattern=$3
	shift 3
	diagnose "$want" "$pattern" "OTEL_EXPORTER_OTLP_ENDPOINT=$url" "$@"
}

from='(OTEL_EXPORTER_OTLP_ENDPOINT)'

# ---- all is well ----

sink_start --json
diagnose 0 "export: $sink_url/v1/traces took the span (200): trace *" "OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" \
	OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=0
expect_match "summary" "*all * checks are fine" "$out"
expect_match "configuration" "*configuration: read without a problem (* ms)*" "$out"
expect_match "distro" "*distro: none is selected*" "$out"
expect_match "resource" "*resource: process: * attributes (* ms)*" "$out"
trace=$(sed -n 's/.*took the span (200): trace \([0-9a-f]*\).*/\1/p' <<<"$out")
wait_for 60 grep -q "$trace" "$sink_out" || fail "the trace $trace did not arrive"
at "$sink_url" 0 'distro: aws *, from the profile */aws.ini and the module distro_aws' OTEL_DISTRO=aws
diagnose 0 'distro: splunk *' "OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" -- --distro splunk
at "$sink_url" 0 'service: "shop" (OTEL_SERVICE_NAME)' OTEL_SERVICE_NAME=shop
at "$sink_url" 0 'service: no name is set, *'
at "$sink_url" 0 'resource: env: service.version (* ms)' OTEL_SERVICE_VERSION=2
at "$sink_url" 0 'export: * took the span *' OTEL_EXPORTER_OTLP_COMPRESSION=gzip OTEL_C_SDK_WORKER=none

run env "OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" "$doctor" doctor --json
expect_equal "json: exit status" 0 "$status"
expect_equal "json: every check has its five members" true \
	"$(jq 'length > 5 and all(.[]; (keys | join(",")) == "check,cure,message,ms,ok")' <<<"$out")"
run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$doctor" doctor --json
expect_equal "json: exit status of a problem" 1 "$status"
expect_equal "json: the problem" \
	'{"check":"export","ok":false,"message":"127.0.0.1:1 refused the connection","cure":"start a collector or \"otel-c sink\""}' \
	"$(jq -c '.[] | select(.ok | not) | del(.ms)' <<<"$out")"

# ---- the command line ----

usage() {
	run "$doctor" doctor "${@:2}"
	expect_equal "exit status of: ${*:2}" 2 "$status"
	expect_equal "stderr of: ${*:2}" "otel-c doctor: $1; see otel-c help doctor" "$err"
}
usage '--nonsense is no option of this command' --nonsense
usage '--distro needs a value' --distro
usage '--distro needs a value' --distro ''
usage './app is one argument too many: a program comes after --' ./app
usage '-- is to be followed by a program' --
run "$doctor" doctor --help
expect_match "help" "usage: otel-c doctor *" "$out"

# ---- settings ----

diagnose 1 'configuration: OTEL_DISTRO: "awss" is not installed; installed: *' OTEL_DISTRO=awss
diagnose 1 'configuration: --distro: "awss" is not installed; installed: *' -- --distro awss
printf '[exporter.otlp]\nendpont = http://x\n' >"$tmp/wrong.ini"
diagnose 1 "configuration: *wrong.ini:2*endpont*" OTEL_C_CONFIG="$tmp/wrong.ini"
at "$sink_url" 1 'configuration: OTEL_BSP_MAX_QUEUE_SIZE*"many"*' OTEL_BSP_MAX_QUEUE_SIZE=many
at "$sink_url" 1 'sdk: it is switched off (OTEL_SDK_DISABLED), so nothing is recorded: take that setting away' \
	OTEL_SDK_DISABLED=true
at "$sink_url" 1 'sampler: always_off (OTEL_TRACES_SAMPLER) takes no span that begins a trace: choose another, such as parentbased_always_on' \
	OTEL_TRACES_SAMPLER=always_off
at "$sink_url" 1 'sampler: *nonsense*' OTEL_TRACES_SAMPLER=nonsense
at "$sink_url" 1 'export: there is no exporter of spans (OTEL_TRACES_EXPORTER): set OTEL_TRACES_EXPORTER=otlp' \
	OTEL_TRACES_EXPORTER=none
at "$sink_url" 0 'export: the exporter "console" (OTEL_TRACES_EXPORTER) prints spans on stdout' \
	OTEL_TRACES_EXPORTER=console
at "ftp://x" 1 'export: otlp: OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://x" is not a URL: *'
at "ftp://x" 1 'export: nothing was sent: see the other lines'
at "$sink_url" 1 "export: 127.0.0.1:$sink_port speaks HTTP/1.1, and OTLP over gRPC needs HTTP/2: *OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf*" \
	OTEL_EXPORTER_OTLP_PROTOCOL=grpc

# ---- names and connections ----

at http://127.0.0.1:1 1 'export: 127.0.0.1:1 refused the connection: start a collector or "otel-c sink"'
if unshare -rnm true 2>/dev/null; then
	printf 'hosts: files\n' >"$tmp/nsswitch.conf"
	within=(unshare -rm sh -c 'mount --bind "$1" /etc/nsswitch.conf && shift && exec "$@"' sh "$tmp/nsswitch.conf")
	at http://gateway.invalid:4318 1 \
		"export: gateway.invalid does not resolve: there is no such name: correct the host in the address $from, or add the name to the DNS"
	within=(unshare -rn)
	at http://gateway.invalid:4318 1 \
		"export: gateway.invalid does not resolve: no name server answers: look at this machine's network and at /etc/resolv.conf"
	at http://192.0.2.1:4318 1 \
		"export: 192.0.2.1:4318 is unreachable: Network is unreachable: look at routes and firewalls of this machine, or correct the address $from"
	diagnose 1 'export: *localhost:4318*(the default; set OTEL_EXPORTER_OTLP_ENDPOINT)'
	within=()
else
	echo "no user namespaces here: names and unreachable networks are not tried"
fi

# ---- what is no OTLP at all ----

cat >"$tmp/fake.py" <<'PYTHON'
# Listens on one port for each of the ways to behave that are named, and prints "name port" lines.
import socket, struct, sys, threading

LISTEN = {
	"silent": None, "full": None, "closing": b"", "garbage": b"220 mail.example ESMTP\r\n",
	"cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
	"http2": b"\0\0\6\4\0\0\0\0\0\0\3\0\0\0\x64",
	"reset": "reset", "plain": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
	"large": b"HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n" + b"x" * 8000000,
}

def talk(connection, name, answer):
	try:
		if connection.recv(65536)[:1] == b"\x16" and name == "plain":
			answer = "reset"  # to a handshake; it has no other answer
		if answer == "reset":
			connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		elif answer is None:
			connection.settimeout(20)
			while connection.recv(65536):
				pass
		else:
			connection.sendall(answer)
			connection.shutdown(socket.SHUT_WR)
			connection.settimeout(1)
			while connection.recv(65536):
				pass
	except OSError:
		pass
	connection.close()

def serve(listener, name, answer):
	while True:
		connection, _ = listener.accept()
		threading.Thread(target=talk, args=(connection, name, answer), daemon=True).start()

clients = []
for name, answer in LISTEN.items():
	listener = socket.socket()
	listener.bind(("127.0.0.1", 0))
	listener.listen(0 if name == "full" else 16)
	port = listener.getsockname()[1]
	if name == "full":
		for _ in range(4):  # nobody accepts: the queue stays full, and the next one's SYN is dropped
			client = socket.socket()
			client.setblocking(False)
			client.connect_ex(("127.0.0.1", port))
			clients.append(client)
	else:
		threading.Thread(target=serve, args=(listener, name, answer), daemon=True).start()
	clients.append(listener)
	print(name, port, flush=True)
print("ready", flush=True)
threading.Event().wait()
PYTHON
python3 "$tmp/fake.py" >"$tmp/fake.ports" &
wait_for 60 grep -q ready "$tmp/fake.ports" || fail "the fake servers did not start"
fake() {
	echo "http://127.0.0.1:$(sed -n "s/^$1 //p" "$tmp/fake.ports")"
}

at "$(fake full)" 1 "export: 127.0.0.1:* did not take a connection within 2000 ms: a firewall on the way swallows it, or nobody has that address: allow it, or correct the address $from" \
	OTEL_EXPORTER_OTLP_TIMEOUT=2000
at "$(fake silent)" 1 'export: 127.0.0.1:* took the connection, but did not answer within 2000 ms: look whether it is an OTLP receiver and what keeps it, or raise OTEL_EXPORTER_OTLP_TIMEOUT' \
	OTEL_EXPORTER_OTLP_TIMEOUT=2000
at "$(fake closing)" 1 "export: 127.0.0.1:* closed the connection without an answer: look whether it is an OTLP receiver $from, and into its log"
at "$(fake reset)" 1 "export: 127.0.0.1:* broke the connection off: *: look whether it is an OTLP receiver $from, and into its log"
plain=$(fake plain)
at "https://${plain#http://}" 1 "export: ${plain#http://} does not speak TLS: write http:// in place of https:// $from"
at "$(fake garbage)" 1 "export: 127.0.0.1:* answered with something that is not HTTP: another service has that port: correct the address $from"
at "$(fake cut)" 1 'export: the answer of 127.0.0.1:* was cut short: look into the log of the backend, or of what stands before it'
at "$(fake large)" 1 "export: http://127.0.0.1:*/v1/traces answers with more than 4 MiB, as no OTLP receiver does: correct the address $from"
grpc="speaks HTTP/2 without HTTP/1.1, as ports for OTLP over gRPC do: send to the port for OTLP over HTTP, usually 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc $from"
at "$(fake http2)" 1 "export: 127.0.0.1:* $grpc"

# ---- answers ----

www=$tmp/www
mkdir -p "$www"
printf '\012\004\010\001\022\000' >"$www/partial"
printf '\012\013\010\001\022\007no room' >"$www/partial_words"
printf '\012\011\022\007be nice' >"$www/warning"
printf '\012\377\377' >"$www/malformed"
printf '\022\011bad token' >"$www/status"
: >"$www/empty"
chmod -R a+rX "$www"
answers='listen 127.0.0.1:@PORT@; client_max_body_size 1m;'
for code in 302 400 401 402 403 404 405 406 407 410 411 413 414 415 418 421 426 429 431 500 501 502 503 504 505 599; do
	answers+="location /$code/ { add_header Retry-After 7 always; return $code; }"
done
for name in partial partial_words warning malformed empty; do
	answers+="location /$name/ { types {} default_type application/x-protobuf; error_page 405 =200 /file/$name; return 405; }"
done
answers+='location /file/ { internal; types {} default_type application/x-protobuf; alias @TMP@/www/; error_page 405 =200 $uri; }
	location /page/ { default_type text/html; return 200 "<html>log in</html>"; }
	location /text/ { default_type text/plain; return 200 "hello"; }
	location /json/ { default_type application/json; return 200 "{}"; }
	location /status/ { types {} default_type application/x-protobuf; error_page 405 =401 /file/status; return 405; }
	location /words/ { default_type text/plain; return 401 "token expired\n"; }
	location /nothing/ { return 204; }
	location = /v1/traces { return 404; }
	location / { return 404; }'
nginx_start "$answers"
url=$nginx_url

# answers PATH STATUS LINE: the line follows "export: URL/PATH/v1/traces".
answers() {
	at "$url/$1" "$2" "export: $url/$1/v1/traces $3"
}
log='look into the log of the backend'
wait='try again later; running programs do so by themselves'
answers empty 0 'took the span (200): trace *'
answers nothing 0 'took the span (204): trace *'
answers json 0 'took the span (200, answered in JSON): trace *'
answers warning 0 'took the span (200), and warns: be nice: trace *'
answers partial 1 'answered 200, but refused the span: do what it says, or look into its log for the reason'
answers partial_words 1 'answered 200, but refused the span: no room: do what it says, *'
answers malformed 1 'answered 200, but what it calls protobuf is malformed: look whether it is an OTLP receiver: the span may be lost'
answers page 1 'answered 200 with a web page: nobody took the span: correct the address: that one belongs to a user interface or to a log-in page'
answers text 1 'answered 200 with text/plain, not as an OTLP receiver does: look whether the address is that of an OTLP receiver: the span may be lost'
answers 302 1 "answered 302, a redirect, which is not followed: write the address that it leads to $from"
answers 400 1 "answered 400, it does not take this request: $log"
answers 401 1 'answered 401, it does not know who we are: put the backend'\''s token into OTEL_EXPORTER_OTLP_HEADERS, *'
answers words 1 'answered 401, it does not know who we are ("token expired"): *'
at "$url/401" 1 'export: */401/v1/traces answered 401, it does not accept our credentials: correct the token in OTEL_EXPORTER_OTLP_HEADERS or that of the distro: it is wrong, has expired, or is for another place' \
	OTEL_EXPORTER_OTLP_HEADERS=authorization=hunter2
answers status 1 'answered 401, it does not know who we are ("bad token"): *'
answers 402 1 'answered 402, it wants to be paid: look at the account at the backend'
answers 403 1 'answered 403, it knows us, and these credentials may not send traces: give the token the right to send traces, or use another'
answers 404 1 "answered 404, there is nothing at that path: /v1/traces was appended to the address: correct what stands before it $from"
answers 410 1 "answered 410, there is nothing at that path: *"
answers 405 1 "answered 405, that path takes no POST, so it is no receiver of OTLP: correct the address $from"
answers 406 1 "answered 406, it does not answer in protobuf: correct the address $from"
answers 407 1 'answered 407, the proxy asks for a password: write it into the URL of the proxy, http://user:password@proxy:port'
answers 411 1 "answered 411, it misses the length that every request of ours has: look at what stands between here and there"
answers 413 1 'answered 413, the request is too large for it: lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE, or raise the limit there; *'
answers 414 1 "answered 414, the address is too long for it: correct the address $from"
answers 415 1 'answered 415, it does not take protobuf, or not compressed: set OTEL_EXPORTER_OTLP_COMPRESSION=none; *'
answers 418 1 "answered 418, it refuses the request: $log"
answers 421 1 "answered 421, that server does not serve this host: correct the address $from"
answers 426 1 "answered 426, it wants another protocol, perhaps TLS: write https:// in place of http:// $from"
answers 429 1 "answered 429, it gets more than it wants: $wait; it asks to wait: Retry-After 7"
answers 431 1 'answered 431, the headers are too long for it: shorten OTEL_EXPORTER_OTLP_HEADERS'
answers 500 1 "answered 500, it failed: $log"
answers 501 1 "answered 501, it does not know how to do that, so it is no receiver of OTLP: correct the address $from"
answers 502 1 'answered 502, the gateway before it got no good answer from it: look whether the backend behind the gateway runs'
answers 503 1 "answered 503, it is overloaded or stopping: $wait"
answers 504 1 'answered 504, the gateway before it waited for it in vain: look whether the backend behind the gateway runs'
answers 505 1 "answered 505, it does not take HTTP/1.1: correct the address $from"
answers 599 1 "answered 599, it failed: $log"
at "$url" 1 "export: $url/v1/traces answered 404, there is nothing at that path: it is no OTLP receiver, or has it at another path: write that into OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
at "$url/v1/traces" 1 "export: $url/v1/traces/v1/traces answered 404, there is nothing at that path: leave \"/v1/traces\" away, which is appended $from"
diagnose 1 "export: $url/ answered 404, there is nothing at that path: that address is used as it is: most receivers want /v1/traces at its end (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)" \
	OTEL_EXPORTER_OTLP_TRACES_ENDPOINT="$url"
printf '[exporter.otlp]\nendpoint = %s/405\n' "$url" >"$tmp/user.ini"
diagnose 1 "export: $url/405/v1/traces answered 405, *: correct the address ($tmp/user.ini:2)" OTEL_C_CONFIG="$tmp/user.ini"
at "$sink_url/x" 1 "export: $sink_url/x/v1/traces answered 404, there is nothing at that path (\"*\"): *"

# ---- proxies ----

at http://gateway.invalid:4318 1 'export: the proxy of http_proxy does not lead to gateway.invalid:4318: connection refused: correct http_proxy, or put gateway.invalid into no_proxy' \
	http_proxy=http://127.0.0.1:1
at http://gateway.invalid:4318 1 'export: the proxy of http_proxy does not lead to gateway.invalid:4318: *name did not resolve: correct http_proxy, *' \
	http_proxy=http://proxy..invalid:3128 # no name server is asked for that
at http://127.0.0.1:1 1 'export: 127.0.0.1:1 refused the connection: start a collector or "otel-c sink"' \
	http_proxy=http://127.0.0.1:2 no_proxy=localhost,127.0.0.0/8
at https://gateway.invalid:4318 1 'export: the proxy of https_proxy does not lead to gateway.invalid:4318: the proxy answered 4*: correct https_proxy, or put gateway.invalid into no_proxy' \
	https_proxy="$url"
at http://gateway.invalid/502 1 'export: http://gateway.invalid/502/v1/traces answered 502, *: the answer may be that of the proxy (http_proxy): correct it, or put gateway.invalid into no_proxy' \
	http_proxy="$url"

# ---- TLS ----

# certificate NAME SUBJECT_ALT_NAME FROM TO: NAME.pem and NAME.key, signed by the CA.
certificate() {
	openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$tmp/$1.key" -out "$tmp/$1.csr" 2>/dev/null
	printf 'subjectAltName=%s\n' "$2" >"$tmp/$1.ext"
	openssl ca -batch -notext -config "$tmp/ca.cnf" -extfile "$tmp/$1.ext" -startdate "$3" -enddate "$4" \
		-in "$tmp/$1.csr" -out "$tmp/$1.pem" >/dev/null 2>"$tmp/ca.err" || fail "certificate $1: $(cat "$tmp/ca.err")"
	chmod 644 "$tmp/$1.key"
}
cat >"$tmp/ca.cnf" <<CONF
[ca]
default_ca = ca_own
[ca_own]
database = $tmp/ca.index
new_certs_dir = $tmp
rand_serial = yes
certificate = $tmp/ca.pem
private_key = $tmp/ca.key
default_md = sha256
policy = policy_any
[policy_any]
commonName = supplied
CONF
: >"$tmp/ca.index"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=test CA' -keyout "$tmp/ca.key" -out "$tmp/ca.pem" 2>/dev/null
certificate good IP:127.0.0.1 20200101000000Z 20400101000000Z
certificate expired IP:127.0.0.1 20200101000000Z 20210101000000Z
certificate early IP:127.0.0.1 20390101000000Z 20400101000000Z
certificate other DNS:other.example 20200101000000Z 20400101000000Z

# tls NAME MORE: a server with that certificate; its URL in $tls_url.
tls() {
	nginx_start "listen 127.0.0.1:@PORT@ ssl $3; ssl_certificate @TMP@/$1.pem; ssl_certificate_key @TMP@/$1.key; $2
		location / { proxy_pass $sink_url; }"
	tls_url=https://127.0.0.1:$nginx_port
	tls_at=127.0.0.1:$nginx_port
}
ca=OTEL_EXPORTER_OTLP_CERTIFICATE=$tmp/ca.pem

tls good '' ''
at "$tls_url" 0 "export: $tls_url/v1/traces took the span (200): trace *" "$ca"
at "$tls_url" 1 "export: $tls_at shows a certificate that nobody known here has signed: name the file of its CA in OTEL_EXPORTER_OTLP_CERTIFICATE"
at "http://$tls_at" 1 "export: $tls_at speaks TLS, and was sent plain HTTP: write https:// in place of http:// $from"
at "https://${sink_url#http://}" 1 "export: ${sink_url#http://} does not speak TLS: write http:// in place of https:// $from"
at "$tls_url" 1 'export: the CA file cannot be read or holds no certificate: correct OTEL_EXPORTER_OTLP_CERTIFICATE' \
	OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/good.key"
at "$tls_url" 1 'export: the client'\''s certificate cannot be read: correct OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE' "$ca" \
	OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/good.key" OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/good.key"
at "$tls_url" 1 'export: the client'\''s key cannot be used, or does not belong to its certificate: correct OTEL_EXPORTER_OTLP_CLIENT_KEY' "$ca" \
	OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/good.pem" OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/other.key"
tls expired '' ''
at "$tls_url" 1 "export: $tls_at shows a certificate that has expired: renew it there, or set the clock of this machine" "$ca"
tls early '' ''
at "$tls_url" 1 "export: $tls_at shows a certificate that is not valid yet: set the clock of this machine, or that of who made it" "$ca"
tls other '' ''
at "$tls_url" 1 "export: $tls_at shows a certificate for another host: write the host as the certificate names it $from" "$ca"
tls good 'ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;' ''
at "$tls_url" 1 "export: $tls_at speaks only versions of TLS that are too old*: let it speak TLS 1.2 or *" "$ca"
tls good 'ssl_client_certificate @TMP@/ca.pem; ssl_verify_client on;' ''
at "$tls_url" 1 "export: $tls_url/v1/traces answered 400, it asks for a certificate of ours: set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY" "$ca"
at "$tls_url" 0 "export: * took the span (200): trace *" "$ca" \
	OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/good.pem" OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/good.key"

# openssl as the server: what nginx does not do.
s_server() {
	: >"$tmp/s_server" # the one before has said the same
	openssl s_server -www -accept 127.0.0.1:0 -cert "$tmp/good.pem" -key "$tmp/good.key" "$@" \
		</dev/null >"$tmp/s_server" 2>"$tmp/s_server.err" &
	wait_for 60 grep -q '^ACCEPT .*:[0-9]' "$tmp/s_server" || fail "openssl s_server did not start: $(cat "$tmp/s_server.err")"
	tls_at=127.0.0.1:$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$tmp/s_server" | head -n 1)
}
s_server -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
at "https://$tls_at" 1 "export: $tls_at has no cipher or certificate in common with us: let it speak TLS 1.2 or newer with common ciphers; *" "$ca"
s_server -alpn h2
at "https://$tls_at" 1 "export: $tls_at speaks no HTTP/1.1 inside TLS, as ports for OTLP over gRPC do: send to the port for OTLP over HTTP, usually 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc $from" "$ca"
s_server -tls1_2 -Verify 1 -CAfile "$tmp/ca.pem"
at "https://$tls_at" 1 "export: $tls_at * set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY" "$ca"
s_server -tls1_3 -Verify 1 -CAfile "$tmp/ca.pem"
at "https://$tls_at" 1 "export: $tls_at * set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY" "$ca"
nginx_start 'listen 127.0.0.1:@PORT@ http2; location / { return 200; }'
at "$nginx_url" 1 "export: 127.0.0.1:$nginx_port $grpc"

# ---- detectors and credentials ----

cat >"$tmp/ward.ini" <<INI
[distro]
name = ward
module = $programs/doctor_plugin.so
[resource]
detectors = well
detectors_timeout = 200
INI
ward() {
	at "$sink_url" "$1" "$2" "OTEL_DISTRO=$tmp/ward.ini" "${@:3}"
	case $out in *hunter2*) fail "a secret is shown: $out" ;; esac
}
ward 0 "distro: ward 1.0, from the profile $tmp/ward.ini and the module $programs/doctor_plugin.so"
ward 0 'resource: well: 2 attributes (* ms)'
ward 1 'resource: detector "ill": the ward does not answer; telemetry goes without its attributes' OTEL_C_RESOURCE_DETECTORS=ill
ward 1 'resource: detector "slow": no answer within 200 ms (*); telemetry goes without its attributes' \
	OTEL_C_RESOURCE_DETECTORS=slow
ward 1 'export: * took the span (200): trace *' OTEL_C_RESOURCE_DETECTORS=slow
ward 0 'auth: well got credentials (* ms)' OTEL_C_EXPORTER_OTLP_AUTH=well
ward 0 'auth: plain needs nothing to prepare' OTEL_C_EXPORTER_OTLP_AUTH=plain
ward 1 'auth: authenticator "ill": the token service says no; will try again' OTEL_C_EXPORTER_OTLP_AUTH=ill
ward 1 "export: nothing was sent to ${sink_url#http://}, for there are no credentials: *the token service says no*: see the lines of auth" \
	OTEL_C_EXPORTER_OTLP_AUTH=ill
ward 1 'sdk: OTEL_C_EXPORTER_OTLP_AUTH: "nobody" is not an authenticator; available: *' OTEL_C_EXPORTER_OTLP_AUTH=nobody
ward 1 "export: nothing was sent to ${sink_url#http://}: there is no authenticator \"nobody\": correct OTEL_C_EXPORTER_OTLP_AUTH, or load the plugin that has it" \
	OTEL_C_EXPORTER_OTLP_AUTH=nobody
ward 1 'export: */401/v1/traces answered 401, it does not accept our credentials: look at the credentials that the authenticator "well" uses' \
	OTEL_C_EXPORTER_OTLP_AUTH=well OTEL_EXPORTER_OTLP_ENDPOINT="$url/401"
ward 1 "export: nothing was sent to 192.0.2.1:4318: credentials would have gone over plain http to another machine: write https:// $from, or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true" \
	OTEL_C_EXPORTER_OTLP_AUTH=well OTEL_EXPORTER_OTLP_ENDPOINT=http://192.0.2.1:4318
ward 0 'export: well took the span: trace * (* ms)' OTEL_TRACES_EXPORTER=well
ward 1 'export: ill did not take the span: see the other lines, and what it needs' OTEL_TRACES_EXPORTER=ill
ward 0 'export: http://* took the span (200): trace *' OTEL_TRACES_EXPORTER=otlp,console

# ---- an installation with a hole in it ----

hole=$tmp/hole
mkdir -p "$hole/lib/otel-c"
cp -r "$bin" "$hole/bin"
cp -P "$servers_build"/lib/libotel_*.so* "$hole/lib"
cp "$servers_build/lib/otel-c/otlp.so" "$hole/lib/otel-c"
doctor=$hole/bin/otel-c
at "$sink_url" 1 'export: *http.so: not loaded: *'
at "$sink_url" 1 'export: the part that talks HTTP could not be loaded: install libotel-sdk1 whole, and the libcurl it needs'
rm "$hole/lib/libotel_preload.so"
diagnose 1 'program: libotel_preload.so is not installed, without which otel-c-trace cannot trace: install otel-c-zero-code' \
	"OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" -- -- curl
doctor=$bin/otel-c
at "$sink_url" 1 'export: otlp: OTEL_EXPORTER_OTLP_HEADERS: header 1 a is left out: *' OTEL_EXPORTER_OTLP_HEADERS=a=b%0Ac

# ---- secrets ----

run env "OTEL_EXPORTER_OTLP_ENDPOINT=http://user:hunter2@127.0.0.1:1/?key=hunter2" OTEL_LOG_LEVEL=debug \
	OTEL_EXPORTER_OTLP_HEADERS=authorization=hunter2 http_proxy=http://user:hunter2@127.0.0.1:1 "$doctor" doctor --json
expect_equal "secrets: exit status" 1 "$status"
case $out$err in *hunter2*) fail "a secret is shown: $out$err" ;; esac
run env "OTEL_EXPORTER_OTLP_ENDPOINT=http://user:hunter2@127.0.0.1:1" "$doctor" doctor
expect_match "secrets: the address" '*export: 127.0.0.1:1 refused*' "$out"
case $out$err in *hunter2*) fail "a secret is shown: $out$err" ;; esac

# ---- programs ----

# program STATUS LINE PROGRAM
program() {
	diagnose "$1" "program: $2" "OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" -- -- "$3" --with arguments
}
apps=$tmp/apps
mkdir -p "$apps"
cat >"$apps/plain.c" <<'C'
int helper(void);
int main(void) { return helper(); }
C
echo 'int helper(void) { return 0; }' >"$apps/helper.c"
cat "$apps/plain.c" "$apps/helper.c" >"$apps/whole.c"
cc -o "$apps/plain" "$apps/whole.c"
cc -static -o "$apps/static" "$apps/whole.c"
cc -finstrument-functions -o "$apps/functions" "$apps/whole.c"
cc -shared -fPIC -o "$apps/libhelper.so" "$apps/helper.c"
cc -o "$apps/lacking" "$apps/plain.c" -L"$apps" -lhelper
program 0 '/usr/bin/curl uses libcurl.so.4, whose calls become spans' curl
sanitized || program 0 "$programs/one_span makes spans of its own" "$programs/one_span"
program 1 "$apps/plain uses no library whose calls become spans (libcurl): make spans in it with libotel_api, or trace its functions (otel-c-trace --functions); libraries that it loads later, and programs that it starts, are not known here" "$apps/plain"
program 1 "$apps/functions was compiled with -finstrument-functions: otel-c-trace --functions traces its functions" "$apps/functions"
program 1 "$apps/lacking cannot start: libhelper.so is not found: install it" "$apps/lacking"
program 1 "$apps/static cannot be traced: it is statically linked, so nothing can be loaded into it: link it dynamically, or call otel_sdk_start() in it" "$apps/static"
program 1 './nothing: no such file: correct the name' ./nothing
diagnose 1 'program: nothing-of-this-name: not found in PATH: correct the name' \
	"OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url" PATH=/usr/bin:/bin -- -- nothing-of-this-name
program 1 "$apps: is a directory: name the program in it" "$apps"
program 1 "$apps/whole.c: is not executable: chmod +x it, or name its interpreter before it" "$apps/whole.c"
cp "$apps/plain" "$apps/narrow"
printf '\001' | dd of="$apps/narrow" bs=1 seek=4 conv=notrunc status=none
program 1 "$apps/narrow cannot be traced: it is no 64-bit program: use a build for 64 bits" "$apps/narrow"
cp "$apps/plain" "$apps/foreign"
printf '\363' | dd of="$apps/foreign" bs=1 seek=18 conv=notrunc status=none
program 1 "$apps/foreign cannot be traced: it is built for another processor: use a build for this machine" "$apps/foreign"
head -c 200 "$apps/plain" >"$apps/damaged"
chmod +x "$apps/damaged"
program 1 "$apps/damaged cannot be traced: its ELF tables cannot be read: look whether the file is damaged" "$apps/damaged"
sed 's|/ld-linux-|/ld-muslx-|' "$apps/plain" >"$apps/musl"
chmod +x "$apps/musl"
program 1 "$apps/musl cannot be traced: it uses the musl libc, otel-c needs glibc (*): use a build for glibc" "$apps/musl"
if cc -fsanitize=address -o "$apps/sanitized" "$apps/whole.c" 2>/dev/null; then
	program 1 "$apps/sanitized cannot be traced: it is built with a sanitizer whose runtime must be loaded first (libasan.so*): trace a build without it" "$apps/sanitized"
fi
printf '#!/bin/sh\n' >"$apps/script"
printf '#!/no/such/interpreter\n' >"$apps/orphan"
chmod +x "$apps/script" "$apps/orphan"
program 0 "$apps/script is a script: of /bin/sh and what that runs, calls of libcurl become spans" "$apps/script"
program 1 "$apps/orphan is a script for /no/such/interpreter, which cannot be run: correct its first line, or install that" "$apps/orphan"
if [ "$(id -u)" = 0 ]; then
	install -o nobody -m 4755 "$apps/plain" "$apps/marked" && marked=$apps/marked || marked=/usr/bin/passwd
else
	marked=/usr/bin/passwd
fi
program 1 "$marked cannot be traced: it is set-uid: run it without that mark, or call otel_sdk_start() in it" "$marked"

finish
