#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# objects_test.sh BUILD_DIR SOURCE_DIR - what the built objects need and export: libraries by `readelf -d`, symbols by
# `nm -D`, against the lists here and in exports/.
set -euo pipefail
build=$1 exports=$2/tests/layering/exports
failed=0

complain() {
	echo "$*"
	failed=1
}

# needs FILE LIBRARY…: the DT_NEEDED entries are among these (the loader apart).
needs() {
	local file=$build/$1 library
	shift
	for library in $(readelf -dW "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		case " $* ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 " in
		*" $library "*) ;;
		*) complain "${file##*/} needs $library; allowed: $*" ;;
		esac
	done
}

# exports FILE: exactly the symbols of exports/<name>.txt.
exports_exactly() {
	local name=${1##*/}
	if ! diff -u "$exports/$name.txt" <(nm -D --defined-only "$build/$1" | awk '$2 != "A" { print $3 }' | sed 's/@@*.*//' | LC_ALL=C sort -u); then
		complain "$name: the exported symbols changed (left: the list, right: the object)"
	fi
}

# Words a guest never says to libc: they change the host, or race with it.
guest() {
	local file=$build/$1 word
	for word in getenv secure_getenv setenv putenv unsetenv clearenv setlocale signal abort exit chdir umask printf puts; do
		if nm -D --undefined-only "$file" | awk '{ print $NF }' | sed 's/@.*//' | grep -x "$word" >/dev/null; then
			complain "${file##*/} calls $word()"
		fi
	done
}

no_tls() {
	if readelf -lW "$build/$1" | grep '^ *TLS ' >/dev/null; then
		complain "${1##*/} has thread-local variables of its own; hang state off the API's block"
	fi
}

needs bin/shop libotel_api.so.1 libc.so.6
needs lib/libotel_api.so.1 libc.so.6
needs lib/libotel_sdk.so.1 libotel_api.so.1 libc.so.6
needs lib/libotel_preload.so libc.so.6
needs lib/libotel_functions.so libotel_api.so.1 libc.so.6
needs lib/otel-c/http.so libcurl.so.4 libcrypto.so.3 libssl.so.3 libc.so.6
needs lib/otel-c/otlp.so libc.so.6
needs lib/otel-c/otlp_file.so libc.so.6
needs lib/otel-c/console.so libprotobuf-c.so.1 libc.so.6
needs lib/otel-c/distro_aws.so libc.so.6
needs lib/otel-c/distro_splunk.so libc.so.6
needs lib/otel-c/b3.so libc.so.6
needs lib/otel-c/jaeger.so libc.so.6
needs lib/otel-c/ottrace.so libc.so.6
needs lib/otel-c/jaeger_remote.so libjansson.so.4 libc.so.6
needs lib/otel-c/oauth2.so libjansson.so.4 libc.so.6
needs lib/otel-c/curl.so libotel_api.so.1 libc.so.6 libgcc_s.so.1 # exceptions pass through it

# An empty element of a run path is the current directory: whoever owns it would choose our libraries.
for object in "$build"/bin/* "$build"/lib/*.so.1 "$build"/lib/otel-c/*.so; do
	if readelf -dW "$object" | sed -n 's/.*\(RPATH\|RUNPATH\).*\[\(.*\)\]/:\2:/p' | grep '::' >/dev/null; then
		complain "${object##*/} has an empty element in its run path"
	fi
done

for object in lib/libotel_api.so.1 lib/libotel_sdk.so.1 lib/libotel_preload.so lib/libotel_functions.so lib/otel-c/*.so; do
	case $object in
	*'*'*) for module in "$build"/lib/otel-c/*.so; do set -- "$@" "lib/otel-c/${module##*/}"; done ;;
	*) set -- "$@" "$object" ;;
	esac
done
shift 2
for object in "$@"; do
	guest "$object"
	exports_exactly "$object"
	case $object in */libotel_api.so.1 | */libotel_preload.so | */libotel_functions.so) ;; *) no_tls "$object" ;; esac
	readelf -dW "$build/$object" | grep NODELETE >/dev/null || complain "${object##*/} can be unloaded: link it with -z nodelete"
done
exit "$failed"
