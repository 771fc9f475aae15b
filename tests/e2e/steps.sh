#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# steps: a trace that goes on in child processes, through their environment, in several formats.
. "$(dirname "$0")/lib.sh" steps

trace=0af7651916cd43dd8448eb211c80319c
parent=b7ad6b7169203331

# spans FIELD of a name, in no order
spans() {
	jq -r --arg name "$1" "..|.spans? // empty|.[]|select(.name==\$name)|$2" "$sink_out"
}

for propagators in tracecontext,baggage b3 b3multi jaeger; do
	sink_start --json --until-spans 5 --timeout 60
	run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_PROPAGATORS="$propagators" "$bin/steps"
	expect_equal "$propagators: exit status" 0 "$status"
	expect_equal "$propagators: messages" "" "$err"
	sink_wait || fail "$propagators: 5 spans did not arrive"
	expect_equal "$propagators: traces" 1 "$(jq -r '..|.traceId? // empty' "$sink_out" | sort -u | wc -l)"
	expect_equal "$propagators: parents of the steps are the spans that started them" "$(spans run .spanId | sort)" \
		"$({ spans fetch .parentSpanId; spans store .parentSpanId; } | sort)"
	expect_equal "$propagators: processes" 3 "$(jq -r '.resourceSpans[].resource.attributes[]|select(.key=="service.instance.id")|.value.stringValue' "$sink_out" | sort -u | wc -l)"
done

sink_start --json --until-spans 5 --timeout 60
run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" TRACEPARENT="00-$trace-$parent-01" TRACESTATE=a=1 \
	"$bin/steps"
expect_equal "started inside a trace: exit status" 0 "$status"
sink_wait || fail "started inside a trace: 5 spans did not arrive"
expect_equal "the trace it was started in" "$trace" "$(jq -r '..|.traceId? // empty' "$sink_out" | sort -u)"
expect_equal "the span it was started in" "$parent" "$(spans steps .parentSpanId)"
expect_equal "the tracestate in a child" "a=1" "$(spans fetch .traceState)"

# A program that knows nothing of it, if the operator asks for it: woken by its first span.
sink_start --json --until-spans 1 --timeout 60
run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_OTEL_CONTEXT_FROM_ENVIRONMENT=true \
	TRACEPARENT="00-$trace-$parent-01" "$programs/one_span"
expect_equal "by configuration: exit status" 3 "$status"
expect_equal "by configuration: messages" "" "$err"
sink_wait || fail "by configuration: no span arrived"
expect_equal "by configuration: trace and parent" "$trace $parent" \
	"$(jq -r '..|.spans? // empty|.[0]|"\(.traceId) \(.parentSpanId)"' "$sink_out")"

# Without an SDK nothing is read or written, and the child sees what was there.
run env TRACEPARENT="00-$trace-$parent-01" "$bin/steps"
expect_equal "untraced: exit status" 0 "$status"
expect_equal "untraced: output" "fetch done store done" "$(echo $out)"
finish
