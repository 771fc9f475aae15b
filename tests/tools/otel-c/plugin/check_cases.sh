# SPDX-License-Identifier: Apache-2.0
#
# check_cases.sh - sourced by tests of otel-c plugin check: modules are compiled from ../modules, with one fault each, and
# examined. Four at a time, each in a directory of its own.
set -euo pipefail
: "${OTEL_C_TEST_BUILD:?set by ctest}" "${OTEL_C_TEST_SOURCE:?set by ctest}"
otel_c=$OTEL_C_TEST_BUILD/bin/otel-c
sources=$OTEL_C_TEST_SOURCE/tests/tools/otel-c/modules
cc=${CC:-cc}
dir=$(mktemp -d)
nodelete=-Wl,-z,nodelete
failures=0
cases=0
begun=0
trap 'rm -rf "$dir"' EXIT
umask 022
cd "$dir"
for variable in $(compgen -e | grep -E '^(OTEL_|ASKS_|DESCRIPTOR_)'); do
	case $variable in OTEL_C_TEST_*) ;; *) unset "$variable" ;; esac
done

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# make NAME FLAG…: NAME.so from NAME.c.
make() {
	local name=$1
	shift
	rm -f "$name.so"
	"$cc" -std=gnu11 -O1 -w -fPIC -fvisibility=hidden -shared -I"$OTEL_C_TEST_SOURCE/core/include" $nodelete \
		-o "$name.so" "$sources/$name.c" "$@" || fail "$name with $* does not compile"
}

# check WANTED-STATUS NAME: runs it; what it printed in $out.
check() {
	local have=0
	out=$(timeout 60 "$otel_c" plugin check "$2.so" 2>err) || have=$?
	cases=$((cases + 1))
	[ "$have" = "$1" ] || { fail "$2 with ${*:3}: exit status $have, not $1"; echo "$out"; cat err; }
}

# beside COMMAND…: behind, once there is room for it; what it says in a file of its own.
beside() {
	while [ "$(jobs -rp | wc -l)" -ge 4 ]; do wait -n || true; done
	begun=$((begun + 1))
	mkdir "$dir/$begun"
	(
		cd "$dir/$begun"
		"$@"
		: >done
	) >"$dir/$begun/said" 2>&1 &
}

# passes NAME FLAG…: no failures and no warnings. finds SENTENCE NAME FLAG…: fails, says so with a cure, and counts.
# warns SENTENCE NAME FLAG…: passes, but says so.
passes() { beside really_passes "$@"; }
finds() { beside really_finds "$@"; }
warns() { beside really_warns "$@"; }

really_passes() {
	local name=$1
	make "$@"
	check 0 "$@"
	grep -qxE "$name\.so: ok, [0-9]+ checks" <<<"$out" && [ "$(wc -l <<<"$out")" = 1 ] || { fail "$*: is not ok"; echo "$out"; }
}

says() {
	grep -qF -- "$2" <<<"$out" || { fail "$1: it does not say \"$2\", but:"; echo "$out"; }
}

really_finds() {
	local sentence=$1 name=$2
	shift
	make "$@"
	check 1 "$@"
	says "$*" "$name.so: $sentence"
	grep -F -- "$sentence" <<<"$out" | grep -q '; .' || fail "$*: \"$sentence\" comes without a cure"
	tail -n 1 <<<"$out" | grep -qxE "$name\.so: [0-9]+ of [0-9]+ checks failed" || fail "$*: no closing line"
}

really_warns() {
	local sentence=$1 name=$2
	shift
	make "$@"
	check 0 "$@"
	says "$*" "$name.so: warning: $sentence"
	tail -n 1 <<<"$out" | grep -qxE "$name\.so: ok, [0-9]+ checks" || fail "$*: no closing line"
}

# finish: waits for what is beside, and tells what all have said.
finish() {
	wait
	for case in $(seq "$begun"); do
		cat "$dir/$case/said"
		[ -e "$dir/$case/done" ] || echo "FAILED: case $case ended before its time"
	done >said
	cat said
	failures=$((failures + $(grep -c '^FAILED' said || true)))
	cases=$((cases + begun))
	[ "$failures" = 0 ] || { echo "$failures of $cases cases failed"; exit 1; }
	echo "ok, $cases cases"
}
