/* SPDX-License-Identifier: Apache-2.0
 *
 * propagate.c - inject and extract: by the SDK's propagators, or W3C pass-through where a program asked for it.
 */
#include "api/carrier.h"
#include "api/current.h"
#include "api/span_handle.h"
#include "api/wake.h"

static atomic_bool w3c;

void otel_propagate_w3c(void)
{
	atomic_store_explicit(&w3c, true, memory_order_relaxed);
}

static void inject_w3c(const otel_context *context, const otel_carrier *carrier)
{
	otel_tracecontext_inject_v1(context, carrier);
	otel_baggage_inject_v1(context, carrier);
}

static otel_context *extract_w3c(otel_context *base, const otel_carrier *carrier)
{
	otel_context *traced = otel_tracecontext_extract_v1(base, carrier);
	otel_context *from = traced ? traced : base;
	otel_context *bagged = otel_baggage_extract_v1(from, carrier);

	if (!bagged)
		return traced ? traced : otel_context_ref(base);
	otel_context_unref(traced);
	return bagged;
}

void otel_inject(const otel_context *context, const otel_carrier *carrier)
{
	const struct otel_provider *provider = provider_or_wake();
	void (*inject)(const otel_context *, const otel_carrier *) = provider ? provider->inject : inject_w3c;
	struct otel_context room;
	const otel_context *current;

	if (!carrier || (!provider && !atomic_load_explicit(&w3c, memory_order_relaxed)))
		return;
	if (context) {
		inject(context, carrier);
		return;
	}
	current = current_look(thread_current(), &room);
	inject(current, carrier);
	current_leave(current, &room);
}

otel_context *otel_extract(otel_context *base, const otel_carrier *carrier)
{
	const struct otel_provider *provider = provider_or_wake();

	if (!carrier || (!provider && !atomic_load_explicit(&w3c, memory_order_relaxed)))
		return otel_context_ref(base);
	return provider ? provider->extract(base, carrier) : extract_w3c(base, carrier);
}

/* ---- responses ---- */

void otel_inject_response(const otel_carrier *carrier)
{
	const struct otel_provider *provider = provider_or_wake();
	struct otel_context room;
	const otel_context *current;

	if (!provider || !carrier_setter(carrier))
		return;
	if (provider->size < offsetof(struct otel_provider, inject_response) + sizeof(provider->inject_response) ||
	    !provider->inject_response)
		return;
	current = current_look(thread_current(), &room);
	/* What came in with the request is no news to who sent it. */
	if (current && span_context_is_valid(&current->span_context) && !current->span_context.is_remote)
		provider->inject_response(&current->span_context, carrier);
	current_leave(current, &room);
}

/* ---- fields ---- */

static const char *field_w3c(size_t index)
{
	static const char *const fields[] = {"traceparent", "tracestate", "baggage"};
	bool passes = atomic_load_explicit(&w3c, memory_order_relaxed);

	return passes && index < sizeof(fields) / sizeof(fields[0]) ? fields[index] : NULL;
}

const char *otel_propagation_field(size_t index)
{
	const struct otel_provider *provider = provider_or_wake();

	if (!provider)
		return field_w3c(index);
	if (provider->size < offsetof(struct otel_provider, field) + sizeof(provider->field) || !provider->field)
		return NULL;
	return provider->field(index);
}
