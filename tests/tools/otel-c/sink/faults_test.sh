#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# faults_test.sh - --fail as clients see it, by both protocols. What curl makes of it is its exit status.
. "$(dirname "$0")/../common.sh"
. "$OTEL_C_TEST_SOURCE/tests/tools/otel-c/sink/client.sh"
"$sample" order >order
framed order

# expect NAME CURL-STATUS HTTP-STATUS: of the last request.
expect() {
	[ "$status-$code" = "$2-$3" ] || { fail "$1: curl $status and HTTP $code, not $2 and $3"; cat sink.err; }
}

# patience_for ROW: little for those where curl is to give up.
patience_for() {
	case $1 in 28*) echo 2 ;; *) echo 60 ;; esac
}

# taken LINES: how many requests were printed in all.
taken() {
	sink_end
	[ "$(grep -c . sink.out)" = "$1" ] || { fail "$(grep -c . sink.out) requests were taken, not $1"; cat sink.err; }
}

# ---- OTLP/HTTP ----

sink_begin --json --fail 503:7,429@5,307,partial:3,partial:0,malformed,html,giant:1,giant-head:2
post order
got 503 'Retry-After: 7'
post order
got 429
grep -qE '^Retry-After: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$' head.lines || fail "no date: $(cat head.lines)"
post order
got 307 'Location: /elsewhere'
post order
got 200
[ "$(od -An -tx1 <body | tr -d ' \n' | head -c 8)" = 0a120803 ] || fail "not three spans are rejected"
post order
got 200 'Content-Length: 18'
post order
got 200 'Content-Type: application/x-protobuf' 'Content-Length: 24'
post order
got 200 'Content-Type: text/html'
post order
got 200 'Content-Length: 1048576'
[ "$(stat -c %s body)" = 1048576 ] || fail "not all of a giant answer came"
post order
got 200 'Content-Length: 0'
[ "$(grep '^X-Padding: ' head.lines | wc -c)" = 2060 ] || fail "no giant header: $(cat head.lines)"
post order
got 200
taken 6

sink_begin --json --fail reset,reset-head,reset-body,drop-reply,truncate,garbage,giant-head
for row in '56 000' '56 200' '56 200' '52 000' '18 200' '1 000'; do
	post order
	# shellcheck disable=SC2086
	expect "HTTP, $row" $row
done
post order
[ "$status" != 0 ] || fail "a header of 128 KiB is fine for curl"
taken 5

sink_begin --json --fail 503,reset-connect,503,reset-upload:10,silence,503
for row in '0 503' '- 000' '0 503' '- 000' '28 000' '0 503'; do
	patience=$(patience_for "$row") post order
	[ "${row%% *}" = - ] && status=-
	# shellcheck disable=SC2086
	expect "HTTP, connections, $row" $row
done
taken 0

sink_begin --json --fail hang,stall,slow,slow-read:100000
patience=1 post order
expect 'HTTP, hang' 28 000
patience=4 post order
expect 'HTTP, stall' 28 200
post order
expect 'HTTP, slow' 0 200
post order
expect 'HTTP, slow-read' 0 200
taken 3

# ---- OTLP/gRPC ----

sink_begin --json --fail 503:7,grpc:14:1500,grpc-late:8,partial:3,malformed,html,giant:1,no-trailers,trailers-only,cut-message
call order.grpc
got 503 'retry-after: 7'
lacks grpc-status
call order.grpc
got 200 'grpc-status: 14' 'grpc-message: as --fail says'
grep -q '^grpc-status-details-bin: [A-Za-z0-9+/]*$' head.lines || fail "no RetryInfo: $(cat head.lines)"
call order.grpc
got 200 'grpc-status: 8'
lacks grpc-status-details-bin
[ "$(grep -n '^$' head.lines | head -n 1 | cut -d : -f 1)" -lt "$(grep -n grpc-status head.lines | cut -d : -f 1)" ] ||
	fail "the status is not in trailers: $(cat head.lines)"
call order.grpc
got 200 'grpc-status: 0'
[ "$(od -An -tx1 <body | tr -d ' \n' | head -c 18)" = 00000000140a120803 ] || fail "not three spans are rejected"
call order.grpc
got 200 'grpc-status: 0'
[ "$(stat -c %s body)" = 29 ] || fail "a malformed response has $(stat -c %s body) bytes"
call order.grpc
got 200 'content-type: text/html'
lacks grpc-status
call order.grpc
got 200 'grpc-status: 0'
[ "$(stat -c %s body)" = 1048581 ] || fail "not all of a giant message came"
call order.grpc
got 200
lacks grpc-status
call order.grpc
got 200 'grpc-status: 0'
[ ! -s body ] || fail "there is a message before the status"
call order.grpc
got 200 'grpc-status: 0'
[ "$(od -An -tx1 <body | tr -d ' \n')" = 0000000040 ] || fail "the prefix is honest"
taken 6

sink_begin --json --fail reset,reset-head,reset-body,drop-reply,truncate,rst,goaway,garbage
for row in '- -' '- -' '- -' '- 000' '- 200' '92 000' '- 000' '- 000'; do
	call order.grpc
	[ "${row%% *}" = - ] && [ "$status" != 0 ] && status=-
	[ "${row##* }" = - ] && code=- # curl may see the reset before the head, when it writes
	# shellcheck disable=SC2086
	expect "gRPC, $row" $row
done
taken 4

sink_begin --json --fail 503,reset-connect,503,reset-upload:10,silence,503
for row in '0 503' '- 000' '0 503' '- 000' '28 000' '0 503'; do
	patience=$(patience_for "$row") call order.grpc
	[ "${row%% *}" = - ] && status=-
	# shellcheck disable=SC2086
	expect "gRPC, connections, $row" $row
done
taken 0

sink_begin --json --fail hang,stall,slow,slow-read:100000
patience=1 call order.grpc
expect 'gRPC, hang' 28 000
patience=4 call order.grpc
expect 'gRPC, stall' 28 200
call order.grpc
got 200 'grpc-status: 0'
call order.grpc
got 200 'grpc-status: 0'
taken 3

# ---- both at once: those of gRPC wait for it ----

sink_begin --json --fail grpc:8,503,grpc:14
post order
got 503
post order
got 200
call order.grpc
got 200 'grpc-status: 8'
call order.grpc
got 200 'grpc-status: 14'
call order.grpc
got 200 'grpc-status: 0'
taken 2
finish
