/* SPDX-License-Identifier: Apache-2.0
 *
 * traceparent.h - the traceparent header (W3C Trace Context Level 2, 3.2). Pure functions.
 */
#ifndef OTEL_API_TRACEPARENT_H
#define OTEL_API_TRACEPARENT_H

#include <otel/types.h>

#define TRACEPARENT_LEN 55

/* false, *out untouched: the header must be treated as absent. Blanks around the value are allowed. */
bool traceparent_parse(const char *text, size_t len, otel_span_context *out);

/* Version 00; terminated. */
void traceparent_format(char out[TRACEPARENT_LEN + 1], const otel_span_context *span_context);

#endif
