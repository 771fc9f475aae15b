/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_propagator.c - the propagator "xray": X-Amzn-Trace-Id to and from contexts.
 *
 * Lineage travels in the baggage under its own name. It is checked again on the way out: baggage can be written by
 * anybody, and what we write ends up in a header.
 */
#include "aws.h"

#include <string.h>

#include "xray_header.h"

#define LINEAGE "Lineage"

struct xray_propagator {
	const otel_host *host;
};

static otel_status xray_open(void *self, const otel_host *host, otel_setup *setup)
{
	(void)setup;
	((struct xray_propagator *)self)->host = host;
	return OTEL_OK;
}

static bool is_valid(const otel_span_context *sc)
{
	static const uint8_t zeros[16];
	return memcmp(sc->trace_id, zeros, sizeof sc->trace_id) != 0 &&
	       memcmp(sc->span_id, zeros, sizeof sc->span_id) != 0;
}

static void xray_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	const otel_host *host = ((struct xray_propagator *)self)->host;
	otel_span_context sc = host->context_span_context(context);
	struct xray_header header = {.sampled = sc.trace_flags & OTEL_TRACE_FLAG_SAMPLED};
	char text[XRAY_TEXT_SIZE];
	if (!carrier->set || !is_valid(&sc))
		return;
	memcpy(header.trace_id, sc.trace_id, sizeof header.trace_id);
	memcpy(header.span_id, sc.span_id, sizeof header.span_id);
	const char *lineage = host->baggage_value(host->context_baggage(context), LINEAGE);
	if (lineage && xray_lineage_is_valid(lineage, strlen(lineage)))
		strcpy(header.lineage, lineage);
	xray_header_format(&header, text);
	carrier->set(carrier->self, XRAY_HEADER_NAME, text);
}

/* The one value of the header; several contradict each other, so they count as none. */
static const char *only_value(const otel_carrier *carrier)
{
	if (!carrier->get || carrier->get(carrier->self, XRAY_HEADER_NAME, 1))
		return NULL;
	return carrier->get(carrier->self, XRAY_HEADER_NAME, 0);
}

/* Takes over the reference to context. */
static otel_context *with_lineage(const otel_host *host, otel_context *context, const char *lineage)
{
	otel_baggage *baggage = host->baggage_with(host->context_baggage(context), LINEAGE, lineage, NULL);
	otel_context *with = host->context_with_baggage(context, baggage);
	host->baggage_unref(baggage);
	host->context_unref(context);
	return with;
}

static otel_context *xray_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	const otel_host *host = ((struct xray_propagator *)self)->host;
	const char *text = only_value(carrier);
	struct xray_header header;
	if (!text || !xray_header_parse(text, strlen(text), &header))
		return NULL;
	otel_span_context sc = {.trace_flags = header.sampled ? OTEL_TRACE_FLAG_SAMPLED : 0, .is_remote = 1};
	memcpy(sc.trace_id, header.trace_id, sizeof sc.trace_id);
	memcpy(sc.span_id, header.span_id, sizeof sc.span_id);
	/* The header has no trace state: what a propagator before us found stays. */
	otel_context *context = host->context_with_span_context(base, &sc, host->context_tracestate(base));
	return header.lineage[0] ? with_lineage(host, context, header.lineage) : context;
}

static const char *const fields[] = {XRAY_HEADER_NAME, NULL};

const otel_propagator aws_xray_propagator = {
	.component = {.size = sizeof(otel_propagator), .state_size = sizeof(struct xray_propagator), .open = xray_open},
	.fields = fields,
	.inject = xray_inject,
	.extract = xray_extract,
};
