#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# system.sh - run as root by scripts/package_check.sh in a fresh Debian, whose apt knows the packages: installs, uses,
# upgrades and purges them as anybody would.
. "$(dirname "$0")/../e2e/lib.sh" system
. "$(dirname "$0")/use.sh"
all="libotel-api1 libotel-sdk1 libotel-dev otel-c-tools otel-c-zero-code otel-c-distro-aws otel-c-distro-splunk"

apt() {
	apt-get -qq -y --no-install-recommends "$@" >"$tmp/apt.log" 2>&1 || { cat "$tmp/apt.log"; fail "apt-get $*"; finish; }
}

# What apt would install, with what of ours it depends on.
needs() {
	apt-get -s --no-install-recommends install "$1" | sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep otel | sort | xargs
}

expect_equal "libotel-api1 brings" "libotel-api1" "$(apt-get -s install libotel-api1 | sed -n 's/^Inst \([^ ]*\) .*/\1/p' | xargs)"
expect_equal "otel-c-tools brings of ours" "libotel-api1 libotel-sdk1 otel-c-tools" "$(needs otel-c-tools)"
expect_equal "otel-c-distro-aws brings of ours" "libotel-api1 libotel-sdk1 otel-c-distro-aws" "$(needs otel-c-distro-aws)"
expect_equal "libotel-dev brings of ours" "libotel-api1 libotel-dev libotel-sdk1" "$(needs libotel-dev)"

# shellcheck disable=SC2086
apt install $all
expect_match "the linker's cache" "*libotel_api.so.1*" "$(ldconfig -p)"
for object in /usr/bin/otel-c /usr/bin/otel-c-trace /usr/lib/*/libotel_*.so* /usr/lib/*/otel-c/*.so; do
	expect_equal "$object: libraries that are not there" "" "$(ldd "$object" | grep 'not found' || true)"
done

mkdir -p "$tmp/shell"
(cd "$tmp/shell" && "$OTEL_C_TEST_SOURCE/tests/packaging/first_minute.sh") || fail "what the README says about an installation"
check_pkg_config /usr
servers_build=/usr bin=/usr/bin
check_demo /usr "$tmp/view"
check_cmake /usr "$tmp/outside"
check_tool /usr "$tmp/vendor"
check_upgrade /usr "$tmp/outside" apt install --reinstall $all

# shellcheck disable=SC2086
dpkg -L $all | sort -u | while read -r file; do [ -d "$file" ] || echo "$file"; done >"$tmp/files"
[ -s "$tmp/files" ] || fail "dpkg -L lists nothing"
# shellcheck disable=SC2086
apt purge $all
expect_equal "files left after purge" "" "$(while read -r file; do [ ! -e "$file" ] || echo "$file"; done <"$tmp/files")"
expect_equal "names left after purge" "" "$(find /etc /usr /var/lib/dpkg /lib /opt -xdev -iname '*otel*' 2>/dev/null)"
expect_equal "the linker's cache after purge" "" "$(ldconfig -p | grep otel || true)"
finish
