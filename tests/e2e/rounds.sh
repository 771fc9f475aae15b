#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# rounds: hosts that start and stop the SDK, or open and close a library that uses the API, over and over: nothing grows;
# and one that stops while its backend says nothing.
. "$(dirname "$0")/lib.sh" rounds

# expect_no_growth WHAT DESCRIPTORS MAPPINGS KIB: of 25 or 50 rounds.
expect_no_growth() {
	local descriptors mappings heap
	read -r descriptors mappings heap <<<"$out"
	echo "$1: $out"
	[ "${descriptors:-99}" -le "$2" ] || fail "$1: $descriptors descriptors more"
	sanitized && return
	[ "${mappings:-99}" -le "$3" ] || fail "$1: $mappings mappings more"
	[ "${heap:-9999}" -le "$4" ] || fail "$1: $heap KiB of heap more"
}

# expect_spans WHAT COUNT: each once.
expect_spans() {
	expect_equal "$1: spans" "$2 $2" "$(jq -r '..|.spanId? // empty' "$sink_out" | sort | tee "$tmp/ids" | wc -l) $(sort -u "$tmp/ids" | wc -l)"
}

for sampler in always_on traceidratio; do
	sink_start --json --until-spans 50 --timeout 60
	run timeout 60 env OTEL_TRACES_SAMPLER=$sampler OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/rounds" restart
	expect_equal "restart: exit status" 0 "$status"
	expect_equal "restart: messages" "" "$err"
	sink_wait || fail "restart: 50 spans did not arrive"
	expect_spans "restart" 50
	# A provider's settings are kept for ever, since spans of its time point to them: about a KiB.
	expect_no_growth "restart, $sampler" 0 2 64
done

for library in span_library span_library_static_api; do
	sink_start --json --until-spans 200 --timeout 60
	run timeout 60 env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" LD_LIBRARY_PATH="$servers_build/lib" \
		"$programs/rounds" close "$programs/$library.so"
	expect_equal "$library: exit status" 0 "$status"
	expect_equal "$library: messages" "" "$err"
	sink_wait || fail "$library: 200 spans did not arrive"
	expect_spans "$library" 200
	expect_equal "$library: names of scopes" span_library "$(jq -r '..|.scope?|.name? // empty' "$sink_out" | sort -u)"
	# One or two chunks of the log of spans may be under way.
	expect_no_growth "$library" 1 4 512
done

server_start silent python3 -c 'import signal, socket
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); signal.pause()'
run timeout 60 env OTEL_C_EXIT_TIMEOUT=300 OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$server_port" "$programs/rounds" hung
expect_equal "hung: exit status" 0 "$status"
expect_equal "hung: in time; flush and stop timed out; started, and timed out again" "bounded 1 1 1 1" "$out"
expect_match "hung: messages" "*stop: time was up after 300 ms; spans dropped: 1*" "$err"
finish
