#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# too_large: a proxy that takes small requests only. Batches come through in parts, once each; one span that is too large
# alone is dropped and counted.
. "$(dirname "$0")/lib.sh" too_large

# behind_a_proxy: a sink behind nginx, which refuses bodies of more than 4000 bytes.
behind_a_proxy() {
	sink_start --json
	nginx_start "listen 127.0.0.1:@PORT@; client_max_body_size 4000; location / { proxy_pass $sink_url; }"
	export OTEL_EXPORTER_OTLP_ENDPOINT=$nginx_url
}

# answers STATUS: how often nginx answered so.
answers() {
	grep -c "\" $1 " "$nginx_access_log" || true
}

behind_a_proxy
run env OTEL_DISTRO=aws OTEL_LOG_LEVEL=info "$programs/many_spans" open 500
expect_equal "exit status" 0 "$status"
expect_match "the end" "*otel-c: 500 spans: 500 accepted, 0 dropped; * requests, 0 retried, * failed*" "$err"
expect_match "what is told" "*too large; smaller ones are sent*" "$err"
sink_stop
expect_equal "spans" 500 "$(spans_in "$sink_out")"
expect_equal "each once" 500 "$(jq -r '..|.spans? // empty|.[].spanId' "$sink_out" | sort -u | wc -l)"
expect_equal "scopes" many_spans "$(jq -r '..|.scope?.name? // empty' "$sink_out" | sort -u)"
expect_equal "parts without a resource" 0 "$(jq -s '[.[].resourceSpans[]|select(.resource.attributes|length == 0)]|length' "$sink_out")"

# It is remembered: what the first batches found out, the later ones need not. Eight batches, one after another.
behind_a_proxy
run env OTEL_DISTRO=aws OTEL_LOG_LEVEL=info OTEL_BSP_MAX_EXPORT_BATCH_SIZE=100 "$programs/many_spans" open 800
expect_match "eight batches" "*: 800 spans: 800 accepted, 0 dropped; *" "$err"
refused=${err##* retried, }
refused=${refused%% failed*}
[ "$refused" -le 4 ] || fail "a limit was found out $refused times, not once"
sink_stop

# A limit that is known beforehand is never tried.
behind_a_proxy
run env OTEL_DISTRO=aws OTEL_LOG_LEVEL=info OTEL_C_EXPORT_MAX_REQUEST_BYTES=3500 "$programs/many_spans" open 500
expect_match "with max_request_bytes" "*: 500 spans: 500 accepted, 0 dropped; *requests, 0 retried" "$err"
sink_stop

# ---- one span that is too large alone, between two that are not ----
big=$(head -c 6000 /dev/zero | tr '\0' x)
for name in small "$big" tiny; do
	printf '{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"%016x","name":"%s","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000000000001"}]}]}]}\n' \
		"${#name}" "$name"
done >"$tmp/spans.jsonl"
jq -cs '{resourceSpans: map(.resourceSpans[])}' "$tmp/spans.jsonl" >"$tmp/one_request.jsonl"
behind_a_proxy
run timeout 60 "$bin/otel-c" send "$tmp/one_request.jsonl"
expect_equal "what send says" "2 accepted, 1 rejected, 0 retries" "${out%% retries*} retries"
expect_equal "exit status of send" 1 "$status"
expect_match "what is told of it" "*one item alone makes a request of *" "$err"
sink_stop
expect_equal "who arrived" "small tiny" "$(jq -r '..|.spans? // empty|.[].name' "$sink_out" | sort | tr '\n' ' ' | sed 's/ $//')"

# ---- gRPC: 9 MB, where servers take 4 MiB; that is known beforehand ----
jq -nc '("x" * 1000) as $name | {resourceSpans: [{scopeSpans: [{scope: {name: "s"}, spans: [range(1; 9001) | tostring
	| {traceId: ("0" * 32 + .)[-32:], spanId: ("0" * 16 + .)[-16:], name: $name,
	   startTimeUnixNano: "1700000000000000000", endTimeUnixNano: "1700000000000000001"}]}]}]}' >"$tmp/large.jsonl"
sink_start --json --grpc 127.0.0.1:0
run env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$sink_grpc_port" \
	timeout 60 "$bin/otel-c" send "$tmp/large.jsonl"
expect_equal "what send says over gRPC" "9000 accepted, 0 rejected, 0 retries" "$out"
expect_equal "what is told over gRPC" "" "$err"
sink_stop
expect_equal "what the sink counts" "otel-c sink: 9000 spans, 0 copies" "$(tail -n 1 "$sink_err")"

# ---- what lies in the spool goes out in parts as well ----
mkdir -m 700 "$tmp/spool"
export OTEL_C_SPOOL_DIRECTORY=$tmp/spool
run env OTEL_DISTRO=aws OTEL_LOG_LEVEL=info OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$programs/many_spans" open 500
expect_match "into the spool" "*: 500 spans: 0 accepted, 0 dropped, 500 spooled; *" "$err"
behind_a_proxy
run timeout 60 "$bin/otel-c" spool flush
expect_equal "out of the spool" "500 accepted, 0 rejected, 0 retries" "$out"
sink_stop
expect_equal "what the sink counts of it" "otel-c sink: 500 spans, 0 copies" "$(tail -n 1 "$sink_err")"
finish
