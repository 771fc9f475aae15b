# SPDX-License-Identifier: Apache-2.0
#
# client.sh - sourced by tests of the sink from outside, behind common.sh: a sink on free ports, and curl as its
# client.
sample=$OTEL_C_TEST_BUILD/tests/sample_request
sink=
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null || true; rm -rf "$dir"' EXIT
traces=opentelemetry.proto.collector.trace.v1.TraceService/Export
scheme=http
client=(--http2-prior-knowledge)

# sink_begin OPTION…: both listeners; addresses in $http and $grpc, stdout in sink.out, stderr in sink.err.
sink_begin() {
	: >sink.err
	"$otel_c" sink --listen 127.0.0.1:0 --grpc 127.0.0.1:0 "$@" >sink.out 2>sink.err &
	sink=$!
	for _ in $(seq 1200); do
		grep -q '^listening on ' sink.err && break
		sleep 0.05
	done
	http=$(sed -n 's/^listening on //p' sink.err)
	grpc=$(sed -n 's/^listening for gRPC on //p' sink.err)
}

# sink_end: ends it; what it said in $said, what it printed in $printed.
sink_end() {
	local status=0
	kill -TERM "$sink"
	wait "$sink" || status=$?
	sink=
	said=$(cat sink.err)
	printed=$(cat sink.out)
	[ "$status" = 0 ] || { fail "the sink ended with $status"; cat sink.err; }
}

# framed FILE [FLAG]: as a message of gRPC, in FILE.grpc.
framed() {
	local len
	len=$(stat -c %s "$1")
	{
		printf "\\x$(printf %02x "${2:-0}")"
		printf "$(printf '%08x' "$len" | sed 's/../\\x&/g')"
		cat "$1"
	} >"$1.grpc"
}

# call FILE CURL-OPTION…: a call of $traces unless $path says otherwise. curl's status in $status, the HTTP status in
# $code, the rest in head and body.
call() {
	local file=$1
	shift
	status=0
	: >head
	: >body
	code=$(curl -s --noproxy '*' --max-time "${patience:-60}" "${client[@]}" -D head -o body -w '%{http_code}' \
		-H 'content-type: application/grpc' -H 'te: trailers' --data-binary "@$file" "$@" \
		"$scheme://$grpc/${path-$traces}") || status=$?
	tr -d '\r' <head >head.lines
}

# post FILE CURL-OPTION…: the same by OTLP/HTTP.
post() {
	local file=$1
	shift
	status=0
	: >head
	: >body
	code=$(curl -s --noproxy '*' --max-time "${patience:-60}" -D head -o body -w '%{http_code}' \
		-H 'content-type: application/x-protobuf' --data-binary "@$file" "$@" \
		"$scheme://$http/v1/traces") || status=$?
	tr -d '\r' <head >head.lines
}

# got CODE [LINE…]: the HTTP status, and lines of the head or the trailers.
got() {
	local line
	[ "$code" = "$1" ] || { fail "HTTP status $code (curl: $status), not $1"; cat head.lines; }
	shift
	for line; do
		grep -qixF -- "$line" head.lines || { fail "no \"$line\" in:"; cat head.lines; }
	done
}

# lacks NAME…: no such line.
lacks() {
	local name
	for name; do
		! grep -qi "^$name:" head.lines || { fail "there is a $name:"; cat head.lines; }
	done
}
