# SPDX-License-Identifier: Apache-2.0
#
# common.sh - sourced by tests of otel-c from outside: a directory of their own, and expectations that are counted.
set -euo pipefail
: "${OTEL_C_TEST_BUILD:?set by ctest}" "${OTEL_C_TEST_SOURCE:?set by ctest}"
otel_c=$OTEL_C_TEST_BUILD/bin/otel-c
cc=${CC:-cc}
dir=$(mktemp -d)
failures=0
trap 'rm -rf "$dir"' EXIT
umask 022
cd "$dir"

# Nothing of the caller's environment decides a test.
for variable in $(compgen -e | grep -E '^(OTEL_|ACME_|ASKS_|DESCRIPTOR_|PKG_CONFIG|MAKEFLAGS|MAKELEVEL|CFLAGS|CPPFLAGS|LDFLAGS)'); do
	case $variable in OTEL_C_TEST_*) ;; *) unset "$variable" ;; esac
done

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# run WANTED-STATUS COMMAND…: output in $out and $err.
run() {
	local wanted=$1 have=0
	shift
	timeout 60 "$@" >"$dir/.out" 2>"$dir/.err" </dev/null || have=$?
	out=$(cat "$dir/.out")
	err=$(cat "$dir/.err")
	[ "$have" = "$wanted" ] || { fail "$*: exit status $have, not $wanted"; printf '%s\n' "$out" "$err"; }
}

# says TEXT PART…: the text holds each part.
says() {
	local text=$1 part
	shift
	for part; do
		grep -qF -- "$part" <<<"$text" || { fail "it does not say \"$part\", but:"; echo "$text"; }
	done
}

# silent_about TEXT PART…
silent_about() {
	local text=$1 part
	shift
	for part; do
		! grep -qF -- "$part" <<<"$text" || { fail "it should not say \"$part\":"; echo "$text"; }
	done
}

# compile FILE.so SOURCE FLAG…
compile() {
	local module=$1 source=$2
	shift 2
	"$cc" -std=gnu11 -O1 -w -fPIC -fvisibility=hidden -shared -I"$OTEL_C_TEST_SOURCE/core/include" -o "$module" "$source" \
		"$@" || fail "$source with $* does not compile"
}

finish() {
	[ "$failures" = 0 ] || { echo "$failures expectations failed"; exit 1; }
	echo ok
}
