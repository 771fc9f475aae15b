/* SPDX-License-Identifier: Apache-2.0
 *
 * span_calls.h - the calls of threads that have state here (contracts: struct otel_thread_calls, api/slot.h). `sdk` is
 * their struct span_thread.
 */
#ifndef OTEL_SDK_SPAN_CALLS_H
#define OTEL_SDK_SPAN_CALLS_H

#include "api/slot.h"

extern const struct otel_thread_calls span_calls;

/* False: of another issuer (counted as misuse), or of the API (which is all right). */
bool span_is_ours(otel_span span);

/* As span_is_ours(), but for one that never records, of which nothing need be known. */
static inline bool span_may_record(otel_span span)
{
	return !(span.id & OTEL_HANDLE_PASSIVE) && span_is_ours(span);
}

otel_span span_call_start_root(struct otel_tracer *tracer, const char *name, size_t name_len, void *sdk);
void span_call_end(otel_span span, uint64_t end_time_ns, void *sdk);
void span_call_set_str(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len, void *sdk);
void span_call_set_bool(otel_span span, const char *key, size_t key_len, bool value, void *sdk);
void span_call_set_int(otel_span span, const char *key, size_t key_len, int64_t value, void *sdk);
void span_call_set_double(otel_span span, const char *key, size_t key_len, double value, void *sdk);
void span_call_set_key_str(otel_span span, otel_key *key, const char *value, size_t value_len, void *sdk);
void span_call_set_key_bool(otel_span span, otel_key *key, bool value, void *sdk);
void span_call_set_key_int(otel_span span, otel_key *key, int64_t value, void *sdk);
void span_call_set_key_double(otel_span span, otel_key *key, double value, void *sdk);
void span_call_add_event(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs, size_t count,
			 void *sdk);

#endif
