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
finish
