#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# exits_https: 60 programs that exit right after their span, with an HTTPS backend: every exit is clean (libcurl and
# OpenSSL clean up while our thread works) and every span arrives.
. "$(dirname "$0")/lib.sh" exits_https

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
	-keyout "$tmp/key.pem" -out "$tmp/cert.pem" 2>/dev/null
chmod 644 "$tmp/key.pem"
sink_start --json --until-spans 60 --timeout 500
nginx_start "listen 127.0.0.1:@PORT@ ssl; ssl_certificate @TMP@/cert.pem; ssl_certificate_key @TMP@/key.pem;
	location / { proxy_pass $sink_url; }"
for i in $(seq 60); do
	run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="https://127.0.0.1:$nginx_port" \
		OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/cert.pem" "$programs/one_span"
	[ "$status" = 3 ] || fail "run $i: exit status $status"
	[ -z "$err" ] || fail "run $i: $err"
done
sink_wait || fail "60 spans did not arrive"
expect_equal "spans" 60 "$(spans_in "$sink_out")"

# A certificate nobody vouches for: no span, one line, the program as ever.
run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="https://127.0.0.1:$nginx_port" "$programs/one_span"
expect_equal "unknown CA: exit status" 3 "$status"
expect_match "unknown CA: message" "*certificate*" "$err"
finish
