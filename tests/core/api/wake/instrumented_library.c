/* SPDX-License-Identifier: Apache-2.0
 *
 * instrumented_library.c - a library that uses libotel_api.so.1, in a program that may carry a copy of its own.
 */
#include <otel/otel.h>

OTEL_EXPORT uint64_t instrumented_start(void);
OTEL_EXPORT uint64_t instrumented_current(void);

uint64_t instrumented_start(void)
{
	return otel_span_start(otel_tracer("library", NULL), "child").id;
}

uint64_t instrumented_current(void)
{
	return otel_span_current().id;
}
