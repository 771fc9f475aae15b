#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# generate.sh DIRECTORY - writes the headers of otel/semconv/ from attributes.tsv: one for each area, and schema.h.
#     scripts/semconv/generate.sh core/include/otel/semconv
set -eu
data=$(dirname "$0")/attributes.tsv
out=${1:?usage: generate.sh DIRECTORY}
mkdir -p "$out"

awk -F '\t' -v out="$out" '
function macro(name) {
	name = toupper(name)
	gsub(/[^A-Z0-9]/, "_", name)
	return "OTEL_" name
}
function define(name, value) {
	if (name in defined) {
		printf "%s is defined twice: %s and %s\n", name, defined[name], value > "/dev/stderr"
		failed = 1
	}
	defined[name] = value
	printf "#define %s %s\n", name, value > file
}
function open_header(area,    guard) {
	file = out "/" area ".h"
	guard = "OTEL_SEMCONV_" toupper(area) "_H"
	printf "/* SPDX-License-Identifier: Apache-2.0\n *\n" > file
	printf " * otel/semconv/%s.h - names of the semantic conventions: keys of attributes, and their values. Generated from\n", area > file
	printf " * scripts/semconv/attributes.tsv; after each key: its type and stability.\n */\n" > file
	printf "#ifndef %s\n#define %s\n", guard, guard > file
}
function close_header() {
	if (file == "")
		return
	printf "\n#endif\n" > file
	close(file)
}
/^#/ { next }
$1 != area { close_header(); area = $1; open_header(area) }
{
	printf "\n/* %s, %s */\n", $3, $4 > file
	define(macro($2), "\"" $2 "\"")
	count = split($5, values, ",")
	for (i = 1; i <= count; i++) {
		at = index(values[i], "=")
		value = substr(values[i], at + 1)
		define(macro($2 "." substr(values[i], 1, at - 1)), $3 == "int" ? value : "\"" value "\"")
	}
}
END { close_header(); exit failed }
' "$data"

version=$(sed -n '1s/.*conventions \([0-9.]*\):.*/\1/p' "$data")
cat >"$out/schema.h" <<TEXT
/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/schema.h - which semantic conventions these headers follow. Generated from scripts/semconv/attributes.tsv.
 */
#ifndef OTEL_SEMCONV_SCHEMA_H
#define OTEL_SEMCONV_SCHEMA_H

#define OTEL_SEMCONV_VERSION "$version"

/* For otel_tracer_get() and otel_tracer_with(). */
#define OTEL_SEMCONV_SCHEMA_URL "https://opentelemetry.io/schemas/$version"

#endif
TEXT
