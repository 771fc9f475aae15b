/* SPDX-License-Identifier: Apache-2.0
 *
 * span_key.c - the calls on a span that take a key handle, as those by name in span_attr.c.
 */
#include "sdk/span.h"
#include "sdk/span_calls.h"
#include "sdk/span_short.h"
#include "sdk/stats.h"

/* NULL is for who asks to look at. */
static bool key_exists(const otel_key *key)
{
	if (!key)
		stats_add(&stats.misuse, 1);
	return key != NULL;
}

void span_set_key_str(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t value_len)
{
	if (key_exists(key))
		span_set_str(th, span, key->name, key->len, value, value_len);
}

LONG_WAY void set_other_str(otel_span span, otel_key *key, const char *value, size_t value_len, struct span_thread *t)
{
	if (span_may_record(span))
		span_set_key_str(t->owner, span, key, value, value_len);
}

LONG_WAY void set_long_str(enum short_result result, otel_key *key, const char *value, size_t value_len,
			   struct span_thread *t)
{
	struct record *r = span_long_way(t, result);

	if (key_exists(key)) {
		key_look_through(key);
		record_set_str(&t->pool, r, &r->attrs, key->name, key->len, value, value_len);
	}
	inside_leave(t);
}

void span_call_set_key_str(otel_span span, otel_key *key, const char *value, size_t value_len, void *sdk)
{
	struct span_thread *t = sdk;
	struct span_slot *slot = span_lock_latest(t, span);
	struct short_key known;

	if (!SHORT_LIKELY(slot)) {
		if (!(span.id & OTEL_HANDLE_PASSIVE))
			set_other_str(span, key, value, value_len, t);
		return;
	}
	struct record *r = slot->record;
	enum short_result result = SHORT_NOT;
	if (SHORT_LIKELY(short_handle(&known, key)))
		result = short_set_str(r, &r->attrs, SPAN_ATTR, &known, value, value_len);
	if (SHORT_LIKELY(result == SHORT_DONE))
		inside_leave(t);
	else
		set_long_str(result, key, value, value_len, t);
}

/* The same for values of one word: span_set_key_bool() and span_call_set_key_bool(), and so on. */
#define SPAN_SET_KEY(type, ctype)                                                                                      \
	void span_set_key_##type(struct otel_thread *th, otel_span span, otel_key *key, ctype value)                   \
	{                                                                                                              \
		if (key_exists(key))                                                                                   \
			span_set_##type(th, span, key->name, key->len, value);                                         \
	}                                                                                                              \
                                                                                                                       \
	LONG_WAY void set_other_##type(otel_span span, otel_key *key, ctype value, struct span_thread *t)              \
	{                                                                                                              \
		if (span_may_record(span))                                                                             \
			span_set_key_##type(t->owner, span, key, value);                                               \
	}                                                                                                              \
                                                                                                                       \
	LONG_WAY void set_long_##type(enum short_result result, otel_key *key, ctype value, struct span_thread *t)     \
	{                                                                                                              \
		struct record *r = span_long_way(t, result);                                                           \
                                                                                                                       \
		if (key_exists(key)) {                                                                                 \
			key_look_through(key);                                                                         \
			record_set_##type(&t->pool, r, &r->attrs, key->name, key->len, value);                         \
		}                                                                                                      \
		inside_leave(t);                                                                                       \
	}                                                                                                              \
                                                                                                                       \
	void span_call_set_key_##type(otel_span span, otel_key *key, ctype value, void *sdk)                           \
	{                                                                                                              \
		struct span_thread *t = sdk;                                                                           \
		struct span_slot *slot = span_lock_latest(t, span);                                                    \
		struct short_key known;                                                                                \
                                                                                                                       \
		if (!SHORT_LIKELY(slot)) {                                                                             \
			if (!(span.id & OTEL_HANDLE_PASSIVE))                                                          \
				set_other_##type(span, key, value, t);                                                 \
			return;                                                                                        \
		}                                                                                                      \
		struct record *r = slot->record;                                                                       \
		enum short_result result = SHORT_NOT;                                                                  \
		if (SHORT_LIKELY(short_handle(&known, key)))                                                           \
			result = short_set_##type(r, &r->attrs, SPAN_ATTR, &known, value);                             \
		if (SHORT_LIKELY(result == SHORT_DONE))                                                                \
			inside_leave(t);                                                                               \
		else                                                                                                   \
			set_long_##type(result, key, value, t);                                                        \
	}

SPAN_SET_KEY(bool, bool)
SPAN_SET_KEY(int, int64_t)
SPAN_SET_KEY(double, double)
