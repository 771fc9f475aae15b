#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# jaeger_remote: a backend's strategies are followed while the program runs, and what is none changes nothing.
. "$(dirname "$0")/lib.sh" jaeger_remote

# A new one: its answers begin anew.
backend_start() {
	port=$(port_pick)
	python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/sampling_backend.py" "$port" "$tmp/asked" >"$logs/backend.log" 2>&1 &
	backend=$!
	servers_pids="$servers_pids $backend"
	wait_for 10 port_open "$port" || fail "the backend did not start: $(cat "$logs/backend.log")"
}

for sampler in jaeger_remote parentbased_jaeger_remote; do
	backend_start
	: >"$tmp/asked"
	run env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_SERVICE_NAME=shop OTEL_TRACES_SAMPLER="$sampler" \
		OTEL_TRACES_SAMPLER_ARG="endpoint=http://127.0.0.1:$port,pollingIntervalMs=150,initialSamplingRate=0" \
		"$programs/decisions" 3
	expect_equal "$sampler: status" 0 "$status"
	expect_equal "$sampler: decisions" "dropped kept dropped" "$(echo $out)"
	expect_equal "$sampler: strange requests" "" "$(grep BAD "$tmp/asked" || true)"
done

# The third answer keeps its force: what follows it is no strategy, and is one line.
: >"$tmp/asked"
run env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_SERVICE_NAME=shop OTEL_TRACES_SAMPLER=jaeger_remote \
	OTEL_TRACES_SAMPLER_ARG="endpoint=http://127.0.0.1:$port,pollingIntervalMs=100,initialSamplingRate=0" \
	timeout 2 "$programs/decisions" 2
expect_equal "no strategy: decisions" "dropped" "$(echo $out)"
expect_match "no strategy: message" "otel-c: jaeger_remote: the sampling strategy stays as it was: *it is no JSON*" "$err"
expect_equal "no strategy: lines" 1 "$(wc -l <<<"$err")"

kill "$backend"
wait "$backend" 2>/dev/null || true
run env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_SERVICE_NAME=shop OTEL_TRACES_SAMPLER=jaeger_remote \
	OTEL_TRACES_SAMPLER_ARG="endpoint=http://127.0.0.1:$port,pollingIntervalMs=100,initialSamplingRate=1" \
	timeout 1 "$programs/decisions" 2
expect_match "nobody there: message" "otel-c: jaeger_remote: the sampling strategy stays as it was: *" "$err"
expect_equal "nobody there: lines" 1 "$(wc -l <<<"$err")"
finish
