#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# coroutines: requests that take turns on one thread keep their own current spans, with ucontext and with libuv.
. "$(dirname "$0")/lib.sh" coroutines

# check PROGRAM CHILD…: two requests, each with the children that carry its number, and nothing mixed up.
check() {
	local program=$1 number request
	shift
	sink_start --json --until-spans 6 --timeout 60
	run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/$program"
	expect_equal "$program: exit status" 0 "$status"
	expect_equal "$program: messages" "" "$err"
	sink_wait || fail "$program: 6 spans did not arrive"
	jq -c '..|.spans? // empty|.[]|{name, spanId, parentSpanId, traceId, n: (.attributes[]|select(.key=="request")|.value.intValue|tonumber)}' \
		"$sink_out" >"$tmp/spans"
	for number in 1 2; do
		request=$(jq -r "select(.name==\"request\" and .n==$number)|.spanId" "$tmp/spans")
		expect_equal "$program: children of request $number" "$*" \
			"$(jq -r "select(.parentSpanId==\"$request\" and .n==$number)|.name" "$tmp/spans" | sort | tr '\n' ' ' | sed 's/ $//')"
	done
	expect_equal "$program: traces" 2 "$(jq -r .traceId "$tmp/spans" | sort -u | wc -l)"
	run "$bin/$program"
	expect_equal "$program without an SDK" "done" "$out"
}

check coroutines_ucontext answer read
[ -x "$bin/coroutines_libuv" ] || fail "coroutines_libuv was not built: apt-get install libuv1-dev"
check coroutines_libuv compute read
finish
