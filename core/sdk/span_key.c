/* SPDX-License-Identifier: Apache-2.0
 *
 * span_key.c - the calls on a span that take a key handle.
 */
#include "sdk/span.h"
#include "sdk/span_lock.h"

void span_set_key_str(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t value_len)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_key_str(span_thread_pool(t), slot->record, key, value, value_len);
	span_unlock(t, slot);
}

void span_set_key_bool(struct otel_thread *th, otel_span span, otel_key *key, bool value)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_key_bool(span_thread_pool(t), slot->record, key, value);
	span_unlock(t, slot);
}

void span_set_key_int(struct otel_thread *th, otel_span span, otel_key *key, int64_t value)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_key_int(span_thread_pool(t), slot->record, key, value);
	span_unlock(t, slot);
}

void span_set_key_double(struct otel_thread *th, otel_span span, otel_key *key, double value)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_key_double(span_thread_pool(t), slot->record, key, value);
	span_unlock(t, slot);
}
