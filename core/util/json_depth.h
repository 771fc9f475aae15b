/* SPDX-License-Identifier: Apache-2.0
 *
 * json_depth.h - whether JSON from outside is nested deeper than its reader should follow, which recurses.
 */
#ifndef OTEL_UTIL_JSON_DEPTH_H
#define OTEL_UTIL_JSON_DEPTH_H

#include <stdbool.h>
#include <stddef.h>

static inline bool json_is_deeper(const char *text, size_t len, unsigned max)
{
	bool in_string = false;
	unsigned depth = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = text[i];
		if (c == '"')
			in_string = !in_string;
		else if (in_string && c == '\\')
			i++;
		else if (!in_string && (c == '{' || c == '['))
			depth++;
		else if (!in_string && (c == '}' || c == ']') && depth)
			depth--;
		if (depth > max)
			return true;
	}
	return false;
}

#endif
