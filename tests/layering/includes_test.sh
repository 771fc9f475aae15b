#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# includes_test.sh SOURCE_DIR - who may know whom (docs/architecture.md), checked from the #include lines.
set -euo pipefail
cd "$1"
failed=0

# rule PLACE PATTERN: every include of these files is a C library header, a header of its own folder ("name.h"), or
# matches the pattern.
rule() {
	local place=$1 allowed=$2 bad
	bad=$({ grep -rHnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*("[^"]*"|<[^>]*>)' --include='*.[ch]' "$place" || true; } |
		sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/ /' |
		awk -v allowed="^[\"<]($allowed)[\">]$" -v libraries='^<(otel|curl|ini|protobuf-c|jansson|microhttpd|nghttp2|openssl|zlib|check)[./]' '
			$2 ~ allowed { next }
			$2 ~ /^"[^\/]*"$/ { next }
			$2 ~ /^</ && $2 !~ libraries { next }
			{ print }')
	if [ -n "$bad" ]; then
		printf '%s: beyond the C library and itself only "%s" is allowed, but:\n%s\n' "$place" "$allowed" "$bad"
		failed=1
	fi
}

public='otel/(types|version|attr|baggage|context|execution|function|key|propagate|span|thread|otel)\.h'
rule core/include/otel/types.h ''
rule core/include/otel/plugin.h 'otel/types\.h'
rule core/util 'util/[a-z_0-9]+\.h'
rule core/api "util/[a-z_0-9]+\.h|api/[a-z_0-9]+\.h|$public"
rule core/config 'util/[a-z_0-9]+\.h|config/[a-z_0-9]+\.h|otel/(plugin|sdk|types|version)\.h|ini\.h'
rule core/plugin "(util|api|config|plugin|sdk)/[a-z_0-9]+\.h|otel/(plugin|sdk)\.h|$public"
rule core/spool "(util|spool)/[a-z_0-9]+\.h"
rule core/sdk "(util|api|config|plugin|sdk|spool)/[a-z_0-9]+\.h|http/http\.h|otel/(memory|plugin|sdk|semconv/schema)\.h|$public"
rule core/http 'util/[a-z_0-9]+\.h|http/[a-z_0-9]+\.h|otel/(plugin|types|version)\.h|curl/curl\.h|openssl/(crypto|ssl)\.h'
rule core/otlp '(util|otlp)/[a-z_0-9/]+\.h|otel/(plugin|types|version)\.h|[a-z_/]+\.pb-c\.h|protobuf-c/protobuf-c\.h|jansson\.h|zlib\.h'
for distro in distros/*/; do
	rule "${distro%/}" 'otel/(plugin|types|version)\.h'
done
rule plugins/preload 'util/(boot|diag|str)\.h|otel/(plugin|types|version)\.h|plugins/preload/[a-z_0-9]+\.h'
rule plugins/functions "util/[a-z_0-9]+\.h|$public|plugins/functions/[a-z_0-9]+\.h"
rule plugins/curl "util/[a-z_0-9]+\.h|otel/plugin\.h|$public|plugins/(preload|curl)/[a-z_0-9]+\.h|curl/curl\.h"
rule plugins/otlp_file '(util|otlp)/[a-z_0-9/]+\.h|otel/(plugin|types|version)\.h|plugins/otlp_file/[a-z_0-9]+\.h'
rule plugins/console '(util|otlp)/[a-z_0-9/]+\.h|otel/(plugin|types|version)\.h|[a-z_/]+\.pb-c\.h'
for format in propagation b3 jaeger ottrace; do
	rule "plugins/$format" "util/(buf|str)\.h|otel/(plugin|types|version)\.h|plugins/(propagation|$format)/[a-z_0-9]+\.h"
done
rule plugins/jaeger_remote 'util/[a-z_0-9]+\.h|otel/(plugin|types|version)\.h|plugins/jaeger_remote/[a-z_0-9]+\.h|jansson\.h'
rule plugins/oauth2 'util/[a-z_0-9]+\.h|otlp/retry_after\.h|sdk/auth_url\.h|otel/(plugin|types|version)\.h|plugins/oauth2/[a-z_0-9]+\.h|jansson\.h'
rule tools/trace 'tools/trace/[a-z_0-9]+\.h|otel/version\.h'
# otel-c: what is shared knows no command, a command knows what is shared and itself; the sink does without the SDK.
inside="(util|api|config|plugin|sdk)/[a-z_0-9]+\.h|otel/(plugin|sdk)\.h|jansson\.h|$public|tools/otel-c/[a-z_0-9]+\.h"
for file in tools/otel-c/*.[ch]; do
	rule "$file" "$inside"
done
rule tools/otel-c/check "$inside|tools/otel-c/check/[a-z_0-9]+\.h"
rule tools/otel-c/config "$inside|tools/otel-c/config/[a-z_0-9]+\.h"
rule tools/otel-c/distros "$inside|tools/otel-c/(check|distros)/[a-z_0-9]+\.h"
rule tools/otel-c/doctor "$inside|(otlp|http|tools/(trace|otel-c/doctor))/[a-z_0-9]+\.h"
rule tools/otel-c/plugin "$inside|tools/otel-c/(check|plugin)/[a-z_0-9]+\.h"
rule tools/otel-c/send "$inside|(otlp/text|tools/otel-c/send)/[a-z_0-9]+\.h"
rule tools/otel-c/spool "$inside|(spool|tools/otel-c/spool)/[a-z_0-9]+\.h"
rule tools/otel-c/sink '(util|otlp/text|otlp/proto)/[a-z_0-9]+\.h|sdk/(request_items|split)\.h|otel/plugin\.h|tools/otel-c/(command|usage|sink/[a-z_0-9]+)\.h|jansson\.h|microhttpd\.h|nghttp2/nghttp2\.h|openssl/[a-z]+\.h|zlib\.h'
for example in examples/*/; do
	[ "$example" = examples/profiles/ ] && continue # no C in it
	[ "$example" = examples/acme-distro/ ] || rule "${example%/}" "otel/(memory|sdk)\.h|$public"
done
rule examples/acme-distro 'otel/plugin\.h' # as any vendor
exit "$failed"
