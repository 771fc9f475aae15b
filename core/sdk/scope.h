/* SPDX-License-Identifier: Apache-2.0
 *
 * scope.h - instrumentation scopes of the provider: at most 4096, number 0 is the unnamed overflow scope.
 */
#ifndef OTEL_SDK_SCOPE_H
#define OTEL_SDK_SCOPE_H

#include "api/slot.h"

uint32_t scope_find(struct otel_tracer *tracer);

/* The number of a tracer's scope, interned on first use and cached in the tracer. Any thread. */
static inline uint32_t scope_of(struct otel_tracer *tracer)
{
	const uint32_t cached = atomic_load_explicit(&tracer->scope, memory_order_relaxed);

	return __builtin_expect(cached != 0, 1) ? cached - 1 : scope_find(tracer);
}

/* The scope encoded as ScopeSpans fields 1 (scope) and 3 (schema_url), ready to stand before or after the spans.
 * Valid for ever. */
struct scope_bytes {
	const uint8_t *scope; /* field 1: tag, length, InstrumentationScope */
	size_t scope_len;
	const uint8_t *schema; /* field 3, may be empty */
	size_t schema_len;
};
struct scope_bytes scope_encoded(uint32_t number);

void scope_fork_prepare(void);
void scope_fork_parent(void);
void scope_fork_child(void);

#endif
