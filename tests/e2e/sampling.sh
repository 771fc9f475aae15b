#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# sampling: the profiles of docs/sampling.md, as they stand there, choose the sampler that the page says; one that cannot
# be read leaves the default.
. "$(dirname "$0")/lib.sh" sampling

# Each ```ini block is a profile, the ```text block after it is how the sampler's description begins.
awk -v dir="$tmp" '
	/^```ini$/ { n++; of = n; out = dir "/" n ".ini"; next }
	/^```sh/ { of = 0 }
	/^```text$/ && of { out = dir "/" n ".text"; next }
	/^```/ { out = ""; next }
	out { print > out }' "$OTEL_C_TEST_SOURCE/docs/sampling.md"

one_span() {
	run env OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console OTEL_SERVICE_NAME=shop "$@" "$programs/one_span"
	expect_equal "status" 3 "$status"
}

n=1
while [ -f "$tmp/$n.ini" ]; do
	one_span OTEL_LOG_LEVEL=info OTEL_C_CONFIG="$tmp/$n.ini"
	sampler=$(sed -n 's/.*the sampler is //p' <<<"$err")
	if [ -f "$tmp/$n.text" ]; then
		expect_match "profile $n" "$(cat "$tmp/$n.text")*" "$sampler"
	fi
	case $err in *sampler_arg* | *OTEL_TRACES_SAMPLER_ARG*) fail "profile $n is refused: $err" ;; esac
	n=$((n + 1))
done
[ "$n" -gt 6 ] || fail "docs/sampling.md has only $((n - 1)) profiles"

one_span OTEL_TRACES_SAMPLER=rules OTEL_TRACES_SAMPLER_ARG='name=*: always_off'
expect_equal "a rule that drops" "done" "$out"
one_span OTEL_TRACES_SAMPLER=composite OTEL_TRACES_SAMPLER_ARG='always_on'
expect_match "a threshold in the tracestate" "*ot=th:0*" "$out"
expect_equal "silence" "" "$err"
one_span OTEL_TRACES_SAMPLER=composite OTEL_TRACES_SAMPLER_ARG='always_maybe'
expect_match "a bad expression keeps the default sampler" "*one*" "$out"
expect_match "a bad expression is one line" 'otel-c: core: OTEL_TRACES_SAMPLER_ARG: character 1, at "always_maybe": *' "$err"
expect_equal "lines" 1 "$(wc -l <<<"$err")"
finish
