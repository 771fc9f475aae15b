#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# functions: a program compiled with -finstrument-functions gets a span for each long call, under that of its caller.
. "$(dirname "$0")/lib.sh" functions

# parent_name NAME: of the first span of that name, what its parent is called
parent_name() {
	jq -rs --arg name "$1" '[..|.spans? // empty|.[]] as $all|($all|map(select(.name==$name))|first|.parentSpanId // "") as $p
		|($all|map(select(.spanId==$p))|first|.name) // "none"' "$sink_out"
}

count() {
	jq -r --arg name "$1" '..|.spans? // empty|.[]|select(.name==$name)|.name' "$sink_out" | wc -l
}

# A thread that has to wait for its processor makes short calls long; not as long as these.
sink_start --json
run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_FUNCTIONS_THRESHOLD=500000 \
	OTEL_C_FUNCTIONS_EXCLUDE='secret_*' LD_PRELOAD="$servers_build/lib/libotel_functions.so" "$programs/functions" 600
sink_stop
expect_equal "exit status" 0 "$status"
expect_equal "output" 1000 "$out"
expect_equal "messages" "" "$err"
expect_equal "short functions" 0 "$(count quick)"
expect_equal "main" "1 none" "$(count main) $(parent_name main)"
expect_equal "its callee" "1 main" "$(count middle) $(parent_name middle)"
expect_equal "each call of a long leaf" 4 "$(count slow_leaf)"
expect_equal "a leaf's caller" middle "$(parent_name slow_leaf)"
expect_equal "recursion" 4 "$(count recurse)"
expect_equal "a call that was left by longjmp" "1 jumper" "$(count jump) $(parent_name jump)"
expect_equal "a thread" "1 none" "$(count thread_main) $(parent_name thread_main)"
expect_equal "an excluded function" 0 "$(count secret_work)"
expect_equal "the name as an attribute" middle \
	"$(jq -r '..|.spans? // empty|.[]|select(.name=="middle")|.attributes[]|select(.key=="code.function.name")|.value.stringValue' "$sink_out")"

# The launcher does the same.
sink_start --json
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_FUNCTIONS_THRESHOLD=1000 OTEL_C_FUNCTIONS_INCLUDE='middle,slow_*' \
	"$bin/splunk-c-trace" --functions "$programs/functions"
sink_stop
expect_equal "launched: status, output, messages" "0 1000 " "$status $out $err"
expect_equal "launched: those that were asked for" "1 4 0" "$(count middle) $(count slow_leaf) $(count recurse)"
expect_equal "launched: a leaf's caller" middle "$(parent_name slow_leaf)"

run "$bin/splunk-c-trace" --dry-run --functions "$programs/functions"
expect_equal "what the launcher sets" "$servers_build/lib/libotel_preload.so:$servers_build/lib/libotel_functions.so" \
	"$(sed -n 's/^LD_PRELOAD=//p' <<<"$out")"
run "$bin/splunk-c-trace" --functions /bin/true
expect_match "a program compiled without: a hint" \
	"otel-c-trace: /bin/true: was not compiled with -finstrument-functions*" "$err"
expect_equal "a program compiled without runs" 0 "$status"
run "$bin/splunk-c-trace" "$programs/functions"
expect_equal "without the option: no spans asked for, no message" "0 1000 " "$status $out $err"

run env LD_PRELOAD="$servers_build/lib/libotel_functions.so" "$programs/functions"
expect_equal "without an SDK" "0 1000" "$status $out"

run env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=none OTEL_C_FUNCTIONS_THRESHOLD=soon \
	LD_PRELOAD="$servers_build/lib/libotel_functions.so" "$programs/functions"
case $err in
*OTEL_C_FUNCTIONS_THRESHOLD*soon*microseconds*) ;;
*) fail "a wrong threshold: one line that names it was expected, not: $err" ;;
esac
finish
