#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# instructions.sh BUILD_DIR [--check | --update] - how many instructions each row of bench/rows.c executes per operation
# on the calling thread, by callgrind. Unlike times these hardly differ between runs of one machine's libraries. Printed
# beside what bench/instructions.txt recorded; --check: status 1 when a row has grown by more than its tolerance;
# --update: records what was counted, keeping the tolerances. 77 when there is no valgrind.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
build=$(readlink -f "${1:?usage: instructions.sh BUILD_DIR [--check | --update]}")
mode=${2:-}
recorded=$source/bench/instructions.txt
program=$build/bench/bench_instructions
command -v valgrind >/dev/null || { echo "SKIPPED: no valgrind"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# count ROW STATE: instructions inside counted(), which runs so many operations.
count() {
	local out sampler=always_on operations=1000
	[ "$2" = unsampled ] && sampler=always_off
	# A backend that is not there: spans only queue up, and nothing waits for it at the end.
	# The system's clock, since the counter would join in at some moment of the run.
	env -i OTEL_C_SDK_CLOCK=realtime OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 OTEL_TRACES_SAMPLER="$sampler" OTEL_LOG_LEVEL=none \
		OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_SCHEDULE_DELAY=60000 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=65536 \
		valgrind --tool=callgrind --collect-atstart=no --toggle-collect=counted --callgrind-out-file=/dev/null \
		"$program" "$1" "$operations" >"$tmp/out" 2>&1 || { cat "$tmp/out" >&2; return 1; }
	out=$(sed -n 's/^==[0-9]*== Collected : *//p' "$tmp/out")
	echo $((out / operations))
}

list=$("$program")
failed=0
: >"$tmp/new"
while IFS=$'\t' read -r row state; do
	now=$(count "$row" "$state")
	before=$(awk -F '\t' -v row="$row" '$1 == row { print $2 }' "$recorded")
	tolerance=$(awk -F '\t' -v row="$row" '$1 == row { print $3 }' "$recorded")
	printf '%s\t%s\t%s\n' "$row" "$now" "${tolerance:-3}" >>"$tmp/new"
	note=''
	if [ -z "$before" ]; then
		note='   not recorded'
		failed=1
	elif [ $((now * 100)) -gt $((before * (100 + tolerance))) ]; then
		note="   GREW by more than $tolerance %"
		failed=1
	fi
	printf '  %-32s %8d Ir   recorded %6s%s\n' "$row" "$now" "${before:--}" "$note"
done <<<"$list"

case $mode in
--update)
	{ grep '^#' "$recorded"; cat "$tmp/new"; } >"$tmp/file"
	cp "$tmp/file" "$recorded"
	;;
--check)
	[ "$failed" = 0 ] || { echo "If the growth is meant: ./dev bench --update-instructions, and say why in the commit."; exit 1; }
	;;
esac
