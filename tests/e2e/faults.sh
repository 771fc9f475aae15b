#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# faults: what becomes of spans when the backend is away, busy or refuses them. Each is accepted or counted as dropped, by
# reason; it is sent again when it may be, and not before its time.
. "$(dirname "$0")/lib.sh" faults

# Seven spans are one batch, which goes out as soon as they are there.
export OTEL_SERVICE_NAME=shop OTEL_BSP_MAX_EXPORT_BATCH_SIZE=7 OTEL_BSP_SCHEDULE_DELAY=600000
soon=(OTEL_C_EXPORT_RETRY_INITIAL=40 OTEL_C_EXPORT_RETRY_MAX=160)
never=(OTEL_C_EXPORT_RETRY_INITIAL=600000 OTEL_C_EXPORT_RETRY_MAX=600000)

# backend ANSWER…: a new one, which gives them in this order.
backend() {
	port=$(port_pick)
	: >"$tmp/asked"
	python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/failing_backend.py" "$port" "$tmp/asked" "$@" 2>"$logs/backend.log" &
	backend_pid=$!
	servers_pids="$servers_pids $backend_pid"
	wait_for 10 port_open "$port" || fail "the backend did not start: $(cat "$logs/backend.log")"
}

# row HOW VARIABLE…: seven spans to that backend; what is told of them in $out.
row() {
	local how=$1
	shift
	run timeout 60 env OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$port" "$@" "$programs/faults" 7 "$how"
	expect_equal "$name: exit status" 0 "$status"
	[ -z "${backend_pid:-}" ] || kill "$backend_pid"
	backend_pid=
}

# expect_row TOLD ANSWERS: of $name; one batch, the same bytes in each request.
expect_row() {
	expect_equal "$name" "$1 accounted=1" "$out"
	expect_equal "$name: requests" "$2" "$(cut -d' ' -f2 "$tmp/asked" | xargs)"
	expect_equal "$name: different requests" 1 "$(cut -d' ' -f3 "$tmp/asked" | sort -u | wc -l)"
}

# waited N: milliseconds between request N and the next one.
waited() {
	awk -v n="$1" 'NR == n { was = $1 } NR == n + 1 { print $1 - was }' "$tmp/asked"
}

# expect_waited N LEAST: the next request came no sooner.
expect_waited() {
	[ "$(waited "$1")" -ge "$2" ] || fail "$name: request $(($1 + 1)) came after $(waited "$1") ms, not $2"
}

delivered='ok accepted=7 rejected=0 retry=0 shutdown=0 queued=0 ambiguous=0'
refused='ok accepted=0 rejected=7 retry=0 shutdown=0 queued=0 ambiguous=0'

# ---- away ----

name='refused, then back'
port=$(port_pick)
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$port env "${soon[@]}" "$programs/faults" 7 wait >"$tmp/told" 2>"$tmp/said" &
program=$!
wait_for 10 test -s "$tmp/said" || fail "$name: nothing was said of it"
sink_start --json --listen "127.0.0.1:$port" --until-spans 7 --timeout 20
wait "$program" || fail "$name: exit status $?"
sink_wait || fail "$name: 7 spans did not arrive"
expect_equal "$name" "$delivered accounted=1" "$(cat "$tmp/told")"
expect_equal "$name: spans" 7 "$(spans_in "$sink_out")"
expect_equal "$name: lines" 1 "$(wc -l <"$tmp/said")"

name='refused for longer than retry_elapsed'
port=$(port_pick)
row wait "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=200
expect_equal "$name" "ok accepted=0 rejected=0 retry=7 shutdown=0 queued=0 ambiguous=0 accounted=1" "$out"
expect_match "$name: messages" "*otlp: what could not be delivered within 200 ms (\[export\] retry_elapsed) is dropped*" "$err"
expect_equal "$name: lines" 2 "$(wc -l <<<"$err")"

name='refused, with another exporter beside it'
port=$(port_pick)
row stop "${never[@]}" OTEL_TRACES_EXPORTER=otlp,console
expect_match "$name: told" "*failed accepted=0 rejected=0 retry=0 shutdown=7 queued=0 ambiguous=0 accounted=1" "$out"
expect_equal "$name: spans on the console" 7 "$(grep -c work <<<"$out")"

name='connection reset once the request was sent'
backend reset
row wait "${soon[@]}"
expect_row 'ok accepted=7 rejected=0 retry=0 shutdown=0 queued=0 ambiguous=7' 'reset 200'

# ---- busy ----

for code in 429 502 503 504; do
	name="$code, $code"
	backend "$code" "$code"
	row wait "${soon[@]}"
	expect_row "$delivered" "$code $code 200"
	expect_waited 1 20
	expect_waited 2 40
	expect_match "$name: messages" "otel-c: otlp: * answered $code; will try again" "$err"
done

name='503 with Retry-After, which is longer than the backoff'
backend 503:1
row wait "${soon[@]}"
expect_row "$delivered" '503:1 200'
expect_waited 1 990

name='503 with Retry-After, which is shorter than the backoff'
backend 503:1
row wait "${never[@]}"
expect_row "$delivered" '503:1 200'
expect_waited 1 990

name='429 with a date'
backend 429:+1
row wait "${never[@]}"
expect_row "$delivered" '429:+1 200'
expect_waited 1 990

name='503 without an end'
backend $(yes 503 | head -n 200)
row wait "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=300
expect_equal "$name" "ok accepted=0 rejected=0 retry=7 shutdown=0 queued=0 ambiguous=0 accounted=1" "$out"
[ "$(wc -l <"$tmp/asked")" -ge 3 ] || fail "$name: tried only $(wc -l <"$tmp/asked") times"

name='a flush during the wait'
backend 503
row flush "${never[@]}"
expect_row "$delivered" '503 200'

name='a flush during the wait, and again no'
backend 503 503
row flush "${never[@]}"
expect_match "$name" 'failed accepted=0 rejected=0 retry=0 shutdown=0 queued=7 ambiguous=0 accounted=1' "$out"

name='a stop during the wait'
backend 503
row stop "${never[@]}"
expect_row "$delivered" '503 200'

name='a stop during the wait, and again no'
backend 503 503
row stop "${never[@]}"
expect_row 'failed accepted=0 rejected=0 retry=0 shutdown=7 queued=0 ambiguous=0' '503 503'

# ---- refuses ----

for code in 301 400 401 403 404 408 413 415 500 501 505; do
	name="$code"
	backend "$code"
	row wait "${soon[@]}"
	expect_row "$refused" "$code"
	expect_match "$name: messages" "otel-c: otlp: * answered $code; *spans were dropped" "$err"
done

name='400 with Retry-After'
backend 400:1
row wait "${soon[@]}"
expect_row "$refused" '400:1'

name='taken in part'
backend part:3
row wait "${soon[@]}"
expect_row 'ok accepted=4 rejected=3 retry=0 shutdown=0 queued=0 ambiguous=0' 'part:3'
expect_match "$name: messages" "otel-c: otlp: * took a batch only in part: bad ids" "$err"
finish
