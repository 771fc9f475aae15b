/* SPDX-License-Identifier: Apache-2.0
 *
 * span_key.c - the calls on a span that take a key handle, as those by name in span_attr.c.
 */
#include "sdk/record_place.h"
#include "sdk/span.h"
#include "sdk/span_lock.h"

#define LONG_WAY static __attribute__((noinline))

LONG_WAY void set_long_str(struct span_thread *t, struct record *r, otel_key *key, const char *value, size_t value_len)
{
	key_look_through(key);
	record_set_str(&t->pool, r, &r->attrs, key->name, key->len, value, value_len);
	inside_leave(t);
}

void span_set_key_str(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t value_len)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock_latest(t, span);
	struct short_key known;

	if (!SHORT_LIKELY(slot)) {
		span_set_str(th, span, key->name, key->len, value, value_len);
		return;
	}
	struct record *r = slot->record;
	if (SHORT_LIKELY(short_handle(&known, key) && short_set_str(r, &r->attrs, SPAN_ATTR, &known, value, value_len)))
		inside_leave(t);
	else
		set_long_str(t, r, key, value, value_len);
}

/* The same for values of one word: span_set_key_bool(), span_set_key_int(), span_set_key_double(). */
#define SPAN_SET_KEY(type, ctype)                                                                                      \
	LONG_WAY void set_long_##type(struct span_thread *t, struct record *r, otel_key *key, ctype value)             \
	{                                                                                                              \
		key_look_through(key);                                                                                 \
		record_set_##type(&t->pool, r, &r->attrs, key->name, key->len, value);                                 \
		inside_leave(t);                                                                                       \
	}                                                                                                              \
                                                                                                                       \
	void span_set_key_##type(struct otel_thread *th, otel_span span, otel_key *key, ctype value)                   \
	{                                                                                                              \
		struct span_thread *t = span_thread_peek(th);                                                          \
		struct span_slot *slot = span_lock_latest(t, span);                                                       \
		struct short_key known;                                                                                \
                                                                                                                       \
		if (!SHORT_LIKELY(slot)) {                                                                             \
			span_set_##type(th, span, key->name, key->len, value);                                         \
			return;                                                                                        \
		}                                                                                                      \
		struct record *r = slot->record;                                                                       \
		if (SHORT_LIKELY(short_handle(&known, key) &&                                                          \
				 short_set_##type(r, &r->attrs, SPAN_ATTR, &known, value)))                            \
			inside_leave(t);                                                                               \
		else                                                                                                   \
			set_long_##type(t, r, key, value);                                                             \
	}

SPAN_SET_KEY(bool, bool)
SPAN_SET_KEY(int, int64_t)
SPAN_SET_KEY(double, double)
