#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tls_test.sh - both listeners under TLS, with and without certificates of clients.
. "$(dirname "$0")/../common.sh"
. "$OTEL_C_TEST_SOURCE/tests/tools/otel-c/sink/client.sh"
"$sample" order >order
framed order

# authority NAME; certificate NAME AUTHORITY: keys and certificates in NAME.key and NAME.pem.
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" -days 2 \
		-subj "/CN=$1" 2>openssl.err || fail "openssl: $(cat openssl.err)"
}
certificate() {
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" \
		2>openssl.err || fail "openssl: $(cat openssl.err)"
	openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 2 -out "$1.pem" \
		-extfile <(echo subjectAltName=IP:127.0.0.1) 2>openssl.err || fail "openssl: $(cat openssl.err)"
}
authority ca
authority stranger
certificate server ca
certificate known ca
certificate unknown stranger

# ---- wrong usage ----

run 2 "$otel_c" sink --tls-cert server.pem
says "$err" '--tls-cert and --tls-key need each other'
run 2 "$otel_c" sink --tls-client-ca ca.pem
says "$err" 'need --tls-cert and --tls-key'
run 2 "$otel_c" sink --tls-cert server.pem --tls-key server.key --tls-max-version 2
says "$err" '--tls-max-version: "2" is not 1.0, 1.1, 1.2 or 1.3'
run 1 "$otel_c" sink --listen 127.0.0.1:0 --tls-cert none.pem --tls-key server.key
says "$err" '--tls-cert: none.pem: No such file or directory'
run 1 "$otel_c" sink --listen 127.0.0.1:0 --tls-cert server.pem --tls-key known.key
says "$err" '--tls-key: known.key: key values mismatch'
run 1 "$otel_c" sink --listen 127.0.0.1:0 --tls-cert server.pem --tls-key server.key --tls-client-ca none.pem
says "$err" '--tls-client-ca: none.pem: '

# ---- who may talk ----

scheme=https
client=(--http2)
tls=(--tls-cert server.pem --tls-key server.key)
sink_begin --json "${tls[@]}"
call order.grpc --cacert ca.pem
got 200 'grpc-status: 0'
post order --cacert ca.pem
got 200
post order --cacert ca.pem --http2 # which is not offered: they agree on HTTP/1.1
got 200
post order --cacert ca.pem --tls-max 1.2
got 200
post order
[ "$status" = 60 ] || fail "a certificate that nobody vouches for is taken: $status"
call order.grpc --cacert ca.pem --http1.1
[ "$status" = 35 ] || fail "gRPC over HTTP/1.1 is agreed upon: $status"
call order.grpc --cacert ca.pem --no-alpn
[ "$status" != 0 ] || fail "gRPC goes without ALPN"
scheme=http client=(--http2-prior-knowledge) call order.grpc
[ "$status" != 0 ] || fail "gRPC goes without TLS"
scheme=http post order
[ "$status" != 0 ] || fail "HTTP goes without TLS"
sink_end
[ "$(wc -l <<<"$printed")" = 4 ] || fail "not four requests were taken: $printed"
says "$said" 'the client did not offer h2 by ALPN' 'no application protocol' 'http request'

sink_begin --json "${tls[@]}" --tls-client-ca ca.pem
call order.grpc --cacert ca.pem --cert known.pem --key known.key
got 200 'grpc-status: 0'
post order --cacert ca.pem --cert known.pem --key known.key
got 200
for send in 'call order.grpc' 'post order'; do
	$send --cacert ca.pem
	[ "$code" != 200 ] || fail "$send: a client without a certificate is taken"
	$send --cacert ca.pem --cert unknown.pem --key unknown.key
	[ "$code" != 200 ] || fail "$send: a certificate of a stranger is taken"
done
sink_end
[ "$(wc -l <<<"$printed")" = 2 ] || fail "not two requests were taken: $printed"
says "$said" 'peer did not return a certificate' 'certificate verify failed'

# ---- old versions ----

sink_begin --json "${tls[@]}" --tls-max-version 1.2
post order --cacert ca.pem
got 200
post order --cacert ca.pem --tlsv1.3
[ "$status" = 35 ] || fail "TLS 1.3 is spoken all the same: $status"
sink_end
sink_begin --json "${tls[@]}" --tls-max-version 1.1
post order --cacert ca.pem
[ "$status" = 35 ] || fail "TLS 1.1 is taken by a client of today: $status"
post order --cacert ca.pem --tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0
got 200
sink_end

# ---- failures reach through TLS ----

sink_begin --json "${tls[@]}" --fail reset-head,truncate,reset-connect,grpc:14
post order --cacert ca.pem
[ "$code-$status" = 200-56 ] || fail "no reset behind the head: $code, curl $status"
post order --cacert ca.pem
[ "$code-$status" = 200-18 ] || fail "not cut short: $code, curl $status"
post order --cacert ca.pem
[ "$code" = 000 ] || fail "a connection is not reset"
call order.grpc --cacert ca.pem
got 200 'grpc-status: 14'
sink_end
finish
