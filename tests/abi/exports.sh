#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# exports.sh DIR - every plugin in DIR exports otel_plugin_v1 and nothing else; http.so, which is no plugin, otel_http_v1.
LC_ALL=C
export LC_ALL
failed=0
count=0
for module in "$1"/*.so; do
	test -f "$module" || continue
	count=$((count + 1))
	wanted=otel_plugin_v1
	test "${module##*/}" = http.so && wanted=otel_http_v1
	found=$(nm -D --defined-only "$module" | awk '$2 != "A" { sub(/@.*/, "", $NF); print $NF }' | tr '\n' ' ')
	test "$found" = "$wanted " && continue
	echo "$module exports: $found (wanted: $wanted)"
	failed=1
done
test "$count" -gt 0 || { echo "no modules in $1"; failed=1; }
exit $failed
