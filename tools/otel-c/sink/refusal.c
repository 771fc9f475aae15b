/* SPDX-License-Identifier: Apache-2.0
 *
 * refusal.c - see the header.
 */
#include "tools/otel-c/sink/refusal.h"

#include <stdarg.h>
#include <stdio.h>

#include "otlp/text/value.h"

unsigned sink_refuse(struct otlp_fault *fault, unsigned status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(fault->text, sizeof fault->text, format, args);
	va_end(args);
	return status;
}

unsigned sink_refuse_showing(struct otlp_fault *fault, unsigned status, const char *what, const char *read,
			     const char *allowed)
{
	struct buf shown;

	if (!read)
		return sink_refuse(fault, status, "%s is missing; allowed: %s", what, allowed);
	buf_init(&shown, 2048);
	value_append_text(&shown, otlp_text_of(read), 80);
	sink_refuse(fault, status, "%s \"%s\" is not %s", what, buf_str(&shown), allowed);
	buf_fini(&shown);
	return status;
}

struct view sink_media_type(const char *content_type)
{
	struct view rest = view_of(content_type);
	struct view type = {NULL, 0};

	view_split(&rest, ';', &type);
	return view_trim(type);
}
