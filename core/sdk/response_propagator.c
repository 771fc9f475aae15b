/* SPDX-License-Identifier: Apache-2.0
 *
 * response_propagator.c - the header "traceresponse" as the editors' draft of W3C Trace Context has it: like
 * traceparent, but with the span that served the request.
 */
#include <string.h>

#include "sdk/builtin_processors.h"
#include "util/str.h"

static const char *const fields[] = {"traceresponse", NULL};

static void inject(void *self, const otel_span_context *span, const otel_carrier *carrier)
{
	static const char form[] = "00-................................-................-..";
	const uint8_t flags = span->trace_flags & (OTEL_TRACE_FLAG_SAMPLED | OTEL_TRACE_FLAG_RANDOM);
	char value[sizeof(form)];

	(void)self;
	memcpy(value, form, sizeof(form));
	str_to_hex(value + 3, span->trace_id, 16);
	str_to_hex(value + 36, span->span_id, 8);
	str_to_hex(value + 53, &flags, 1);
	carrier->set(carrier->self, fields[0], value);
}

const otel_response_propagator response_traceresponse = {
	.component = {.size = sizeof(otel_response_propagator)},
	.fields = fields,
	.inject = inject,
};
