/* SPDX-License-Identifier: Apache-2.0
 *
 * own_slot.h - this copy's slot, read by every call: who provides, and whose thread block counts.
 */
#ifndef OTEL_API_OWN_SLOT_H
#define OTEL_API_OWN_SLOT_H

#include "api/slot.h"

#define HIDDEN      __attribute__((visibility("hidden")))
#define NOINLINE    __attribute__((noinline))
#define LIKELY(x)   __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

extern struct otel_slot own_slot HIDDEN;

static inline const struct otel_provider *provider_load(void)
{
	return atomic_load_explicit(&own_slot.provider, memory_order_acquire);
}

static inline uint8_t span_issuer(otel_span span)
{
	return (uint8_t)(span.id >> 56);
}

/* A call that made no sense. Asks the provider to count it, or counts it here before there is one. */
void misuse(void) __attribute__((cold));

/* Something was left out: no memory, or a limit. */
void dropped(void) __attribute__((cold));

/* The provider if the handle is its own. */
static inline const struct otel_provider *provider_of(otel_span span)
{
	const struct otel_provider *provider = provider_load();

	if (!provider)
		return NULL;
	if (LIKELY(span_issuer(span) == provider->issuer))
		return provider;
	if (UNLIKELY(span_issuer(span) != 0))
		misuse();
	return NULL;
}

/* The same for calls that change a span: NULL too if nothing is recorded. */
static inline const struct otel_provider *recorder_of(otel_span span)
{
	return span.id & OTEL_HANDLE_PASSIVE ? NULL : provider_of(span);
}

#endif
