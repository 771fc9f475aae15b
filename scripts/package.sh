#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# package.sh BUILD_DIR OUT_DIR - builds the Debian packages in a build tree of their own, with Debian's flags, and leaves
# nothing but them in OUT_DIR.
set -euo pipefail
source=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=${1:?usage: package.sh BUILD_DIR OUT_DIR}
out=${2:?usage: package.sh BUILD_DIR OUT_DIR}
umask 022
unset DESTDIR
# The same source makes the same packages, whenever and wherever it is built.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct 2>/dev/null || date +%s -r "$source/CHANGELOG.md")}

flags="$(cd "$source" && dpkg-buildflags --get CPPFLAGS) $(cd "$source" && dpkg-buildflags --get CFLAGS)"
mkdir -p "$build" "$out"
build=$(readlink -f "$build") out=$(readlink -f "$out")
log=$build/package.log

CFLAGS="$flags -ffile-prefix-map=$build=." LDFLAGS=$(dpkg-buildflags --get LDFLAGS) cmake -G Ninja -S "$source" -B "$build" \
	-DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_INSTALL_PREFIX=/usr -DOTEL_C_DEBS=ON -DBUILD_TESTING=OFF >"$log" 2>&1 &&
	cmake --build "$build" -- ${DEV_JOBS:+-j"$DEV_JOBS"} >>"$log" 2>&1 &&
	rm -rf "$build/debs" "$out"/*.deb && (cd "$build" && cpack -B "$build/debs" >>"$log" 2>&1) || {
	tail -n 40 "$log" >&2
	rm -f "$build/CMakeCache.txt" # what was found out by halves is not believed the next time
	exit 1
}
mv "$build"/debs/*.deb "$out"
