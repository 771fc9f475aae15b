#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# life: hosts that clone, are interrupted, end threads and themselves in all ways: none hangs or crashes, no span arrives
# twice, none that should arrive is missing.
. "$(dirname "$0")/lib.sh" life

for how in clone vfork signals tls threads exit open elsewhere stop; do
	sink_start --json
	run timeout 60 env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_BSP_MAX_QUEUE_SIZE=65536 "$programs/life" "$how"
	sink_stop
	expect_equal "$how: exit status" 0 "$status"
	expect_equal "$how: messages" "" "$err"
	read -r least most <<<"$out"
	jq -r '..|.spanId? // empty' "$sink_out" | sort >"$tmp/ids"
	spans=$(wc -l <"$tmp/ids")
	expect_equal "$how: spans that arrived twice, or whose ids were given twice" 0 "$(uniq -d "$tmp/ids" | wc -l)"
	[ "$spans" -ge "${least:-1}" ] && [ "$spans" -le "${most:-0}" ] || fail "$how: $spans spans arrived, not $least to $most"
done

run timeout 60 env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$programs/life" quick_exit
expect_equal "quick_exit: exit status" 0 "$status"
finish
