#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# share_context: a stranger reads the resource and each thread's current span out of a running program (OTEPs 4719, 4947).
. "$(dirname "$0")/lib.sh" share_context

# walk PROGRAM MODEL THREADS: every step of the program is what the profiler sees. MODEL: how it finds the symbol; THREADS:
# seen | unseen.
walk() {
	local program=$1 model=$2 threads=$3 target_pid pid tid ids step steps=0 got
	coproc target { exec env LD_LIBRARY_PATH="$servers_build/lib" OTEL_DISTRO=splunk OTEL_SERVICE_NAME=shared-service OTEL_TRACES_EXPORTER=none \
		OTEL_C_SDK_SHARE_CONTEXT="$4" "$programs/$program" 2>"$tmp/err"; }
	target_pid=$target_PID
	exec {from}<&"${target[0]}" {to}>&"${target[1]}"
	while read -r pid tid ids step <&"$from"; do
		steps=$((steps + 1))
		[ "$threads" = seen ] || ids=none
		"$programs/profiler" "$pid" "$tid" >"$tmp/seen" 2>"$tmp/why" && got=0 || got=$?
		if [ "$got" = 77 ]; then
			echo "SKIPPED: $(cat "$tmp/why")"
			kill "$target_pid"
			exit 77
		fi
		expect_equal "$program: $step: status of the profiler" 0 "$got"
		if [ "$threads" = nowhere ]; then
			expect_equal "$program: $step" "process none" "$(head -n 1 "$tmp/seen")"
		else
			expect_equal "$program: $step: process" "process OTEL_CTX 2" "$(head -n 1 "$tmp/seen")"
			grep -q shared-service "$tmp/seen" || fail "$program: $step: no service.name"
		fi
		[ "$threads" = nowhere ] ||
			expect_equal "$program: $step: thread" "thread $model $ids" "$(tail -n 1 "$tmp/seen")"
		case $threads in
		seen) grep -q threadlocal.schema_version "$tmp/seen" || fail "$program: $step: no schema" ;;
		*) ! grep -q threadlocal "$tmp/seen" || fail "$program: $step: a schema, but no threads" ;;
		esac
		echo >&"$to"
	done
	exec {from}<&- {to}>&-
	wait "$target_pid" && got=0 || got=$?
	expect_equal "$program: exit status" 0 "$got"
	expect_equal "$program: messages" "" "$(cat "$tmp/err")"
	expect_equal "$program: steps" 22 "$steps"
}

# Stopped after every instruction of many turns, the thread shows one of its spans, whole, or none.
stop_anywhere() {
	local pid a b
	coproc target { exec env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_C_SDK_SHARE_CONTEXT=threads \
		"$programs/sharing" turn; }
	pid=$target_PID
	read -r _ a b <&"${target[0]}"
	"$programs/profiler" --steps 20000 "$pid" "$pid" >"$tmp/seen" || fail "stop anywhere: the profiler: status $?"
	kill "$pid"
	wait "$pid" 2>/dev/null || true
	expect_equal "stop anywhere" "$(printf 'thread %s none\nthread %s %s\nthread %s %s\n' "$1" "$1" "$a" "$1" "$b" | sort)" \
		"$(grep '^thread ' "$tmp/seen" | sort -u)"
}

model=tlsdesc
readelf -rW "$servers_build/lib/libotel_api.so.1" | grep 'TLSDESC.*otel_thread_ctx_v1' >/dev/null || model=dynamic
walk sharing "$model" seen threads
walk sharing "$model" unseen process
walk sharing "$model" nowhere none
walk sharing_static_api "$model" seen threads
stop_anywhere "$model"
finish
