#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# null_arguments_test.sh SOURCE - every function that the public headers declare has a case in the tests that call each
# with NULL wherever a pointer goes in.
set -euo pipefail
source=$1
failures=0

# The names of what a header exports or defines inline, once comments are out and lines are joined. What ends in _ is the
# macros' own.
functions() {
	tr '\n' ' ' <"$1" | sed 's#/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/##g' |
		grep -oE '(OTEL_EXPORT|OTEL_MUST_CHECK|static inline)[^;{(]*\b(otel_[a-z0-9_]+) *\(' |
		grep -oE 'otel_[a-z0-9_]+ *\($' | tr -d ' (' | grep -v '_$' | sort -u
}

count=0
while read -r header; do
	for name in $(functions "$header"); do
		count=$((count + 1))
		grep -qE "NULL_CASE\($name," "$source/tests/support/null_arguments.h" "$source/tests/core/sdk/misuse_test.c" || {
			echo "FAILED: ${header##*/}: no NULL_CASE($name, …) in tests/support/null_arguments.h"
			failures=$((failures + 1))
		}
	done
done < <(find "$source/core/include/otel" -name '*.h' ! -name plugin.h | sort)

[ "$count" -gt 70 ] || { echo "FAILED: only $count functions were found"; exit 1; }
[ "$failures" = 0 ] && echo "ok: $count functions"
[ "$failures" = 0 ]
