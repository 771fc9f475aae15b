#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# self_observability: what the SDK tells of itself, in a line at exit and as metrics.
. "$(dirname "$0")/lib.sh" self_observability

# ---- the line at exit: for who asks for it ----
sink_start --json
export OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url OTEL_DISTRO=aws OTEL_BSP_SCHEDULE_DELAY=600000
for level in info debug; do
	run env OTEL_LOG_LEVEL=$level "$bin/shop" http://127.0.0.1:1/
	expect_equal "the line at $level" "otel-c: 7 spans: 7 accepted, 0 dropped; 1 request, 0 retried" \
		"$(grep -F ' accepted, ' <<<"$err" || true)"
done
for level in '' error warn; do
	run env OTEL_LOG_LEVEL="$level" "$bin/shop" http://127.0.0.1:1/
	expect_equal "stderr at \"$level\"" "" "$err"
done
run env OTEL_LOG_LEVEL=info OTEL_TRACES_SAMPLER=always_off "$bin/shop" http://127.0.0.1:1/
expect_match "without a sampled span" "*otel-c: 0 spans: 0 accepted, 0 dropped; 0 requests, 0 retried" "$err"
run env OTEL_LOG_LEVEL=info OTEL_SDK_DISABLED=true "$bin/shop" http://127.0.0.1:1/
expect_equal "switched off" "" "$(grep -F ' accepted, ' <<<"$err" || true)"
run env OTEL_LOG_LEVEL=info OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$bin/shop" http://127.0.0.1:1/
expect_match "without a backend" "*otel-c: 7 spans: 0 accepted, 7 dropped (7 shutdown); 1 request, 0 retried, 1 failed" "$err"
sink_stop

# ---- metrics, as JSON ----
# value METRIC FILTER: of the newest point that FILTER, in jq, lets through.
value() {
	jq -rs --arg name "$1" '[.[].resourceMetrics[]?.scopeMetrics[].metrics[]|select(.name == $name)|(.sum // .histogram)
		|.dataPoints[]|.attrs = ([.attributes[]?|{(.key): (.value.stringValue // .value.intValue)}]|add // {})|select('"$2"')]
		|last|.asInt // .count' "$sink_out"
}

sink_start --json
unset OTEL_BSP_SCHEDULE_DELAY
export OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url OTEL_C_SDK_SELF_METRICS=true
run "$programs/asked_spans" < <(printf 'one\ntwo\nthree\n')
expect_equal "flushes" "flushed flushed flushed" "$(grep flushed <<<"$out" | tr '\n' ' ' | sed 's/ $//')"
expect_equal "stderr" "" "$err"
sink_stop
expect_equal "spans at the sink" 3 "$(spans_in "$sink_out")"
expect_equal "started" 3 "$(value otel.sdk.span.started '.attrs."otel.span.sampling_result" == "RECORD_AND_SAMPLE"')"
expect_equal "live" 0 "$(value otel.sdk.span.live '.attrs."otel.span.sampling_result" == "RECORD_AND_SAMPLE"')"
expect_equal "processed" 3 "$(value otel.sdk.processor.span.processed '.attrs."error.type" == null')"
expect_equal "capacity" 2048 "$(value otel.sdk.processor.span.queue.capacity '.attrs."otel.component.name" == "batching_span_processor/0"')"
expect_equal "in the queue" 0 "$(value otel.sdk.processor.span.queue.size true)"
expect_equal "exported" 3 "$(value otel.sdk.exporter.span.exported '.attrs."otel.component.type" == "otlp_http_span_exporter"')"
expect_equal "in flight" 0 "$(value otel.sdk.exporter.span.inflight '.attrs."server.address" == "127.0.0.1"')"
expect_equal "the port" 0 "$(value otel.sdk.exporter.span.inflight ".attrs.\"server.port\" == \"$sink_port\"")"
expect_equal "operations" 3 "$(value otel.sdk.exporter.operation.duration '.attrs."otel.component.type" == "otlp_http_span_exporter"')"
expect_match "metrics of metrics" "[1-9]*" "$(value otel.sdk.exporter.metric_data_point.exported true)"
expect_equal "temporality and kind" "2 true" "$(jq -rs '[.[].resourceMetrics[]?.scopeMetrics[].metrics[]|select(.name == "otel.sdk.span.started")][0].sum|
	"\(.aggregationTemporality) \(.isMonotonic)"' "$sink_out")"
expect_equal "the scope" "otel-c" "$(jq -r '.resourceMetrics[]?.scopeMetrics[].scope.name' "$sink_out" | sort -u)"

# ---- a backend of spans that never answers delays no metrics ----
sink_start --fail hang,hang,hang
black_hole=$sink_url
sink_start --json
export OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=$black_hole/v1/traces
export OTEL_EXPORTER_OTLP_TIMEOUT=600000 OTEL_METRIC_EXPORT_INTERVAL=200 OTEL_BSP_EXPORT_TIMEOUT=600000
mkfifo "$tmp/lines"
"$programs/asked_spans" <"$tmp/lines" >"$tmp/asked" 2>&1 &
asked=$!
exec 7>"$tmp/lines"
echo one >&7
is_in_flight() {
	[ "$(value otel.sdk.exporter.span.inflight true)" = 1 ]
}
wait_for 60 is_in_flight || fail "metrics do not arrive while an export of spans hangs"
end "$asked" || true
finish
