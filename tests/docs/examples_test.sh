#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# examples_test.sh SOURCE BUILD CC - the programs of docs/instrumenting-an-application.md do what the page says. Each
# ```c block is a whole program; it is compiled with all warnings, run with the console exporter, must end with 0 and say
# nothing on stderr. The ```text block after it (if there is one before the next program) has lines that must be among
# those printed, in this order; blanks, times and the lines of the tree do not count.
set -euo pipefail
source=$1 build=$2 cc=$3
page=$source/docs/instrumenting-an-application.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for variable in $(compgen -e | grep -E '^(OTEL_|SPLUNK_|AWS_)'); do unset "$variable"; done
failures=0

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# Writes the blocks as N.c and N.text, N counting the programs.
awk -v dir="$tmp" '
	/^```c$/ { n++; out = dir "/" n ".c"; next }
	/^```text$/ && n { out = dir "/" n ".text"; next }
	/^```/ { out = ""; next }
	out { print > out }' "$page"

# Without the tree, ids, times and repeated blanks.
plain() {
	sed -E 's/[│├└─]//g; s/[0-9.]+ (ns|µs|ms|s)\b//g; s/\b[0-9a-f]{16,32}\b//g; s/[[:space:]]+/ /g; s/^ //; s/ $//' "$1"
}

# check_lines PROGRAM: every expected line begins a printed one or stands in it, in order.
check_lines() {
	local at=0 line wanted number
	plain "$tmp/$1.out" >"$tmp/$1.plain"
	while IFS= read -r wanted; do
		number=$(tail -n +"$((at + 1))" "$tmp/$1.plain" | grep -nF -m 1 -e "$wanted" | cut -d: -f1) || true
		if [ -z "$number" ]; then
			fail "program $1: \"$wanted\" was not printed after line $at of:"
			cat "$tmp/$1.out"
			return
		fi
		at=$((at + number))
	done < <(plain "$tmp/$1.text")
}

programs=0
while [ -f "$tmp/$((programs + 1)).c" ]; do
	programs=$((programs + 1))
	n=$programs
	libraries=-lotel_api
	! grep -q 'otel/sdk\.h' "$tmp/$n.c" || libraries="-lotel_sdk -lotel_api"
	# shellcheck disable=SC2086
	"$cc" -std=gnu11 -O1 -Wall -Wextra -Werror -I"$source/core/include" "$tmp/$n.c" -o "$tmp/$n" -L"$build/lib" \
		$libraries -pthread -Wl,-rpath,"$build/lib" || { fail "program $n does not compile"; continue; }
	"$tmp/$n" >"$tmp/$n.out" 2>&1 || fail "program $n: status $? without a distro"
	case $libraries in
	-lotel_api)
		[ ! -s "$tmp/$n.out" ] || fail "program $n printed something without a distro: $(cat "$tmp/$n.out")"
		OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console "$tmp/$n" >"$tmp/$n.out" 2>"$tmp/$n.err" || fail "program $n: status $?"
		[ ! -s "$tmp/$n.err" ] || fail "program $n said: $(cat "$tmp/$n.err")"
		;;
	esac
	[ ! -f "$tmp/$n.text" ] || check_lines "$n"
done

[ "$programs" -ge 5 ] || fail "only $programs programs were found"
[ "$failures" = 0 ] && echo "ok: $programs programs"
[ "$failures" = 0 ]
