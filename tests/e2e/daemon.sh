#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# daemon: hosts that close every descriptor and open files of their own on the numbers, and hosts that change their root:
# what is theirs stays untouched, and spans go on arriving.
. "$(dirname "$0")/lib.sh" daemon

# children of threaded programs hang under the sanitizers
ways="close"
sanitized || ways="detach close"
for how in $ways; do
	sink_start --json --until-spans 70 --timeout 60
	mkdir "$tmp/$how"
	run timeout 60 env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/daemon" "$how" "$tmp/$how"
	expect_equal "$how: exit status" 0 "$status"
	wait_for 60 test -e "$tmp/$how/result" || fail "$how: the daemon did not come to its end"
	expect_equal "$how: the files of the host" untouched "$(cat "$tmp/$how/result")"
	sink_wait || fail "$how: 70 spans did not arrive"
	expect_equal "$how: spans, each once" 70 "$(jq -r '..|.spanId? // empty' "$sink_out" | sort -u | wc -l)"
done

# With the library loaded at start nothing is looked for later.
root=
if [ "$(id -u)" != 0 ]; then
	unshare -r true 2>/dev/null || { echo "chroot is not tested: this user may not call it" && finish; }
	root="unshare -r"
fi
mkdir "$tmp/empty"
export ASAN_OPTIONS=detect_leaks=0 # it needs /proc
sink_start --json --until-spans 50 --timeout 60
# shellcheck disable=SC2086
run timeout 60 $root env OTEL_C_HTTP_LOAD=start OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/daemon" chroot "$tmp/empty"
expect_equal "chroot: exit status" 0 "$status"
expect_equal "chroot: messages" "" "$err"
sink_wait || fail "chroot: 50 spans did not arrive"

# Without, that is said in one line, and the program goes on.
# shellcheck disable=SC2086
run timeout 60 $root env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/daemon" chroot "$tmp/empty"
expect_equal "chroot without the library: exit status" 1 "$status"
expect_match "chroot without the library: messages" "otel-c: *http.so*" "$err"
expect_equal "chroot: files in the new root" 0 "$(find "$tmp/empty" -mindepth 1 | wc -l)"
finish
