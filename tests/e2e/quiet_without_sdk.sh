#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# quiet_without_sdk: a program linked with the API and started without OTEL_DISTRO does nothing of ours.
. "$(dirname "$0")/lib.sh" quiet_without_sdk

nginx_start
run "$bin/shop" "$nginx_url/"
plain=$out
expect_equal "exit status" 0 "$status"
expect_equal "messages" "" "$err"

expect_equal "libraries of shop" "libotel_api.so.1 libc.so.6" "$(readelf -d "$bin/shop" | grep -o 'lib[a-z_.0-9]*so[.0-9]*' | tr '\n' ' ' | sed 's/ $//')"

LD_DEBUG=libs LD_DEBUG_OUTPUT=$tmp/libs "$bin/shop" "$nginx_url/" >/dev/null
expect_equal "loaded of ours" "libotel_api.so.1" "$(cat "$tmp"/libs.* | sed -n 's/.*calling init: .*\/\([^/]*\)$/\1/p' | grep -E 'otel|distro|http\.so|otlp' | sort -u)"

if strace -f -o "$tmp/trace" true 2>/dev/null; then
	strace -f -o "$tmp/trace" -e trace=clone,clone3,socket "$bin/shop" "$nginx_url/" >/dev/null
	expect_equal "threads made" 1 "$(grep -cE '^[0-9]+ +clone3?\(.*(= [0-9]|unfinished)' "$tmp/trace")"
	expect_equal "sockets made" 1 "$(grep -c 'socket(' "$tmp/trace")"
else
	echo "nothing may be traced here: threads and sockets are not counted"
fi

LD_PRELOAD=$programs/count_malloc.so "$bin/shop" "$nginx_url/" 2>"$tmp/count" >/dev/null
expect_equal "allocations" "allocations by libotel_api: 0" "$(cat "$tmp/count")"

sink_start --json --until-spans 7 --timeout 60
traced=$(OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url "$bin/shop" "$nginx_url/")
expect_equal "traced output is the same" "$plain" "$traced"
finish
