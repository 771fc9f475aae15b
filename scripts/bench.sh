#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bench.sh BUILD_DIR - the benchmarks of ./dev bench. Compare rows of one run only: machines and hours differ.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
servers_begin "${1:?usage: bench.sh BUILD_DIR}" "$1/bench-logs"
bench=$servers_build/bench
bin=$servers_build/bin
tmp=$servers_tmp

discard_start() {
	"$bench/bench_discard" >"$tmp/discard" &
	discard_pid=$!
	servers_pids="$servers_pids $discard_pid"
	wait_for 5 test -s "$tmp/discard"
	export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$(head -n 1 "$tmp/discard")
}

discard_stop() {
	kill -TERM "$discard_pid"
	wait "$discard_pid" || true
	sed -n 2p "$tmp/discard"
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

echo "hot path (medians; queue 65536 spans, exported to a server that discards):"
export OTEL_BSP_MAX_QUEUE_SIZE=65536 OTEL_BSP_SCHEDULE_DELAY=100
discard_start
"$bench/bench_hot_path" none
OTEL_TRACES_SAMPLER=always_off "$bench/bench_hot_path" unsampled 2>/dev/null
"$bench/bench_hot_path" recorded
for threads in 1 2 4; do
	"$bench/bench_hot_path" recorded "$threads" 2>/dev/null
done
echo "discard server: $(discard_stop)"

echo "start-up and exit (s, best of 5):"
unset OTEL_BSP_MAX_QUEUE_SIZE OTEL_BSP_SCHEDULE_DELAY OTEL_EXPORTER_OTLP_ENDPOINT
nginx_start
printf '%-52s %s\n' "curl" "$(seconds curl -s "$nginx_url/")"
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1
export OTEL_EXPORTER_OTLP_ENDPOINT
printf '%-52s %s\n' "splunk-c-trace curl, nothing listens (curl + 0.1)" "$(seconds "$bin/splunk-c-trace" curl -s "$nginx_url/")"
python3 -c 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(64); print(s.getsockname()[1], flush=True); time.sleep(60)' >"$tmp/silent" &
servers_pids="$servers_pids $!"
wait_for 5 test -s "$tmp/silent"
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$(cat "$tmp/silent")
printf '%-52s %s\n' "splunk-c-trace curl, backend silent (curl + 2.2)" "$(seconds "$bin/splunk-c-trace" curl -s "$nginx_url/")"
