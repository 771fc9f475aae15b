/* SPDX-License-Identifier: Apache-2.0
 *
 * span_library.c - a library that makes spans, and is closed by its program. Every name in it goes with it.
 */
#include <otel/otel.h>

OTEL_EXPORT otel_span library_work(void);

otel_span library_work(void)
{
	static const char name[] = "in the library", key[] = "library.key";
	struct otel_tracer *tracer = otel_tracer("span_library", "1.2.3");

	{
		OTEL_SPAN(span, tracer, name);
		otel_span_set_str(span, key, "value");
	}
	return otel_span_start(tracer, name);
}
