/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_provider.h - a provider that records nothing but what it was asked: spans are numbers, their contexts are made
 * from the number.
 */
#ifndef TEST_FAKE_PROVIDER_H
#define TEST_FAKE_PROVIDER_H

#include "api/slot.h"

#define FAKE_ISSUER 7

struct fake_calls {
	_Atomic unsigned started;
	_Atomic unsigned ended;
	_Atomic unsigned set;
	_Atomic unsigned events;
	_Atomic unsigned links;
	_Atomic unsigned statuses;
	_Atomic unsigned names;
	_Atomic unsigned exceptions;
	_Atomic unsigned injected;
	_Atomic unsigned extracted;
	_Atomic unsigned responses;
	_Atomic unsigned misuse;
};

extern struct fake_calls fake_calls;
extern const struct otel_provider fake_provider;

/* The last span_start's, as long as nobody starts another. */
extern otel_span fake_parent_span;
extern otel_span_context fake_parent_context;
extern char fake_parent_tracestate[64];
extern char fake_parent_baggage[64]; /* value of "k" */
extern otel_span_options fake_options;
extern char fake_name[64];
extern char fake_tracer[64];
extern const char *fake_stacktrace;
extern otel_span_context fake_served; /* of the last response */

/* Handles made before this are stale from now on. */
void fake_recycle(void);

otel_span_context fake_context_of(otel_span span);

#endif
