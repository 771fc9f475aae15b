#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# grpc: OTLP/gRPC from a program to the sink: settings, answers, connections, TLS, proxies; and that a request is sent once.
. "$(dirname "$0")/lib.sh" grpc
export OTEL_SERVICE_NAME=shop OTEL_BSP_MAX_EXPORT_BATCH_SIZE=7 OTEL_BSP_SCHEDULE_DELAY=600000
export OTEL_C_EXPORT_RETRY_INITIAL=40 OTEL_C_EXPORT_RETRY_MAX=160

# to_sink [OPTION…]: a new sink for both protocols; its addresses.
to_sink() {
	sink_start --json --headers --grpc 127.0.0.1:0 "$@"
	grpc=127.0.0.1:$sink_grpc_port
}

# exports WHAT WANT [VARIABLE…]: seven spans, and what the program says became of them.
exports() {
	run timeout 60 env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="http://$grpc" "${@:3}" \
		"$programs/faults" 7 "${how:-wait}"
	expect_equal "$1: exit status" 0 "$status"
	expect_match "$1" "$2" "$out"
}

# says WHAT PATTERN: on stderr, before.
says() {
	expect_match "$1: message" "$2" "$err"
}

# came WHAT SPANS COPIES: the sink's count; it ends.
came() {
	sink_stop
	expect_match "$1: what came" "otel-c sink: $2 spans, $3 *" "$(tail -n 1 "$sink_err") "
}

# ---- settings ----
to_sink
exports 'a URL' 'ok created=7 accepted=7'
exports 'a URL with a path, which does not count' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_ENDPOINT="http://$grpc/v1/traces"
exports 'host:port' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_ENDPOINT="$grpc" OTEL_EXPORTER_OTLP_INSECURE=true
exports 'the signal decides' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \
	OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc OTEL_EXPORTER_OTLP_TRACES_ENDPOINT="http://$grpc"
exports 'gzip' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_COMPRESSION=gzip
exports 'headers' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_HEADERS='X-Tenant=a%20b' OTEL_EXPORTER_OTLP_TIMEOUT=7000
exports 'http/json' 'ok created=7 accepted=7' OTEL_EXPORTER_OTLP_PROTOCOL=http/json OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url"
how=twice exports 'twice' 'ok created=14 accepted=14'
says 'all is well' ''
lines=$(grep -v listening "$sink_err")
expect_match 'our name' '*OTel-OTLP-Exporter-C/*' "$lines"
expect_match 'a header of the user' '*x-tenant: a b*' "$lines"
expect_match 'the time that is left' '*grpc-timeout: 7000m*' "$lines"
came 'all' 63 '0 copies'

# ---- the wrong door ----
to_sink
OTEL_C_EXPORT_RETRY_ELAPSED=200 exports 'TLS that nobody speaks' 'ok created=7 retry=7' OTEL_EXPORTER_OTLP_ENDPOINT="$grpc"
says 'TLS that nobody speaks' '*the endpoint is written without http://*OTEL_EXPORTER_OTLP_INSECURE=true*'
OTEL_C_EXPORT_RETRY_ELAPSED=200 exports 'gRPC to HTTP' 'ok created=7 retry=7*' OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url"
says 'gRPC to HTTP' '*cannot export to *'
OTEL_C_EXPORT_RETRY_ELAPSED=200 exports 'HTTP to gRPC' 'ok created=7 retry=7*' OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
came 'nothing' 0 '0 copies'

# ---- answers ----
to_sink --fail grpc:14,grpc-late:14,grpc:14:10,grpc:8:10,503,rst:7
exports 'those that pass' 'ok created=7 accepted=7*'
came 'those that pass' 7 '0 copies'
to_sink --fail grpc:3,grpc:8,grpc:12
for code in INVALID_ARGUMENT RESOURCE_EXHAUSTED UNIMPLEMENTED; do
	exports "$code" 'ok created=7 rejected=7'
	says "$code" "otel-c: otlp: http://$grpc answered $code*; spans were dropped"
done
came 'those that do not' 0 '0 copies'
to_sink --fail no-trailers,trailers-only,partial:3
exports 'no trailers' 'ok created=7 accepted=7'
exports 'no message' 'ok created=7 accepted=7'
exports 'in part' 'ok created=7 accepted=4 rejected=3'
came 'what is odd' 18 '0 copies'
to_sink --fail goaway-after,goaway-after
how=twice exports 'the end of the connection' 'ok created=14 accepted=14*' # the answer may get lost behind it
sink_stop

# ---- credentials: UNAUTHENTICATED is what 401 is, one renewal and the request goes again ----
server_start tokens python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/auth_backend.py" "$tmp/tokens"
token=(OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH="$servers_build/tests/modules" OTEL_C_EXPORTER_OTLP_AUTH=auth_token
	AUTH_TOKEN_URL="http://127.0.0.1:$server_port/tokens")
to_sink --fail grpc:16
exports 'a token that is refused once' 'ok created=7 accepted=7' "${token[@]}"
came 'a token that is refused once' 7 '0 copies'
to_sink --fail grpc:16x2
exports 'a token that is refused for good' 'ok created=7 rejected=7' "${token[@]}"
says 'a token that is refused for good' '*answered UNAUTHENTICATED*'
came 'a token that is refused for good' 0 '0 copies'

# ---- a request is sent once, unless we say so ----
# A connection that was kept dies before an answer: libcurl would send again by itself, and nobody would know.
sample=$tmp/spans.jsonl
"$servers_build/tests/sample_request" order >"$tmp/request.pb"
"$bin/otel-c" sink --json --file "$tmp/request.pb" >"$sample"
for protocol in http/protobuf grpc; do
	for fail in reset,429:1 429:1,reset drop-reply,429:1 429:1,drop-reply; do
		[ "$protocol" = grpc ] && fail=${fail//429:1/grpc:14}
		to_sink --fail "$fail"
		url=$sink_url
		[ "$protocol" = grpc ] && url=http://$grpc
		run timeout 60 env OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" OTEL_EXPORTER_OTLP_ENDPOINT="$url" "$bin/otel-c" send "$sample"
		expect_equal "$protocol $fail: retries" '4 accepted, 0 rejected, 2 retries' "$out"
		sink_stop
	done
	to_sink --fail slow:1,drop-reply
	url=$sink_url
	[ "$protocol" = grpc ] && url=http://$grpc
	how=twice exports "$protocol: a reply that got lost" 'ok created=14 accepted=14 *ambiguous=7*' \
		OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" OTEL_EXPORTER_OTLP_ENDPOINT="$url"
	came "$protocol: a reply that got lost" 21 '7 copies'
done

# ---- TLS ----
certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout "$tmp/ca.key" -out "$tmp/ca.pem"
	for name in server client; do
		openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$tmp/$name.key" -out "$tmp/$name.csr"
		openssl x509 -req -in "$tmp/$name.csr" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" -CAcreateserial -days 2 \
			-extfile <(echo subjectAltName=IP:127.0.0.1,DNS:localhost) -out "$tmp/$name.pem"
	done
}
certificates 2>"$logs/certificates.log"
chmod 644 "$tmp"/*.key
served=(--tls-cert "$tmp/server.pem" --tls-key "$tmp/server.key")
trusted=(OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/ca.pem")
ours=(OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/client.pem" OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/client.key")

# tls WHAT WANT [VARIABLE…]: the same over TLS.
tls() {
	exports "$1" "$2" OTEL_EXPORTER_OTLP_ENDPOINT="https://$grpc" OTEL_C_EXPORT_RETRY_ELAPSED=200 "${@:3}"
}

to_sink "${served[@]}"
how=twice tls 'TLS' 'ok created=14 accepted=14' "${trusted[@]}"
tls 'TLS by host:port' 'ok created=7 accepted=7' "${trusted[@]}" OTEL_EXPORTER_OTLP_ENDPOINT="localhost:$sink_grpc_port"
tls 'TLS 1.3 at least' 'ok created=7 accepted=7' "${trusted[@]}" OTEL_C_EXPORTER_OTLP_TLS_MIN_VERSION=1.3
tls 'an authority that nobody knows' 'ok created=7 retry=7'
says 'an authority that nobody knows' '*TLS: *certificate*'
came 'TLS' 28 '0 copies'
to_sink "${served[@]}" --tls-max-version 1.2
tls 'TLS 1.2' 'ok created=7 accepted=7' "${trusted[@]}"
tls 'TLS 1.2 where more is wanted' 'ok created=7 retry=7' "${trusted[@]}" OTEL_C_EXPORTER_OTLP_TLS_MIN_VERSION=1.3
says 'TLS 1.2 where more is wanted' '*TLS: *'
tls 'the same over HTTP' 'ok created=7 retry=7' "${trusted[@]}" OTEL_C_EXPORTER_OTLP_TLS_MIN_VERSION=1.3 \
	OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_ENDPOINT="https://127.0.0.1:$sink_port"
came 'TLS 1.2' 7 '0 copies'
to_sink "${served[@]}" --tls-max-version 1.1
tls 'TLS 1.1 is too old' 'ok created=7 retry=7' "${trusted[@]}"
sink_stop
to_sink "${served[@]}" --tls-client-ca "$tmp/ca.pem"
tls 'with a certificate of ours' 'ok created=7 accepted=7' "${trusted[@]}" "${ours[@]}"
tls 'without a certificate of ours' 'ok created=7 retry=7*' "${trusted[@]}"
came 'mTLS' 7 '0 copies'

# A server that speaks TLS, but not HTTP/2 in it.
sink_start --json
nginx_start "listen 127.0.0.1:@PORT@ ssl; ssl_certificate $tmp/server.pem; ssl_certificate_key $tmp/server.key;
	location / { proxy_pass $sink_url; }"
grpc=127.0.0.1:$nginx_port
tls 'no HTTP/2' 'ok created=7 retry=7' "${trusted[@]}"
says 'no HTTP/2' '*: the server does not speak HTTP/2*'
came 'no HTTP/2' 0 '0 copies'

# ---- proxies ----
server_start proxy python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/connect_proxy.py"
proxy=http://127.0.0.1:$server_port
to_sink "${served[@]}"
how=twice tls 'TLS through a proxy' 'ok created=14 accepted=14' "${trusted[@]}" https_proxy="$proxy"
expect_match 'the tunnel' "*CONNECT $grpc" "$(cat "$server_out")"
came 'TLS through a proxy' 14 '0 copies'
to_sink
how=twice exports 'plain through a proxy' 'ok created=14 accepted=14' http_proxy="$proxy"
expect_match 'the other tunnel' "*CONNECT $grpc" "$(cat "$server_out")"
exports 'around the proxy' 'ok created=7 accepted=7' http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1
came 'plain through a proxy' 21 '0 copies'
finish
