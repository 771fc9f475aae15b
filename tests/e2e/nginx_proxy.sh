#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# nginx_proxy: nginx between exporter and sink, as it stands in front of many a backend: TLS and HTTP/2, its own answers
# when the backend is away or a body is too large, connections that it ends, a reload under load.
. "$(dirname "$0")/lib.sh" nginx_proxy
export OTEL_SERVICE_NAME=shop OTEL_C_EXPORT_RETRY_INITIAL=40 OTEL_C_EXPORT_RETRY_MAX=160

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
	-keyout "$tmp/key.pem" -out "$tmp/cert.pem" 2>/dev/null
chmod 644 "$tmp/key.pem"

# What is asked, over which protocol, how it is packed, how it is answered, and on which connection of nginx's.
asked='log_format asked "$server_protocol $status $http_content_encoding $http_grpc_encoding $sent_http_grpc_status $connection";'
tls='listen 127.0.0.1:@PORT@ ssl http2; ssl_certificate @TMP@/cert.pem; ssl_certificate_key @TMP@/key.pem;'
plain_h2='listen 127.0.0.1:@PORT@ http2;'
plain='listen 127.0.0.1:@PORT@;'

# proxy LISTEN LOCATION [MORE]: a new nginx; what it is asked is in $proxy_asked.
proxy() {
	proxy_asked=$logs/asked-$((servers_count + 1)).log
	: >"$proxy_asked"
	nginx_start "$1 access_log $proxy_asked asked; ${3:-} location / { $2 }" "$asked"
}

# was_asked [N]: its Nth line (1).
was_asked() {
	nginx_logged "${1:-1}" "$proxy_asked" || fail "$name: nginx was not asked ${1:-1} times"
	sed -n "${1:-1}p" "$proxy_asked"
}

proxy_stop() {
	end "$nginx_pid" || true
}

# sends NAME PROTOCOL SCHEME COUNTERS [VARIABLE…]: 60 spans in batches of at most 60; what is told of them.
sends() {
	name=$1
	local protocol=$2 scheme=$3 want=$4
	shift 4
	run timeout 60 env OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" OTEL_EXPORTER_OTLP_ENDPOINT="$scheme://127.0.0.1:$nginx_port" \
		OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/cert.pem" OTEL_BSP_MAX_EXPORT_BATCH_SIZE=60 OTEL_BSP_SCHEDULE_DELAY=600000 \
		"$@" "$programs/faults" 60 wait
	expect_equal "$name: exit status" 0 "$status"
	expect_match "$name" "ok created=60 $want" "$out"
}

# ---- each way through ----

sink_start --json --grpc 127.0.0.1:0
to_http="proxy_pass $sink_url; client_max_body_size 64m;"
to_grpc="grpc_pass grpc://127.0.0.1:$sink_grpc_port; client_max_body_size 64m;"
for packed in none gzip; do
	gzip=-
	[ "$packed" = gzip ] && gzip=gzip
	proxy "$tls" "$to_http"
	sends "http/protobuf over TLS, $packed" http/protobuf https accepted=60 OTEL_EXPORTER_OTLP_COMPRESSION=$packed
	expect_match "$name" "HTTP/* 200 $gzip - - *" "$(was_asked)"
	sends "http/json over TLS, $packed" http/json https accepted=60 OTEL_EXPORTER_OTLP_COMPRESSION=$packed
	expect_match "$name" "HTTP/* 200 $gzip - - *" "$(was_asked 2)"
	proxy_stop
	proxy "$tls" "$to_grpc"
	sends "grpc over TLS, $packed" grpc https accepted=60 OTEL_EXPORTER_OTLP_COMPRESSION=$packed
	expect_match "$name" "HTTP/2.0 200 - $gzip *" "$(was_asked)"
	proxy_stop
	proxy "$plain_h2" "$to_grpc"
	sends "grpc, $packed" grpc http accepted=60 OTEL_EXPORTER_OTLP_COMPRESSION=$packed
	expect_match "$name" "HTTP/2.0 200 - $gzip *" "$(was_asked)"
	proxy_stop
done
sink_stop
expect_equal "what the sink counts" 'otel-c sink: 480 spans, 0 copies' "$(tail -n 1 "$sink_err")"

# ---- the sink is away ----

# returns NAME PROTOCOL LISTEN LOCATION: spans wait while nothing listens behind nginx, and arrive once it does.
returns() {
	local protocol=$2 port
	name=$1
	port_reserve
	port=$reserved_port
	proxy "$3" "${4//@BACK@/127.0.0.1:$port}"
	: >"$tmp/told"
	: >"$tmp/said"
	env OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$nginx_port" \
		OTEL_BSP_MAX_EXPORT_BATCH_SIZE=60 timeout 60 "$programs/faults" 60 wait >"$tmp/told" 2>"$tmp/said" &
	local program=$!
	wait_for 60 test -s "$tmp/said" || fail "$name: nothing was said of it"
	wait_for 60 grep -q 502 "$proxy_asked" || fail "$name: nginx did not answer 502"
	if [ "$protocol" = grpc ]; then
		sink_start --json --grpc "127.0.0.1:$port"
	else
		sink_start --json --listen "127.0.0.1:$port"
	fi
	wait "$program" || fail "$name: exit status $?"
	sink_stop
	expect_match "$name" 'ok created=60 accepted=60*' "$(cat "$tmp/told")"
	expect_match "$name: what the sink counts" 'otel-c sink: 60 spans, 0 copies' "$(tail -n 1 "$sink_err")"
	proxy_stop
}

returns '502, http/protobuf' http/protobuf "$plain" 'proxy_pass http://@BACK@;'
returns '502, grpc' grpc "$plain_h2" 'grpc_pass grpc://@BACK@;'

# 504: nginx gave up, and the sink may have taken what it was sent.
sink_start --json --grpc 127.0.0.1:0 --fail hang
proxy "$plain" "proxy_pass $sink_url; proxy_read_timeout 1s; proxy_next_upstream off;"
sends '504, http/protobuf' http/protobuf http 'accepted=60*'
expect_match "$name: what nginx answered" '*504*' "$(was_asked)"
proxy_stop
sink_stop
sink_start --json --grpc 127.0.0.1:0 --fail hang
proxy "$plain_h2" "grpc_pass grpc://127.0.0.1:$sink_grpc_port; grpc_read_timeout 1s; grpc_next_upstream off;"
sends '504, grpc' grpc http 'accepted=60*'
expect_match "$name: what nginx answered" '*504*' "$(was_asked)"
proxy_stop
sink_stop

# ---- a body that is too large for nginx (413) goes in parts ----

for protocol in http/protobuf http/json grpc; do
	sink_start --json --grpc 127.0.0.1:0
	case $protocol in
	grpc) proxy "$plain_h2" "grpc_pass grpc://127.0.0.1:$sink_grpc_port; client_max_body_size 2k;" ;;
	*) proxy "$plain" "proxy_pass $sink_url; client_max_body_size 2k;" ;;
	esac
	sends "413, $protocol" "$protocol" http accepted=60
	expect_match "$name: what nginx answered" '*413*' "$(was_asked)"
	proxy_stop
	sink_stop
	expect_equal "$name: what the sink counts" 'otel-c sink: 60 spans, 0 copies' "$(tail -n 1 "$sink_err")"
done

# ---- connections that nginx ends ----

# flow NAME PROTOCOL SCHEME: a span each millisecond, 2000 of them, in batches of 20; in the background.
flow() {
	name=$1
	rm -f "$tmp/told"
	env OTEL_EXPORTER_OTLP_PROTOCOL="$2" OTEL_EXPORTER_OTLP_ENDPOINT="$3://127.0.0.1:$nginx_port" \
		OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/cert.pem" OTEL_BSP_MAX_EXPORT_BATCH_SIZE=20 OTEL_BSP_SCHEDULE_DELAY=20 \
		timeout 100 "$programs/faults" 2000 flow >"$tmp/told" 2>"$logs/flow.err" &
	flow_pid=$!
}

# flowed: its end; all was accepted, and what came twice was told so.
flowed() {
	local ambiguous counted copies
	wait "$flow_pid" || fail "$name: exit status $?"
	sink_stop
	expect_match "$name" 'ok created=2000 accepted=2000*' "$(tail -n 1 "$tmp/told")"
	ambiguous=$(sed -n 's/^ok created=2000 accepted=2000 ambiguous=//p' "$tmp/told")
	counted=$(tail -n 1 "$sink_err")
	copies=$(sed -n 's/.* \([0-9]*\) copies.*/\1/p' <<<"$counted")
	[ "${copies:-9999}" -le "${ambiguous:-0}" ] || fail "$name: $counted, ${ambiguous:-0} are ambiguous"
	expect_equal "$name: spans that came" "$((2000 + copies))" "$(sed -n 's/.*sink: \([0-9]*\) spans.*/\1/p' <<<"$counted")"
}

# between PROTOCOL [MORE]: a new sink, and nginx in front of it.
between() {
	sink_start --json --grpc 127.0.0.1:0
	case $1 in
	grpc) proxy "$tls" "grpc_pass grpc://127.0.0.1:$sink_grpc_port;" "${2:-}" ;;
	*) proxy "$tls" "proxy_pass $sink_url;" "${2:-}" ;;
	esac
}

for protocol in http/protobuf grpc; do
	# The second: a connection ends while it is idle, or just as the next request is on its way.
	for ends in 'keepalive_requests 5;' 'keepalive_timeout 15ms;'; do
		between "$protocol" "$ends"
		flow "$ends $protocol" "$protocol" https
		flowed
		nginx_logged 6 "$proxy_asked"
		[ "$(awk '{ print $NF }' "$proxy_asked" | sort -u | wc -l)" -gt 5 ] || fail "$name: too few connections"
		proxy_stop
	done
	between "$protocol"
	flow "nginx is reloaded, $protocol" "$protocol" https
	for i in 1 2 3 4; do
		sleep 0.4
		kill -HUP "$nginx_pid"
	done
	flowed
	proxy_stop
done
finish
