/* SPDX-License-Identifier: Apache-2.0
 *
 * span_attr.c - the calls on a span that set attributes by name. The short way of each is one function without calls,
 * so that it need not save registers. It ends in two long ones: of spans that this thread does not own, and of
 * attributes that are not short; the latter finds the slot in `inside`.
 */
#include "sdk/record_place.h"
#include "sdk/span.h"
#include "sdk/span_lock.h"

#define LONG_WAY static __attribute__((noinline))

void span_set_attrs(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_all(span_thread_pool(t), slot->record, &slot->record->attrs, attrs, count);
	span_unlock(t, slot);
}

LONG_WAY void set_foreign_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len,
			      const char *value, size_t value_len)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_slot_lock(t, span);

	if (!slot)
		return;
	record_set_str(span_thread_pool(t), slot->record, &slot->record->attrs, key, key_len, value, value_len);
	span_slot_unlock(t, slot);
}

LONG_WAY void set_long_str(struct span_thread *t, struct record *r, const char *key, size_t key_len, const char *value,
			   size_t value_len)
{
	record_set_str(&t->pool, r, &r->attrs, key, key_len, value, value_len);
	inside_leave(t);
}

void span_set_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
		  size_t value_len)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock_latest(t, span);
	struct short_key name;

	if (!SHORT_LIKELY(slot)) {
		set_foreign_str(th, span, key, key_len, value, value_len);
		return;
	}
	struct record *r = slot->record;
	if (SHORT_LIKELY(short_name(&name, key, key_len) &&
			 short_set_str(r, &r->attrs, SPAN_ATTR, &name, value, value_len)))
		inside_leave(t);
	else
		set_long_str(t, r, key, key_len, value, value_len);
}

/* The same for values of one word: span_set_bool(), span_set_int(), span_set_double(). */
#define SPAN_SET(type, ctype)                                                                                          \
	LONG_WAY void set_foreign_##type(struct otel_thread *th, otel_span span, const char *key, size_t key_len,      \
					 ctype value)                                                                  \
	{                                                                                                              \
		struct span_thread *t = span_thread_peek(th);                                                          \
		struct span_slot *slot = span_slot_lock(t, span);                                                      \
                                                                                                                       \
		if (!slot)                                                                                             \
			return;                                                                                        \
		record_set_##type(span_thread_pool(t), slot->record, &slot->record->attrs, key, key_len, value);       \
		span_slot_unlock(t, slot);                                                                             \
	}                                                                                                              \
                                                                                                                       \
	LONG_WAY void set_long_##type(struct span_thread *t, struct record *r, const char *key, size_t key_len,        \
				      ctype value)                                                                     \
	{                                                                                                              \
		record_set_##type(&t->pool, r, &r->attrs, key, key_len, value);                                        \
		inside_leave(t);                                                                                       \
	}                                                                                                              \
                                                                                                                       \
	void span_set_##type(struct otel_thread *th, otel_span span, const char *key, size_t key_len, ctype value)     \
	{                                                                                                              \
		struct span_thread *t = span_thread_peek(th);                                                          \
		struct span_slot *slot = span_lock_latest(t, span);                                                       \
		struct short_key name;                                                                                 \
                                                                                                                       \
		if (!SHORT_LIKELY(slot)) {                                                                             \
			set_foreign_##type(th, span, key, key_len, value);                                             \
			return;                                                                                        \
		}                                                                                                      \
		struct record *r = slot->record;                                                                       \
		if (SHORT_LIKELY(short_name(&name, key, key_len) &&                                                    \
				 short_set_##type(r, &r->attrs, SPAN_ATTR, &name, value)))                             \
			inside_leave(t);                                                                               \
		else                                                                                                   \
			set_long_##type(t, r, key, key_len, value);                                                    \
	}

SPAN_SET(bool, bool)
SPAN_SET(int, int64_t)
SPAN_SET(double, double)
