#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# completion: what bash offers after the words that somebody typed.
. "$(dirname "$0")/../e2e/lib.sh" completion
# bash-completion reads unset variables
set +eu
. /usr/share/bash-completion/bash_completion
. "$OTEL_C_TEST_SOURCE/packaging/completion/otel-c"
. "$OTEL_C_TEST_SOURCE/packaging/completion/otel-c-trace"
PATH=$bin:$PATH

# For functions that readline calls.
compopt() {
	:
}

# offered WORD…: the last word is being typed.
offered() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMP_LINE=$*
	COMP_POINT=${#COMP_LINE}
	COMP_TYPE=9
	COMPREPLY=()
	case ${1##*/} in
	otel-c) _otel_c ;;
	*) _otel_c_trace ;;
	esac
	[ ${#COMPREPLY[@]} = 0 ] || printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' '
}

# expect_offers "WORDS" TEXT
expect_offers() {
	expect_match "after \"$1\"" "$2" " $(eval "offered $1")"
}

expect_offers "otel-c si" " sink "
for command in $(otel-c help | sed -n '/^Commands:/,/^  help /s/^  \([a-z]*\) .*/\1/p'); do
	expect_offers "otel-c ''" "* $command *"
done
expect_offers "otel-c help s" "* sink *"
expect_offers "otel-c --v" " --version "
expect_offers "otel-c sink --until" " --until-spans "
expect_offers "otel-c sink --json --tee ''" " "
expect_offers "otel-c doctor --distro sp" " splunk "
expect_offers "otel-c doctor --js" " --json "
expect_offers "otel-c doctor -- otel-c si" " sink "
expect_offers "otel-c config bsp.max_q" " bsp.max_queue_size "
expect_offers "otel-c config --all bsp.max_q" " bsp.max_queue_size "
expect_offers "otel-c plugin ''" "* check *new *"
expect_offers "otel-c plugin check a" " "
expect_offers "otel-c-trace --f" " --functions "
expect_offers "splunk-c-trace --dry" " --dry-run "
expect_offers "aws-c-trace --dry-run otel-c-tr" "* otel-c-trace *"
expect_offers "aws-c-trace otel-c si" " sink "
expect_offers "otel-c-trace -- otel-c sink --js" " --json "
finish
