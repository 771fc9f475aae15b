/* SPDX-License-Identifier: Apache-2.0
 *
 * tracecontext.c - the W3C Trace Context propagator: traceparent and tracestate.
 */
#include "api/carrier.h"
#include "api/context_block.h"
#include "api/span_handle.h"
#include "api/traceparent.h"
#include "api/tracestate.h"

void otel_tracecontext_inject_v1(const otel_context *context, const otel_carrier *carrier)
{
	carrier_set_fn *set = carrier_setter(carrier);
	char traceparent[TRACEPARENT_LEN + 1];
	char cut[TRACESTATE_SENT_MAX + 1];
	const char *tracestate;

	if (!set || !context || !span_context_is_valid(&context->span_context))
		return;
	traceparent_format(traceparent, &context->span_context);
	set(carrier->self, "traceparent", traceparent);
	tracestate = context->tracestate ? tracestate_sent(context->tracestate, cut) : "";
	if (*tracestate)
		set(carrier->self, "tracestate", tracestate);
}

otel_context *otel_tracecontext_extract_v1(otel_context *base, const otel_carrier *carrier)
{
	carrier_get_fn *get = carrier_getter(carrier);
	const char *traceparent = get ? get(carrier->self, "traceparent", 0) : NULL;
	otel_span_context span_context;

	if (!traceparent || !traceparent_parse(traceparent, strlen(traceparent), &span_context))
		return NULL;
	/* Two headers: nobody knows which is right. */
	if (get(carrier->self, "traceparent", 1))
		return NULL;
	return context_with_remote(base, &span_context, tracestate_read(carrier));
}
