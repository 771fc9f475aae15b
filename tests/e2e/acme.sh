#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# acme: a vendor's distro, built outside of our tree against an installation, by make and by CMake, installed beside
# otel-c or found through OTEL_C_PLUGIN_PATH; and profiles that need no code.
. "$(dirname "$0")/lib.sh" acme

prefix=$tmp/prefix
cmake --install "$servers_build" --prefix "$prefix" >"$logs/install.log" 2>&1 || { cat "$logs/install.log"; exit 1; }
umask 022
libdir=$(dirname "$(find "$prefix" -name libotel_api.so.1 | head -n 1)")
export PKG_CONFIG_PATH=$libdir/pkgconfig
cp -r "$OTEL_C_TEST_SOURCE/examples/acme-distro" "$tmp/acme"
cp "$OTEL_C_TEST_SOURCE"/examples/profiles/*.ini "$tmp/"
chmod 644 "$tmp"/*.ini "$tmp"/acme/*
cp "$tmp"/newrelic*.ini "$prefix/share/otel-c/"

lines() {
	wc -l <"$1" | tr -d ' '
}
[ "$(lines "$tmp/acme/acme.c")" -le 60 ] || fail "acme.c has more than 60 lines"
[ "$(lines "$tmp/acme/acme.ini")" -le 10 ] || fail "acme.ini has more than 10 lines"

# A program of somebody who knows nothing of Acme.
gcc -O1 -Wall -Werror -o "$tmp/app" "$OTEL_C_TEST_SOURCE/tests/e2e/programs/one_span.c" \
	$(pkg-config --cflags --libs otel-api) -Wl,-rpath,"$libdir" || fail "the program does not compile"

# ---- both ways to build it ----

make -C "$tmp/acme" CC=gcc >"$logs/make.log" 2>&1 || { cat "$logs/make.log"; fail "make"; }
cmake -S "$tmp/acme" -B "$tmp/acme/build" -DCMAKE_C_COMPILER=gcc -DCMAKE_PREFIX_PATH="$prefix" >"$logs/cmake.log" 2>&1 &&
	cmake --build "$tmp/acme/build" >>"$logs/cmake.log" 2>&1 || { cat "$logs/cmake.log"; fail "cmake"; }
for module in "$tmp/acme/acme.so" "$tmp/acme/build/acme.so"; do
	expect_equal "$module: symbols" otel_plugin_v1 "$(nm -D --defined-only "$module" | awk '{print $3}')"
	expect_equal "$module: libraries" "libc.so.6" "$(readelf -dW "$module" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')"
done

run env -u PKG_CONFIG_PATH "$prefix/bin/otel-c" plugin check "$tmp/acme/acme.so"
expect_equal "otel-c plugin check: exit status" 0 "$status"
expect_match "otel-c plugin check" "acme.so: ok, * checks" "$out$err"

# ---- what arrives ----

# check WHAT: a span of Acme's came to the sink.
check() {
	local seconds
	expect_equal "$1: exit status" 3 "$status"
	expect_equal "$1: messages" "" "$err"
	sink_wait || fail "$1: no span arrived"
	seconds=$((16#$(jq -r '..|.spans? // empty|.[0].traceId[0:8]' "$sink_out")))
	[ $(($(date +%s) - seconds)) -lt 600 ] || fail "$1: the trace id does not begin with the time"
	expect_equal "$1: what the detector found" north \
		"$(jq -r '..|.attributes? // empty|.[]|select(.key=="cloud.availability_zone")|.value.stringValue' "$sink_out")"
	grep -qi 'x-acme-key' "$sink_err" || fail "$1: the header is missing: $(cat "$sink_err")"
}

# with COMMAND…: what the operator of an Acme customer sets.
with() {
	run env ACME_ENDPOINT="$sink_url" ACME_KEY=s3cr3t ACME_ZONE=north "$@" "$tmp/app"
}

for module in "$tmp/acme" "$tmp/acme/build"; do
	sink_start --json --headers --until-spans 1 --timeout 60
	with OTEL_DISTRO="$tmp/acme/acme.ini" OTEL_C_PLUGIN_PATH="$module"
	check "$module through OTEL_C_PLUGIN_PATH"
done

make -C "$tmp/acme" install >>"$logs/make.log" 2>&1 || fail "make install"
sink_start --json --headers --until-spans 1 --timeout 60
with OTEL_DISTRO=acme
check "installed by make"

rm "$libdir/otel-c/acme.so" "$prefix/share/otel-c/acme.ini"
cmake --install "$tmp/acme/build" --prefix "$prefix" >>"$logs/cmake.log" 2>&1 || fail "cmake --install"
sink_start --json --headers --until-spans 1 --timeout 60
with OTEL_DISTRO=acme
check "installed by CMake"

# A directory of OTEL_C_PLUGIN_PATH comes before the installation.
mkdir "$tmp/first"
gcc -shared -fPIC -x c /dev/null -o "$tmp/first/acme.so"
run env OTEL_DISTRO=acme ACME_KEY=k OTEL_TRACES_EXPORTER=none OTEL_C_PLUGIN_PATH="$tmp/first" "$tmp/app"
expect_equal "another module of that name: exit status" 3 "$status"
expect_match "another module of that name: messages" "*$tmp/first/acme.so has no symbol otel_plugin_v1, so it is no plugin*" "$err"

# ---- without its key nothing is sent, and the program runs on ----

sink_start --json --headers
run env OTEL_DISTRO=acme ACME_ENDPOINT="$sink_url" OTEL_C_EXIT_TIMEOUT=300 "$tmp/app"
expect_equal "no key: exit status" 3 "$status"
expect_match "no key: messages" "*acme: ACME_KEY is not set*" "$err"
sink_stop
expect_equal "no key: spans" 0 "$(spans_in "$sink_out")"

# ---- profiles that need no code ----

# profile DISTRO HEADER VARIABLE=VALUE…: a span arrives by this profile, with this header.
profile() {
	local file=$1 header=$2
	shift 2
	sink_start --json --headers --until-spans 1 --timeout 60
	run env OTEL_DISTRO="$file" "${@//SINK/$sink_url}" "$tmp/app"
	expect_equal "$file: exit status" 3 "$status"
	expect_equal "$file: messages" "" "$err"
	sink_wait || fail "$file: no span arrived"
	grep -qi "$header" "$sink_err" || fail "$file: $header is missing: $(cat "$sink_err")"
}

profile "$tmp/coroot.ini" x-api-key COROOT_URL=SINK COROOT_API_KEY=k
profile "$tmp/honeycomb.ini" x-honeycomb-team HONEYCOMB_ENDPOINT=SINK HONEYCOMB_API_KEY=k
profile newrelic api-key NEW_RELIC_ENDPOINT=SINK NEW_RELIC_LICENSE_KEY=k
profile newrelic-eu api-key OTEL_EXPORTER_OTLP_ENDPOINT=SINK NEW_RELIC_LICENSE_KEY=k

value_of() {
	OTEL_DISTRO=$1 "$prefix/bin/otel-c" config --json "$2" | jq -r '.[0].value'
}
expect_equal "Coroot's own path" "http://coroot.coroot:8080/v1/traces" \
	"$(value_of "$tmp/coroot.ini" exporter.otlp.traces.endpoint)"
expect_equal "New Relic's limit" 4095 "$(value_of newrelic-eu limits.attribute_value_length)"
expect_equal "New Relic in the EU" "https://otlp.eu01.nr-data.net" "$(value_of newrelic-eu exporter.otlp.endpoint)"
expect_equal "a key is not shown" redacted "$(COROOT_API_KEY=s3cr3t value_of "$tmp/coroot.ini" exporter.otlp.traces.headers)"
finish
