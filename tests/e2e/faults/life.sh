#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# life, and over gRPC life_grpc: what programs do while a backend is away. They fork, become others, are killed,
# stopped, and their clock is set.
. "$(dirname "$0")/lib.sh" life

# ---- fork, exec ----
export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer takes a child's threads for its own
if ldd "$programs/faults" | grep libtsan >/dev/null; then
	echo 'not run: ThreadSanitizer allows no threads in the child of a program that has some'
else
	begin 'a fork during the wait'
	backend $no $yes $yes
	how=fork program "${soon[@]}"
	expect_equal "$name: the child" "child created=7 accepted=7" "$(grep child <<<"$out")"
	expect_equal "$name: the parent" "ok created=7 accepted=7" "$(grep -v child <<<"$out")"
	out='ok created=14 accepted=14'
	agree 'accepted=14' "$no $yes $yes"

	begin 'a fork while an answer is awaited'
	backend reset late:700 $yes
	how=fork program "${soon[@]}"
	expect_equal "$name: the child" "child created=7 accepted=7" "$(grep child <<<"$out")"
	expect_equal "$name: the parent" "ok created=7 accepted=7 ambiguous=7" "$(grep -v child <<<"$out")"
	out='ok created=14 accepted=14 ambiguous=7'
	agree 'accepted=14 ambiguous=7' "reset late:700 $yes"
fi

# What was queued goes with the image, as all of the program's memory.
begin 'an exec during the wait'
backend $no $yes
how=exec program "${never[@]}"
expect_equal "$name" 'ok created=7 accepted=7' "$out"
ask tell "$port"
expect_equal "$name: what came" "asked=$no,$yes seen=14 acked=7 copies=0 bodies=2 wrong=" "$told"

unset ASAN_OPTIONS

# ---- killed ----
unhandled=({A,UB,T}SAN_OPTIONS=handle_segv=0:handle_abort=0)
for signal in KILL:137 TERM:143 SEGV:139 ABRT:134; do
	begin "SIG${signal%:*} during the wait"
	backend $no
	how=sleep program_begin "${never[@]}" "${unhandled[@]}"
	wait_for 60 grep -q ready "$tmp/out" || fail "$name: it is not ready: $(cat "$tmp/out" "$tmp/err")"
	kill "-${signal%:*}" "$program" 2>/dev/null
	program_end "${signal#*:}" 2>/dev/null
	ask tell "$port"
	expect_equal "$name: what came" "asked=$no seen=7 acked=0 copies=0 bodies=1 wrong=" "$told"
done

begin 'SIGKILL while an answer is awaited'
backend $no silent
how=sleep program_begin "${soon[@]}"
wait_for 60 backend_was_asked $no,silent || fail "$name: $told"
kill -KILL "$program"
program_end 137 2>/dev/null
ask tell "$port"
expect_equal "$name: what came" "asked=$no,silent seen=7 acked=0 copies=0 bodies=1 wrong=" "$told"

# ---- stopped, and going on ----
begin 'the program sleeps for longer than a request may take'
backend late:2000 $yes
program_begin "${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=3000
wait_for 60 backend_was_asked late:2000 || fail "$name: $told"
if is_running "$program"; then # where nothing stalls, it is
	kill -STOP "$program"
	sleep 3.5
	kill -CONT "$program"
fi
program_end
agree 'accepted=7 ambiguous=?'

begin 'the backend sleeps for longer than a request may take'
backend $no
program_begin "${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=300
failed_once
kill -STOP "$BACKEND_PID"
sleep 1.5
kill -CONT "$BACKEND_PID"
program_end
agree 'accepted=7 ambiguous=?'

# ---- the clock is set ----
for jump in 86400 -86400; do
	export FAULTS_JUMP_S=$jump
	binary=faults_jump how=jump row "the clock goes by $jump s, the wait is in seconds" "$no:1 $yes" 'accepted=7' \
		"${never[@]}"
	waited 1 990
	binary=faults_jump how=jump row "the clock goes by $jump s, backoff" "$no $no $yes" 'accepted=7' "${soon[@]}"
done
binary=faults_jump how=jump FAULTS_JUMP_S=86400 row 'the clock goes by a day, retry_elapsed' "$no $no $yes" \
	'accepted=7' "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=30000
if unshare -T --monotonic 1000000000 true 2>/dev/null; then
	begin 'a machine that has been up for thirty years'
	backend $no $yes
	run timeout 60 unshare -T --monotonic 1000000000 env "${soon[@]}" "$programs/faults" 7 wait 8<&- 9>&-
	agree 'accepted=7' "$no $yes"
else
	echo 'not run: no time namespaces here'
fi
rows_end
