/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_support.h - one sampler, opened by a host that knows its argument, and questions to it.
 */
#ifndef TESTS_CORE_SDK_SAMPLER_SUPPORT_H
#define TESTS_CORE_SDK_SAMPLER_SUPPORT_H

#include "sdk/sampling.h"

/* What the sampler logged since it was opened, a line each; info is not kept. */
extern char sampler_said[2048];

/* Opens it by name; NULL: open() answered OTEL_FAILED. The one before is closed. */
const otel_sampler *sampler_open(const char *name, const char *argument);
const otel_sampler *sampler_named(const char *name);
const char *sampler_description(void);
void *sampler_self(void);

struct ask {
	const char *parent; /* NULL: root; "remote" or "local", and "+" if sampled: "remote+" */
	const char *tracestate; /* of the parent */
	uint64_t random; /* the low 56 bits of the trace id */
	bool is_not_random; /* no random flag */
	const char *name;
	otel_span_kind kind;
	const otel_attr *attrs;
	size_t attr_count;
};

/* Asks the open sampler. */
otel_decision sampler_ask(const struct ask *ask);
#define ASK(...) sampler_ask(&(const struct ask){__VA_ARGS__})

/* The tracestate that the last answer leaves the span with; and how many attributes it gave it. */
const char *sampler_tracestate(void);
bool sampler_left_tracestate_alone(void);
size_t sampler_attr_count(void);
const otel_attr *sampler_attr(size_t i);

#endif
