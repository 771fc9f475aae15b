/* SPDX-License-Identifier: Apache-2.0
 *
 * place.c - see the header.
 */
#include "plugins/otlp_file/place.h"

#include <string.h>

static bool has(const char *pattern, char wanted)
{
	for (; (pattern = strchr(pattern, '%')); pattern += 2)
		if (pattern[1] == wanted)
			return true;
	return false;
}

const char *place_check(const char *pattern)
{
	const char *last = strrchr(pattern, '/');

	for (const char *at = pattern; (at = strchr(at, '%')); at += 2)
		if (!at[1] || !strchr("sp%", at[1]))
			return "% has to be followed by s (traces, metrics or logs), p (the process) or %";
	return *(last ? last + 1 : pattern) ? NULL : "it has to name a file";
}

bool place_tells_signal(const char *pattern)
{
	return has(pattern, 's');
}

void place_append(struct buf *out, const char *pattern, otel_signal signal, long pid)
{
	static const char *const signals[] = {
		[OTEL_SIGNAL_TRACES] = "traces", [OTEL_SIGNAL_METRICS] = "metrics", [OTEL_SIGNAL_LOGS] = "logs"};

	for (; *pattern; pattern++) {
		if (*pattern != '%')
			buf_append_char(out, *pattern);
		else if (*++pattern == 's')
			buf_append_str(out, signals[signal]);
		else if (*pattern == 'p')
			buf_printf(out, "%ld", pid);
		else
			buf_append_char(out, '%');
	}
}
