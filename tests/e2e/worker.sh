#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# worker: who does the work of exporting: a thread from the start, one from the first span, or none at all; and the simple
# processor, which exports each span at once.
. "$(dirname "$0")/lib.sh" worker

# poller HOW SPANS VARIABLE…: runs it and expects so many spans.
poller() {
	local how=$1 spans=$2
	shift 2
	sink_start --json --until-spans "$spans" --timeout 60
	run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$@" "$programs/poller" "$how"
	expect_equal "$how $*: exit status" 0 "$status"
	expect_equal "$how $*: messages" "" "$err"
	sink_wait || fail "$how $*: $spans spans did not arrive"
	expect_equal "$how $*: spans" "$spans" "$(jq -r '..|.spanId? // empty' "$sink_out" | sort -u | wc -l)"
}

for how in poll:20 flush:20 exit:20 restart:40; do
	poller "${how%:*}" "${how#*:}" OTEL_C_SDK_WORKER=none OTEL_BSP_SCHEDULE_DELAY=50
	expect_equal "${how%:*} without a worker: threads" 1 "$out"
done
poller fork 60 OTEL_C_SDK_WORKER=none

poller exit 20 OTEL_C_SDK_WORKER=start
expect_equal "from the start: threads" 2 "$out"

sink_start --json --until-spans 20 --timeout 60
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_TRACES_PROCESSOR=simple OTEL_BSP_SCHEDULE_DELAY=60000 \
	"$programs/poller" flush
expect_equal "simple: exit status" 0 "$status"
sink_wait || fail "simple: 20 spans did not arrive"
expect_equal "simple: requests" 20 "$(wc -l <"$sink_out")"

run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_C_SDK_WORKER=never "$programs/poller" exit
case $err in
*OTEL_C_SDK_WORKER*start*lazy*none*) ;;
*) fail "a wrong worker: one line that names what is allowed was expected, not: $err" ;;
esac
finish
