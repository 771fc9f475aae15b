#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# clock: where spans get their times, and what is said when it cannot be had.
. "$(dirname "$0")/lib.sh" clock

export OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console

# A span of the last minute, and none that lasts longer.
sink_start --json --until-spans 3000 --timeout 60
before=$(date +%s)
run env OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_SDK_CLOCK=tsc \
	OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_SCHEDULE_DELAY=20 "$programs/many_spans" threads 3000
expect_equal "tsc: exit status" 0 "$status"
[ -z "$err" ] || expect_match "tsc: messages" "otel-c: OTEL_C_SDK_CLOCK: \"tsc\" has no effect*" "$err"
sink_wait || fail "not all spans arrived"
after=$(date +%s)
jq -r '..|.spans? // empty|.[]|[.startTimeUnixNano, .endTimeUnixNano]|map(tonumber / 1e9)|@tsv' "$sink_out" >"$tmp/times"
[ -s "$tmp/times" ] || fail "no times"
awk -v before="$before" -v after="$after" '$1 < before - 1 || $2 > after + 1 || $2 < $1' "$tmp/times" >"$tmp/wrong"
[ ! -s "$tmp/wrong" ] || fail "times out of the test's: $(head -n 1 "$tmp/wrong")"

for clock in auto realtime tsc; do
	run env OTEL_C_SDK_CLOCK=$clock "$programs/no_counter"
	[ "$status" != 77 ] || skip "no PR_SET_TSC"
	expect_equal "forbidden counter, $clock: exit status" 0 "$status"
	expect_match "forbidden counter, $clock" "*no counter*event*" "$out"
	case $clock in
	tsc) expect_match "forbidden counter: message" "otel-c: OTEL_C_SDK_CLOCK: \"tsc\" has no effect*PR_TSC_SIGSEGV*" "$err" ;;
	*) expect_equal "forbidden counter: no message" "" "$err" ;;
	esac
	run env OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_C_SDK_CLOCK=$clock \
		OTEL_LOG_LEVEL=none "$programs/no_counter"
	expect_equal "forbidden counter, $clock, by HTTP: exit status" 0 "$status"
done

run env OTEL_C_SDK_CLOCK=hpet "$programs/one_span"
expect_equal "unknown clock" 'otel-c: OTEL_C_SDK_CLOCK: "hpet" is not allowed; allowed: auto, realtime, tsc' "$err"
finish
