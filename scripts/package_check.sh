#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# package_check.sh DEBS_DIR - lintian, and then the Debian packages on a fresh Debian 12: apt installs them, the demo runs
# from them, they are installed again under running programs, and purged. As root; the root is removed afterwards.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
debs=$(readlink -f "${1:?usage: package_check.sh DEBS_DIR}")
. scripts/packages.sh
. scripts/bare_root.sh

echo "package: lintian"
lintian --allow-root --fail-on error,warning "$debs"/*.deb
bare_root_make "./dev package --check"

# A repository for apt; and of the source, what tests an installation.
mkdir -p "$root/src/debs" "$root/src/otel-c" "$root/src/build"
cp "$debs"/*.deb "$root/src/debs/"
(cd "$root/src/debs" && dpkg-scanpackages --multiversion . >Packages 2>/dev/null)
echo "deb [trusted=yes] file:/src/debs ./" >"$root/etc/apt/sources.list.d/local.list"
tar -c scripts tests/e2e tests/packaging | tar -x -C "$root/src/otel-c"

echo "package: what a user would have"
bare_root_run "apt-get -qq update && apt-get -qq -y --no-install-recommends install gcc libc6-dev pkg-config cmake make \
	binutils curl nginx jq procps >/src/apt.log 2>&1 || { tail -n 20 /src/apt.log; exit 1; }"
echo "package: installing, using, upgrading, purging"
bare_root_run "OTEL_C_TEST_SOURCE=/src/otel-c OTEL_C_TEST_BUILD=/src/build /src/otel-c/tests/packaging/system.sh"
echo "package: good on a bare Debian 12"
