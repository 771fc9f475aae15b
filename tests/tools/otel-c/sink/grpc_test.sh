#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# grpc_test.sh - OTLP/gRPC from outside: real connections, curl as the client.
. "$(dirname "$0")/../common.sh"
. "$OTEL_C_TEST_SOURCE/tests/tools/otel-c/sink/client.sh"
"$sample" order >order
"$sample" twice >twice
"$sample" many 5000 >many
gzip -c order >order.gz
head -c 100 order >cut
head -c 5000000 /dev/zero >huge
gzip -c huge >bomb
: >empty
printf '\n\012\022\010\022\0\022\0\022\0\022\0' >logs # four empty log records
for file in order twice many cut huge empty logs; do framed "$file"; done
for file in order.gz bomb; do framed "$file" 1; done

# ---- what is taken ----

sink_begin --json --headers
call order.grpc
got 200 'content-type: application/grpc' 'grpc-status: 0'
lacks grpc-message
[ "$(od -An -tx1 <body | tr -d ' \n')" = 0000000000 ] || fail "the response is not an empty message"
call order.gz.grpc -H 'grpc-encoding: gzip' -H 'grpc-timeout: 10S'
got 200 'grpc-status: 0'
call many.grpc -H 'content-type: application/grpc+proto'
got 200 'grpc-status: 0'
path=opentelemetry.proto.collector.logs.v1.LogsService/Export call logs.grpc
got 200 'grpc-status: 0'
path=opentelemetry.proto.collector.logs.v1.LogsService/Export call order.grpc
got 200 'grpc-status: 13'
path=opentelemetry.proto.collector.metrics.v1.MetricsService/Export call empty.grpc
got 200 'grpc-status: 0'

# Several on one connection.
urls=()
for _ in 1 2 3 4 5 6 7 8; do urls+=("http://$grpc/$traces"); done
run 0 curl -s --noproxy '*' --http2-prior-knowledge -H 'content-type: application/grpc' -H 'te: trailers' \
	--data-binary @order.grpc -w '%{http_code} %{num_connects}\n' -o /dev/null "${urls[0]}" -o /dev/null "${urls[1]}" \
	-o /dev/null "${urls[2]}" -o /dev/null "${urls[3]}" --parallel --parallel-immediate
says "$out" '200 '
sink_end
says "$said" 'otel-c sink: 5024 spans, 20 copies, 4 log records' 'te: trailers' "request POST /$traces |"
[ "$(wc -l <<<"$printed")" = 8 ] || fail "not one line of JSON for each request that held something: $printed"
says "$printed" '"traceId":"67400a1b5759eac8f2f1d4c3b2a19080"' '{"resourceLogs":['

# ---- what is refused ----

sink_begin
path=v1/traces call order.grpc
got 200 'grpc-status: 12' 'content-type: application/grpc'
call order.grpc -X GET
got 405 'grpc-status: 13'
code=$(curl -s --noproxy '*' --http2-prior-knowledge -D head -o body -w '%{http_code}' -H 'te: trailers' \
	-H 'content-type: application/x-protobuf' --data-binary @order.grpc "http://$grpc/$traces")
tr -d '\r' <head >head.lines
got 415 'grpc-status: 3'
code=$(curl -s --noproxy '*' --http2-prior-knowledge -D head -o body -w '%{http_code}' \
	-H 'content-type: application/grpc' --data-binary @order.grpc "http://$grpc/$traces")
tr -d '\r' <head >head.lines
got 200 'grpc-status: 2' 'grpc-message: te is missing; allowed: trailers'
call order.grpc -H 'grpc-encoding: zstd'
got 200 'grpc-status: 12' 'grpc-accept-encoding: identity,gzip' 'grpc-message: grpc-encoding "zstd" is not gzip or identity'
call order.gz.grpc
got 200 'grpc-status: 13'
call order
got 200 'grpc-status: 13'
call cut.grpc
got 200 'grpc-status: 13'
call twice.grpc
got 200 'grpc-status: 3'
grep -qi '^grpc-message: .*attribute "user.id" comes twice' head.lines || fail "no reason is given"
call bomb.grpc -H 'grpc-encoding: gzip'
got 200 'grpc-status: 8'
grep -qi '^grpc-message: .*larger than 4194304 bytes' head.lines || fail "no size is named"
! curl -s --noproxy '*' --http1.1 "http://$grpc/" >/dev/null 2>&1 || fail "HTTP/1.1 is answered"
sink_end
says "$said" 'answered grpc-status 12: :path "/v1/traces" is not Export' 'answered 415: content-type' \
	'otel-c sink: 0 spans, 0 copies' 'it does not begin as HTTP/2 with prior knowledge does'

# ---- bounds ----

sink_begin --max-body 1000
call order.grpc
got 200 'grpc-status: 0'
call huge.grpc
post many
got 413
"$sample" many 20 >twenty
framed twenty
call twenty.grpc
got 200 'grpc-status: 8'
sink_end
says "$said" 'the message is larger than 1000 bytes' 'the body is larger than 1000 bytes'

# ---- the end ----

: >sink.err
"$otel_c" sink --grpc 127.0.0.1:0 --listen 127.0.0.1:0 --until-spans 8 --timeout 60 >sink.out 2>sink.err &
sink=$!
for _ in $(seq 1200); do grep -q '^listening on ' sink.err && break; sleep 0.05; done
grpc=$(sed -n 's/^listening for gRPC on //p' sink.err)
http=$(sed -n 's/^listening on //p' sink.err)
post order
got 200
call order.grpc
got 200 'grpc-status: 0' # the last answer is read before the end
wait "$sink" || fail "it did not end by itself"
sink=
says "$(cat sink.out)" '8 spans'
run 2 "$otel_c" sink --grpc nonsense
says "$err" '--grpc: "nonsense" is not HOST:PORT'
finish
