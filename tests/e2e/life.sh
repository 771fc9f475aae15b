#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# life: hosts that clone, are interrupted, end threads and themselves in all ways: none hangs or crashes, no span arrives
# twice, none that should arrive is missing.
. "$(dirname "$0")/lib.sh" life

for how in clone vfork signals tls threads exit open elsewhere stop; do
	sink_start --json
	run timeout 60 env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_C_EXIT_TIMEOUT=50000 \
		"$programs/life" "$how"
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

# exit() in a signal handler, at 40 moments, with a thread of ours and without.
sink_start --json
for worker in lazy none; do
	seq 500 700 28000 | OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_SDK_WORKER=$worker OTEL_C_EXIT_TIMEOUT=300 xargs -P 4 -I{} \
		sh -c 'timeout 60 "$1" {} 2>>"$2"; echo $?' sh "$programs/exit_handler" "$tmp/messages" >"$tmp/statuses"
	expect_equal "handler, worker $worker: exit statuses" "40 0" "$(sort "$tmp/statuses" | uniq -c | awk '{ print $1, $2 }')"
done
finish
