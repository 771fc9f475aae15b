#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# load, and over gRPC load_grpc: spans flow all the time while the backend is restarted, flaps, sleeps or is busy. None
# is lost while the queue has room; what it has no room for is counted.
. "$(dirname "$0")/lib.sh" load
how=flow
spans=2000
flow=("${soon[@]}" OTEL_BSP_MAX_EXPORT_BATCH_SIZE=50 OTEL_BSP_SCHEDULE_DELAY=20 OTEL_BSP_MAX_QUEUE_SIZE=4000)

# flapping SECONDS: closed and open again, for so long.
flapping() {
	local end=$((SECONDS + $1))
	while [ "$SECONDS" -lt "$end" ] && is_running "$program"; do
		ask close "$port"
		sleep 0.1
		ask hear "$port"
		sleep 0.2
	done
}

# flow_end: its last line is in $out.
flow_end() {
	program_end
	out=$(tail -n 1 <<<"$out")
}

begin "restarted again and again"
backend
program_begin "${flow[@]}"
flapping 3
flow_end
agree "accepted=$spans ambiguous=?"

begin 'away, with a queue that is too small'
backend
ask close "$port"
program_begin "${flow[@]}" OTEL_BSP_MAX_QUEUE_SIZE=200
wait_for 60 grep -q made "$tmp/out" || fail "$name: it does not end"
ask hear "$port"
flow_end
agree 'accepted=? full=? ambiguous=?'
[ "$(counted full)" -gt 0 ] || fail "$name: $out"

begin 'stopped for a while'
backend
program_begin "${flow[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=400
sleep 0.5
kill -STOP "$BACKEND_PID"
sleep 1
kill -CONT "$BACKEND_PID"
flow_end
agree "accepted=$spans ambiguous=?"

case $protocol in
http) mixed='reset 503 close 200 429 cut 200 502 reset 200 close' ;;
grpc) mixed='reset 14 close 0 4 goaway 0 rst:7 goaway-took rst:8 0 no-trailers http:503 close' ;;
esac
begin "a backend that answers $mixed"
# shellcheck disable=SC2086
backend $mixed
program_begin "${flow[@]}"
flow_end
agree "accepted=$spans ambiguous=?"

begin 'busy for as long as spans flow'
backend "$no*"
program_begin "${flow[@]}"
wait_for 60 grep -q made "$tmp/out" || fail "$name: it does not end"
ask plan "$port"
flow_end
agree "accepted=$spans"

begin 'away, and a flood of spans'
backend
ask close "$port"
how=wait spans=300000 program "${flow[@]}" OTEL_BSP_MAX_QUEUE_SIZE=500 OTEL_C_EXPORT_RETRY_ELAPSED=100
agree 'retry=? full=?'
rows_end
