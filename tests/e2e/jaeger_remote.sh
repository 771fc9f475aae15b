#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# jaeger_remote: a backend's strategies are followed while the program runs, and what is none changes nothing.
. "$(dirname "$0")/lib.sh" jaeger_remote

strategies=$tmp/strategies
mkdir "$strategies"
port_reserve # nobody else shall answer there once the backend is gone
server_start backend python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/sampling_backend.py" "$reserved_port" "$tmp/asked" "$strategies"

# begin SAMPLER RATE LINES: a program that asks every two seconds, in the background.
begin() {
	: >"$tmp/asked"
	: >"$tmp/out"
	: >"$tmp/err" # now, not when the program begins: what the one before said is nobody's
	env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_SERVICE_NAME=shop OTEL_TRACES_SAMPLER="$1" \
		OTEL_TRACES_SAMPLER_ARG="endpoint=http://127.0.0.1:$server_port,pollingIntervalMs=2000,initialSamplingRate=$2" \
		"$programs/decisions" "$3" >"$tmp/out" 2>"$tmp/err" &
	program=$!
}

# decides N WORD: so its Nth decision is.
decides() {
	wait_for 60 has_decided "$1" || fail "$sampler: no decision $1"
	expect_equal "$sampler: decision $1" "$2" "$(sed -n "$1p" "$tmp/out")"
}

has_decided() {
	[ "$(wc -l <"$tmp/out")" -ge "$1" ]
}

was_asked() {
	[ "$(wc -l <"$tmp/asked")" -ge "$1" ]
}

for sampler in jaeger_remote parentbased_jaeger_remote; do
	rm -f "$strategies"/*
	begin "$sampler" 0 3
	decides 1 dropped
	: >"$strategies/all"
	decides 2 kept
	: >"$strategies/nothing"
	decides 3 dropped
	wait "$program" || fail "$sampler: status $?"
	expect_equal "$sampler: strange requests" "" "$(grep BAD "$tmp/asked" || true)"
done

# What is no strategy changes nothing, and is one line, however often it comes.
: >"$strategies/page"
begin jaeger_remote 0 2
wait_for 60 was_asked 3 || fail "no strategy: the backend was not asked again"
end "$program" || true
expect_equal "no strategy: decisions" "dropped" "$(cat "$tmp/out")"
expect_match "no strategy: message" "otel-c: jaeger_remote: the sampling strategy stays as it was: *it is no JSON*" "$(cat "$tmp/err")"
expect_equal "no strategy: lines" 1 "$(wc -l <"$tmp/err")"

end "$server_pid" || true
begin jaeger_remote 1 2
wait_for 60 test -s "$tmp/err" || fail "nobody there: nothing is said"
sleep 4 # two more tries
end "$program" || true
expect_match "nobody there: message" "otel-c: jaeger_remote: the sampling strategy stays as it was: *" "$(cat "$tmp/err")"
expect_equal "nobody there: lines" 1 "$(wc -l <"$tmp/err")"
finish
