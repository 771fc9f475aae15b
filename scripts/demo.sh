#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# demo.sh BUILD_DIR - two programs traced with nothing but a name, and one that is not. Prints the trees, and where
# each id was seen; exit 0 only if every expected span arrived.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
servers_begin "${1:?usage: demo.sh BUILD_DIR}" "$1/demo"
bin=$servers_build/bin
logs=$servers_logs
export OTEL_C_EXIT_TIMEOUT=60000 # on a machine that is busy, two seconds may be over before libcurl is loaded
parts_ok=0 spans_seen=0 missing=0

heading() {
	printf '\n=== %s\n\n' "$*"
}

fail() {
	echo "demo: $*" >&2
	part_ok=no
}

# span_field FILE NAME traceId|spanId: of the span with that name in OTLP JSON Lines.
span_field() {
	grep -o '"traceId":"[0-9a-f]*","spanId":"[0-9a-f]*"[^{}]*"name":"'"$2"'"' "$1" | head -n 1 |
		sed -n 's/.*"'"$3"'":"\([0-9a-f]*\)".*/\1/p'
}

# expect_spans FILE NAME…: every name as often as it is given.
expect_spans() {
	local file=$1 name have want
	shift
	for name in $(printf '%s\n' "$@" | sort -u); do
		want=$(printf '%s\n' "$@" | grep -cx "$name")
		have=$(grep -o '"spanId":"[0-9a-f]*"[^{}]*"name":"'"$name"'"' "$file" | wc -l)
		spans_seen=$((spans_seen + (have < want ? have : want)))
		if [ "$have" -ne "$want" ]; then
			missing=$((missing + (want > have ? want - have : 0)))
			fail "span $name: $have of $want"
		fi
	done
}

part_begin() {
	part_ok=yes
	heading "$@"
}

part_end() {
	if [ "$part_ok" = yes ]; then parts_ok=$((parts_ok + 1)); fi
}

nginx_start

part_begin "1. OTEL_DISTRO=aws ./shop: instrumented with our API, linked with nothing else"
sink_start --until-spans 7 --timeout 60 --tee "$logs/shop.jsonl"
OTEL_DISTRO=aws OTEL_SERVICE_NAME=shop OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url "$bin/shop" "$nginx_url/inventory" |
	tee "$logs/shop.traced.out"
sink_wait || fail "the sink did not see 7 spans in time"
cat "$sink_out"
expect_spans "$logs/shop.jsonl" create_order validate_order check_inventory charge_customer save_order \
	create_order validate_order
trace=$(span_field "$logs/shop.jsonl" check_inventory traceId)
span=$(span_field "$logs/shop.jsonl" check_inventory spanId)
age=$(($(date +%s) - 16#${trace:0:8}))
[ "$age" -ge 0 ] && [ "$age" -le 600 ] || fail "trace id $trace does not begin with the current time"
nginx_logged || true
seen=$(grep "GET /inventory" "$nginx_access_log" || true)
case $seen in
*"Root=1-${trace:0:8}-${trace:8};Parent=$span;Sampled=1"*) ;;
*) fail "nginx did not see X-Amzn-Trace-Id of $trace/$span" ;;
esac
case $seen in *"00-$trace-$span-0"*) ;; *) fail "nginx did not see traceparent of $trace/$span" ;; esac
echo "trace $trace begins with the time of day (X-Ray); span $span"
echo "nginx saw: $seen"
part_end

part_begin "2. splunk-c-trace curl $nginx_url/hello: Debian's curl, not rebuilt"
sink_start --until-spans 1 --timeout 60 --tee "$logs/curl.jsonl"
OTEL_SERVICE_NAME=curl OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url "$bin/splunk-c-trace" curl -sS \
	"$nginx_url/hello?sig=do-not-show&page=2"
sink_wait || fail "the sink did not see the span in time"
cat "$sink_out"
expect_spans "$logs/curl.jsonl" GET
trace=$(span_field "$logs/curl.jsonl" GET traceId)
span=$(span_field "$logs/curl.jsonl" GET spanId)
nginx_logged 2 || true
seen=$(grep "GET /hello" "$nginx_access_log" || true)
case $seen in *"00-$trace-$span-"*) ;; *) fail "nginx did not see traceparent of $trace/$span" ;; esac
if grep -q 'do-not-show' "$logs/curl.jsonl"; then fail "the query's secret is in the span"; fi
echo "nginx saw: $seen"
part_end

part_begin "3. ./shop, untraced: the same output, nothing loaded"
LD_DEBUG=libs LD_DEBUG_OUTPUT=$logs/shop.libs "$bin/shop" "$nginx_url/inventory" >"$logs/shop.plain.out"
cmp "$logs/shop.plain.out" "$logs/shop.traced.out" || fail "the output differs"
loaded=$(cat "$logs"/shop.libs.* | sed -n 's/.*calling init: .*\/\(libotel[^/]*\|[a-z_]*\.so\)$/\1/p' | sort -u | tr '\n' ' ')
rm -f "$logs"/shop.libs.*
[ "$loaded" = "libotel_api.so.1 " ] || fail "loaded of ours: $loaded"
echo "same output byte for byte; of ours only $loaded"
part_end

printf '\ndemo: %d of 3 parts, %d of 8 spans, %d missing. Try yours: %s/bin/otel-c-trace ./your-program\n' \
	"$parts_ok" "$spans_seen" "$missing" "$1"
[ "$parts_ok" = 3 ] && [ "$missing" = 0 ]
