#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# spool_kill.sh BUILD - what kill -9 costs with [spool] mode = always: a program ends a span each millisecond and is killed;
# what is missing in its spool is shown as time, beside the interval at which spans are handed over.
set -euo pipefail
build=$(readlink -f "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for delay in 50 200 1000; do
	for round in 1 2 3; do
		spool=$tmp/$delay-$round
		OTEL_C_SPOOL_DIRECTORY=$spool OTEL_C_SPOOL_MODE=always OTEL_BSP_SCHEDULE_DELAY=$delay \
			OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_BSP_MAX_QUEUE_SIZE=65536 \
			"$build/tests/programs/spooler" pace 2500 kill >"$tmp/said" 2>/dev/null || true
		read -r made _ _ ms _ <"$tmp/said"
		kept=$("$build/bin/otel-c" spool status "$spool" | awk 'NR == 1 { print $1 }')
		awk -v made="$made" -v kept="$kept" -v ms="$ms" -v delay="$delay" 'BEGIN {
			printf "schedule_delay %4d ms: %d spans ended, %d in the spool, the last %d ms are lost\n",
				delay, made, kept, (made - kept) * ms / made }'
	done
done
