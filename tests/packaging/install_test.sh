#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# install: `cmake --install` to a prefix below DESTDIR, moved elsewhere. Everything works from there: programs, pkg-config,
# find_package(), a distro built outside. Installing again does not disturb what runs.
. "$(dirname "$0")/../e2e/lib.sh" install
. "$(dirname "$0")/use.sh"

install_tree() {
	DESTDIR=$tmp/stage cmake --install "$OTEL_C_TEST_BUILD" --prefix /opt/otel-c >"$tmp/install.log" || { cat "$tmp/install.log"; exit 1; }
}

install_tree
prefix=$tmp/moved/somewhere
mkdir -p "$tmp/moved"
mv "$tmp/stage/opt/otel-c" "$prefix"
lib=$(installed_lib "$prefix")

check_content "$prefix" "$lib"
check_pkg_config "$prefix"
servers_build=$prefix bin=$prefix/bin # from here on nothing comes from the build tree
check_demo "$prefix" "$tmp/view"
check_cmake "$prefix" "$tmp/outside"
check_tool "$prefix" "$tmp/vendor"

# The SDK set up in code.
nginx_start
sink_start --json --until-spans 7 --timeout 60
run env LD_LIBRARY_PATH="$lib" OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$tmp/outside/shop_sdk" "$nginx_url/inventory"
expect_equal "status of a program with the SDK" 0 "$status"
sink_wait || fail "the spans of a program with the SDK did not arrive"

# A file is replaced, never written into: it may be mapped.
mkdir -p "$tmp/stage/opt"
mv "$prefix" "$tmp/stage/opt/otel-c"
library=$tmp/stage/opt/otel-c/lib/libotel_preload.so
echo >>"$library" # otherwise it would be found to be up to date
exec 9<"$library" # a number is not given twice while a file is open
before=$(stat -c %i "$library")
install_tree
[ "$(stat -c %i "$library")" != "$before" ] || fail "installing again writes into libraries that are in use"
finish
