/* SPDX-License-Identifier: Apache-2.0
 *
 * span_support.h - reading back what the span side wrote, and a provider set up to write it.
 */
#ifndef TESTS_CORE_SDK_SPAN_SUPPORT_H
#define TESTS_CORE_SDK_SPAN_SUPPORT_H

#include "sdk/provider.h"
#include "sdk/record.h"
#include "util/wire.h"

/* ---- messages ---- */

struct msg {
	const uint8_t *p;
	size_t len;
};

/* The Span in a ScopeSpans.spans field; fails the test if anything in it is malformed or follows it. */
struct msg span_of(const void *entry, size_t len);

unsigned msg_count(struct msg m, uint32_t number);
/* The nth field of the number; fails the test if there is none. */
struct wire_field msg_field(struct msg m, uint32_t number, unsigned nth);
struct msg msg_sub(struct msg m, uint32_t number, unsigned nth);
/* VARINT or FIXED; 0 if absent. */
uint64_t msg_number(struct msg m, uint32_t number);
/* A string field, in one of a few static buffers; "" if absent. */
const char *msg_text(struct msg m, uint32_t number);

/* An attribute's value as text: "s", 1, 1.5, true, x'00ff', ["a", null], null; "absent"; fails the test if the key is
 * there twice. number: 9 in spans, 3 in events, 4 in links. */
const char *attr_text(struct msg m, uint32_t number, const char *key);
#define SPAN_ATTR_TEXT(span, key)   attr_text(span, 9, key)
#define EVENT_ATTR_TEXT(event, key) attr_text(event, 3, key)

/* The record, sealed and finished. tracestate NULL: none. */
struct record_bytes test_finish(struct record_pool *pool, struct record *r, const otel_span_context *context,
				const char *tracestate, uint64_t end_ns);

/* ---- a provider ---- */

extern struct otel_thread test_thread;
extern struct otel_tracer test_tracer;
extern _Atomic unsigned test_notified; /* calls of pipeline_notify() */

/* Default limits, the sampler of that name, a queue of 20,000 spans; counters at 0. */
void test_provider(const char *sampler);
void test_provider_with(const struct provider_options *options);
struct provider_options test_options(const char *sampler);

otel_span test_start(const char *name);
otel_span test_child(const char *name, otel_span parent);
otel_span test_under(const char *name, const otel_context *context);
void test_end(otel_span span);

/* Ended spans, in order; valid until the next call of it. */
size_t test_take(void);
struct msg test_span(size_t i);
uint32_t test_scope(size_t i);

/* The only ended span. */
struct msg test_only(void);

#define P (provider_table())
#define T (&test_thread)
/* A call as the API makes it: CALL(set_int, span, STR("key"), 1). */
#define CALL(name, ...) test_thread.calls->name(__VA_ARGS__, test_thread.sdk)
#define STR(s)          (s), sizeof(s) - 1

#endif
