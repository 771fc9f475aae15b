#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# man: the pages are sound, and say all that the programs say about themselves.
. "$(dirname "$0")/../e2e/lib.sh" man
pages=$OTEL_C_TEST_BUILD/packaging/man
launcher=$OTEL_C_TEST_SOURCE/packaging/man/otel-c-trace.1

for page in "$launcher" "$pages/otel-c.1" "$pages/otel-c.ini.5"; do
	run mandoc -T lint -W warning "$page"
	expect_equal "${page##*/}: mandoc" "" "$out$err"
	run env LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings=w -l "$page"
	expect_equal "${page##*/}: man" "" "$err"
	expect_match "${page##*/}" "*NAME*DESCRIPTION*" "$out"
	printf '%s' "$out" | col -b >"$tmp/${page##*/}"
done

for option in $("$bin/otel-c-trace" --help | grep -oE -- '--[a-z-]{2,}' | sort -u); do
	grep -qF -- "$option" "$tmp/otel-c-trace.1" || fail "otel-c-trace.1 does not know $option"
done

commands=$(env -i "$bin/otel-c" help | sed -n '/^Commands:/,/^  help /s/^  \([a-z]*\) .*/\1/p' | grep -vx help)
[ -n "$commands" ] || fail "otel-c help lists no commands"
for command in $commands; do
	grep -qE "^ +$command\$" "$tmp/otel-c.1" || fail "otel-c.1 does not know $command"
done
for option in $(for command in $commands; do "$bin/otel-c" help "$command"; done | grep -oE -- '--[a-z][a-z-]+' | sort -u); do
	grep -qF -- "$option" "$tmp/otel-c.1" || fail "otel-c.1 does not know $option"
done

for variable in OTEL_DISTRO OTEL_EXPORTER_OTLP_TRACES_HEADERS OTEL_BSP_MAX_QUEUE_SIZE; do
	grep -qF "$variable" "$tmp/otel-c.ini.5" || fail "otel-c.ini.5 does not know $variable"
done
finish
