# SPDX-License-Identifier: Apache-2.0
#
# lib.sh - sourced by the end-to-end tests: `. lib.sh NAME`. Servers come from scripts/servers.sh; a failed
# expectation is printed and counted, and the test ends with `finish`.
set -euo pipefail
: "${OTEL_C_TEST_SOURCE:?set by ctest}" "${OTEL_C_TEST_BUILD:?set by ctest}"
. "$OTEL_C_TEST_SOURCE/tests/support/calm.sh" # also for who runs one by hand
. "$OTEL_C_TEST_SOURCE/scripts/servers.sh"
servers_begin "$OTEL_C_TEST_BUILD" "$OTEL_C_TEST_BUILD/e2e/$1"
bin=$servers_build/bin
programs=$servers_build/tests/programs
tmp=$servers_tmp
logs=$servers_logs
failures=0

export HOME=$tmp # nobody's ~/.curlrc decides a test
export PYTHONDONTWRITEBYTECODE=1 # the tree is left as it is

# How long an exit may take is up to the tests of just that: loading libcurl alone may take longer than the default where
# everything is slow.
export OTEL_C_EXIT_TIMEOUT=60000

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# expect_equal WHAT WANT HAVE
expect_equal() {
	[ "$2" = "$3" ] || fail "$1: expected \"$2\", got \"$3\""
}

# expect_match WHAT PATTERN TEXT (shell pattern)
expect_match() {
	# shellcheck disable=SC2254
	case $3 in
	$2) ;;
	*) fail "$1: expected something like \"$2\", got \"$3\"" ;;
	esac
}

# run COMMAND…: status in $status, stdout and stderr in $out and $err.
run() {
	status=0
	"$@" >"$tmp/out" 2>"$tmp/err" || status=$?
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
}

# spans_in FILE: how many spans an OTLP JSON Lines file holds.
spans_in() {
	jq -s '[.[].resourceSpans[]?.scopeSpans[]?.spans[]?] | length' "$1"
}

# Sanitizers and strangers do not mix: what is built with one cannot be preloaded into a foreign program.
sanitized() {
	nm -D "$servers_build/lib/libotel_api.so.1" | grep -E ' U __(a|t)san_init| w __sanitizer| U __tsan_func_entry' >/dev/null
}

skip() {
	echo "SKIPPED: $*"
	exit 77
}

finish() {
	if [ "$failures" = 0 ]; then
		echo "ok"
		exit 0
	fi
	echo "$failures expectations failed; logs in $logs"
	exit 1
}
