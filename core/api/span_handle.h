/* SPDX-License-Identifier: Apache-2.0
 *
 * span_handle.h - from a handle to what it stands for: a provider's span, or an entry of the pass-through table.
 */
#ifndef OTEL_API_SPAN_HANDLE_H
#define OTEL_API_SPAN_HANDLE_H

#include "api/own_slot.h"
#include "api/passthrough.h"

static inline bool span_context_is_valid(const otel_span_context *sc)
{
	uint64_t words[3];

	memcpy(words, sc, sizeof(words));
	return (words[0] | words[1]) && words[2];
}

/* Fills *out, and *tracestate (may be NULL) with a reference or NULL. false, nothing filled: {0} or stale. */
static inline bool span_describe(struct otel_thread *th, otel_span span, otel_span_context *out,
				 struct otel_tracestate **tracestate)
{
	const struct otel_provider *provider;

	if (!span.id)
		return false;
	if (!span_issuer(span))
		return passthrough_context(span, out, tracestate);
	provider = provider_of(span);
	return provider && provider->span_context(th, span, out, tracestate);
}

#endif
