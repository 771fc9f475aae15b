#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bench.sh BUILD_DIR [--check | --soak [SECONDS]] - the benchmarks of ./dev bench. Compare rows of one run only: machines
# and hours differ.
# With --check each missed budget is measured once more before it counts as missed; the last line says how many were met,
# the status is 1 when some were not. --soak: spans for so long (600 s) to a backend that fails and comes back, and then
# each of them is accounted for.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
. "$source/scripts/servers.sh"
check='' soak=''
case ${2:-} in
--check) check=yes ;;
--soak) soak=${3:-600} ;;
'') ;;
*) echo "bench.sh: unknown option $2" >&2; exit 2 ;;
esac
servers_begin "${1:?usage: bench.sh BUILD_DIR [--check | --soak [SECONDS]]}" "$1/bench-logs"
bench=$servers_build/bench
bin=$servers_build/bin
tmp=$servers_tmp
protocol=${OTEL_EXPORTER_OTLP_PROTOCOL:-http/protobuf}
for variable in $(compgen -e | grep -E '^(OTEL_|SPLUNK_|AWS_|https?_proxy|HTTPS?_PROXY|all_proxy|ALL_PROXY|LD_PRELOAD)'); do
	unset "$variable"
done
results=$tmp/results # rows with a budget, as bench/measure.h writes them
: >"$results"

discard_start() {
	"$bench/bench_discard" >"$tmp/discard" &
	wait_for 5 test -s "$tmp/discard"
	BENCH_BACKEND_PORT=$(head -n 1 "$tmp/discard")
	export BENCH_BACKEND_PORT OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$BENCH_BACKEND_PORT
}

# missed FILE: the rows that are over their budget, readable.
missed() {
	awk -F '\t' '($3 == "le" && $2 > $4) || ($3 == "ge" && $2 < $4) {
		printf "%s: %s %s, budget %s\n", $1, $2, $5, $4 }' "$1"
}

# busy_percent: of all processors, over half a second.
busy_percent() {
	local user nice system idle iowait irq soft steal before_busy before_idle
	read -r _ user nice system idle iowait irq soft steal _ </proc/stat
	before_busy=$((user + nice + system + irq + soft + steal)) before_idle=$((idle + iowait))
	sleep 0.5
	read -r _ user nice system idle iowait irq soft steal _ </proc/stat
	echo $((100 * (user + nice + system + irq + soft + steal - before_busy) /
		(user + nice + system + irq + soft + steal - before_busy + idle + iowait - before_idle + 1)))
}

# With --check: others who keep the processors busy are waited for, within reason.
wait_until_quiet() {
	local tries=0
	[ "$check" ] || return 0
	while [ "$(busy_percent)" -gt 12 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 60 ] || { echo "  (others keep this machine busy)"; return 0; }
	done
}

# measure COMMAND…: runs a benchmark; with --check twice if a row is missed, and then the better run of each row counts.
measure() {
	: >"$tmp/row"
	wait_until_quiet
	BENCH_RESULTS=$tmp/row "$@"
	if [ "$check" ] && [ -n "$(missed "$tmp/row")" ]; then
		echo "  once more:"
		wait_until_quiet
		BENCH_RESULTS=$tmp/row "$@"
	fi
	awk -F '\t' '{ better = !($1 in value) || ($3 == "le" ? $2 < value[$1] : $2 > value[$1]) }
		better { value[$1] = $2; line[$1] = $0 } END { for (id in line) print line[id] }' "$tmp/row" >>"$results"
}

# seconds COMMAND…: wall time, best of 5.
seconds() {
	local best='' begin end i
	for i in 1 2 3 4 5; do
		begin=$(date +%s%N)
		"$@" >/dev/null 2>&1 || true
		end=$(date +%s%N)
		[ -n "$best" ] && [ $((end - begin)) -ge "$best" ] || best=$((end - begin))
	done
	awk -v ns="$best" 'BEGIN { printf "%.3f", ns / 1e9 }'
}

bench_hot_path() {
	# the pipeline sends what a round has made after it
	local rests=(OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=32768 OTEL_BSP_SCHEDULE_DELAY=5)
	echo "hot path (medians; ns of the calling thread):"
	measure "$bench/bench_hot_path" none
	measure env OTEL_TRACES_SAMPLER=always_off "$bench/bench_hot_path" unsampled
	measure env "${rests[@]}" "$bench/bench_hot_path" recorded
	echo "the same beside a pipeline that is at work, on the same core where hyperthreads are; with clock = realtime; with" \
		"every thread's current span shared (no budget of their own):"
	env OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_SCHEDULE_DELAY=5 "$bench/bench_hot_path" recorded
	env "${rests[@]}" OTEL_C_SDK_CLOCK=realtime "$bench/bench_hot_path" recorded
	env "${rests[@]}" OTEL_C_SDK_SHARE_CONTEXT=threads "$bench/bench_hot_path" recorded
	echo "producers at once (medians; CPU ns of a span with 10 attributes and an event):"
	measure env OTEL_BSP_MAX_QUEUE_SIZE=65536 "$bench/bench_producers"
}

bench_pipeline() {
	echo "delivery (medians; 10 attributes and an event):"
	measure env OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096 "$bench/bench_delivery"
	env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096 \
		"$bench/bench_delivery"
	echo "compression (medians; a server's spans, no budget):"
	"$bench/bench_gzip"
	echo "memory:"
	measure env OTEL_BSP_MAX_QUEUE_SIZE=65536 "$bench/bench_memory" empty
	measure env OTEL_BSP_MAX_QUEUE_SIZE=65536 "$bench/bench_memory" "10 attributes, event"
}

bench_instructions() {
	echo "instructions (callgrind; of the calling thread, per operation):"
	"$source/scripts/instructions.sh" "$servers_build"
}

# Not medians but the best of 5, and no budget: they end in the hundreds of milliseconds of a network that is silent.
bench_exit() {
	echo "start-up and exit of a traced program (s, best of 5):"
	unset OTEL_EXPORTER_OTLP_ENDPOINT
	nginx_start
	printf '  %-52s %s\n' "curl" "$(seconds curl -s "$nginx_url/")"
	export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1
	printf '  %-52s %s\n' "splunk-c-trace curl, nothing listens (curl + 0.1)" \
		"$(seconds "$bin/splunk-c-trace" curl -s "$nginx_url/")"
	python3 -c 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(64); print(s.getsockname()[1], flush=True); time.sleep(60)' >"$tmp/silent" &
	wait_for 5 test -s "$tmp/silent"
	OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$(cat "$tmp/silent")
	printf '  %-52s %s\n' "splunk-c-trace curl, backend silent (curl + 2.2)" \
		"$(seconds "$bin/splunk-c-trace" curl -s "$nginx_url/")"
}

# The queue holds what comes in a second; what waits for longer goes to the spool. OTEL_EXPORTER_OTLP_PROTOCOL chooses
# another protocol than http/protobuf.
bench_soak() {
	local per_second=50000
	"$bench/bench_flap" "$((soak * per_second * 11 / 10 + 100000))" "$soak" >"$tmp/flap" 2>"$servers_logs/flap.log" &
	wait_for 5 test -s "$tmp/flap"
	BENCH_BACKEND_PORT=$(head -n 1 "$tmp/flap")
	export BENCH_BACKEND_PORT
	echo "soak ($per_second spans a second for $soak s over $protocol; what the backend did: $servers_logs/flap.log):"
	env OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$BENCH_BACKEND_PORT" OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" \
		OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096 OTEL_BSP_SCHEDULE_DELAY=200 \
		OTEL_C_EXPORT_RETRY_INITIAL=50 OTEL_C_EXPORT_RETRY_MAX=500 \
		OTEL_C_SPOOL_DIRECTORY="$tmp/spool" "$bench/bench_soak" "$soak" "$per_second"
}

verdict() {
	local all met
	all=$(wc -l <"$results")
	met=$((all - $(missed "$results" | wc -l)))
	missed "$results" | sed 's/^/missed: /'
	echo "budget: $met of $all met"
	[ "$met" = "$all" ]
}

if [ "$soak" ]; then
	bench_soak
	exit
fi
discard_start
bench_hot_path
bench_pipeline
echo "start-up (medians; from spawn to exit):"
measure "$bench/bench_startup"
bench_instructions
[ "$check" ] || bench_exit
verdict
