/* SPDX-License-Identifier: Apache-2.0
 *
 * provider_config.h - what the provider was set up with: an immutable block, replaced whole.
 */
#ifndef OTEL_SDK_PROVIDER_CONFIG_H
#define OTEL_SDK_PROVIDER_CONFIG_H

#include "sdk/id.h"
#include "sdk/provider.h"

struct provider_propagator {
	const otel_propagator *propagator;
	void *self;
};

struct provider_response {
	const otel_response_propagator *propagator;
	void *self;
};

struct provider_processor {
	const otel_span_processor *processor;
	void *self;
};

/* What becomes of root spans, where that is the same for all and no processor looks at them. */
enum provider_roots { ROOTS_DIFFER, ROOTS_DROPPED, ROOTS_SAMPLED };

struct provider_config {
	bool disabled;
	struct span_limits limits; /* records point to it, so blocks are never freed */
	const otel_sampler *sampler;
	void *sampler_self;
	int8_t fixed[3]; /* its decision for a root span, under a parent that is not sampled, and one that is; -1: ask */
	enum provider_roots roots;
	struct id_source ids;
	struct provider_propagator propagators[16];
	size_t propagator_count;
	struct provider_processor processors[16];
	size_t processor_count;
	struct provider_response responses[16];
	size_t response_count;
	const struct provider_config *previous;
};

/* NULL: not set up, or stopped. */
extern _Atomic(const struct provider_config *) provider_active;

static inline const struct provider_config *provider_config(void)
{
	return atomic_load_explicit(&provider_active, memory_order_acquire);
}

#endif
