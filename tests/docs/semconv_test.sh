#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# semconv_test.sh SOURCE CC - the headers of otel/semconv/ are what their data file makes, go together with all other
# headers, and their constants are keys for OTEL_KEY.
set -euo pipefail
source=$1
cc=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"$source/scripts/semconv/generate.sh" "$tmp/semconv"
diff -r "$tmp/semconv" "$source/core/include/otel/semconv" || {
	echo "FAILED: run scripts/semconv/generate.sh core/include/otel/semconv"
	exit 1
}

headers=0
{
	echo '#include <otel/otel.h>'
	echo '#include <otel/memory.h>'
	echo '#include <otel/sdk.h>'
	echo '#include <otel/plugin.h>'
	for header in "$source"/core/include/otel/semconv/*.h; do
		echo "#include <otel/semconv/${header##*/}>"
	done
	cat <<'C'
OTEL_KEY(method, OTEL_HTTP_REQUEST_METHOD);
int main(void)
{
	otel_span span = otel_span_start(otel_tracer_get("t", "1", OTEL_SEMCONV_SCHEMA_URL), "s");
	otel_span_set_str_k(span, &method, OTEL_HTTP_REQUEST_METHOD_GET);
	otel_span_set_str(span, OTEL_HTTP_REQUEST_HEADER ".accept", "text/plain");
	otel_span_end(span);
	return method.len == sizeof("http.request.method") - 1 ? 0 : 1;
}
C
} >"$tmp/all.c"
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Werror -I"$source/core/include" -fsyntax-only "$tmp/all.c"
headers=$(grep -c semconv/ "$tmp/all.c")
echo "ok: $headers headers"
[ "$headers" -gt 50 ]
