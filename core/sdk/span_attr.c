/* SPDX-License-Identifier: Apache-2.0
 *
 * span_attr.c - the calls on a span that set attributes by name. The short way of each is one function without calls,
 * so that it need not save registers. It ends in two long ones, whose arguments are where they were: of spans that this
 * thread does not own, and of attributes that are not short.
 */
#include "sdk/span.h"
#include "sdk/span_calls.h"
#include "sdk/span_short.h"

void span_set_attrs(struct otel_thread *th, otel_span span, const otel_attr *attrs, size_t count)
{
	struct span_thread *t = span_thread_peek(th);
	struct span_slot *slot = span_lock(t, span);

	if (!slot)
		return;
	record_set_all(span_thread_pool(t), slot->record, &slot->record->attrs, attrs, count);
	span_unlock(t, slot);
}

void span_set_str(struct otel_thread *th, otel_span span, const char *key, size_t key_len, const char *value,
		  size_t value_len)
{
	const otel_attr attr = {key, key_len, {.str = value}, value_len, OTEL_ATTR_STRING, 0};

	span_set_attrs(th, span, &attr, 1);
}

LONG_WAY void set_other_str(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len,
			    struct span_thread *t)
{
	if (span_may_record(span))
		span_set_str(t->owner, span, key, key_len, value, value_len);
}

LONG_WAY void set_long_str(enum short_result result, const char *key, size_t key_len, const char *value,
			   size_t value_len, struct span_thread *t)
{
	struct record *r = span_long_way(t, result);

	record_set_str(&t->pool, r, &r->attrs, key, key_len, value, value_len);
	inside_leave(t);
}

void span_call_set_str(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len, void *sdk)
{
	struct span_thread *t = sdk;
	struct span_slot *slot = span_lock_latest(t, span);
	struct short_key name;

	if (!SHORT_LIKELY(slot)) {
		if (!(span.id & OTEL_HANDLE_PASSIVE))
			set_other_str(span, key, key_len, value, value_len, t);
		return;
	}
	struct record *r = slot->record;
	enum short_result result = SHORT_NOT;
	if (SHORT_LIKELY(short_name(&name, key, key_len)))
		result = short_set_str(r, &r->attrs, SPAN_ATTR, &name, value, value_len);
	if (SHORT_LIKELY(result == SHORT_DONE))
		inside_leave(t);
	else
		set_long_str(result, key, key_len, value, value_len, t);
}

/* The same for values of one word: span_set_bool() and span_call_set_bool(), and so on. */
#define SPAN_SET(type, ctype, member, attr_type)                                                                       \
	void span_set_##type(struct otel_thread *th, otel_span span, const char *key, size_t key_len, ctype value)     \
	{                                                                                                              \
		const otel_attr attr = {key, key_len, {.member = value}, 0, attr_type, 0};                             \
                                                                                                                       \
		span_set_attrs(th, span, &attr, 1);                                                                    \
	}                                                                                                              \
                                                                                                                       \
	LONG_WAY void set_other_##type(otel_span span, const char *key, size_t key_len, ctype value,                   \
				       struct span_thread *t)                                                          \
	{                                                                                                              \
		if (span_may_record(span))                                                                             \
			span_set_##type(t->owner, span, key, key_len, value);                                          \
	}                                                                                                              \
                                                                                                                       \
	LONG_WAY void set_long_##type(enum short_result result, const char *key, size_t key_len, ctype value,          \
				      struct span_thread *t)                                                           \
	{                                                                                                              \
		struct record *r = span_long_way(t, result);                                                           \
                                                                                                                       \
		record_set_##type(&t->pool, r, &r->attrs, key, key_len, value);                                        \
		inside_leave(t);                                                                                       \
	}                                                                                                              \
                                                                                                                       \
	void span_call_set_##type(otel_span span, const char *key, size_t key_len, ctype value, void *sdk)             \
	{                                                                                                              \
		struct span_thread *t = sdk;                                                                           \
		struct span_slot *slot = span_lock_latest(t, span);                                                    \
		struct short_key name;                                                                                 \
                                                                                                                       \
		if (!SHORT_LIKELY(slot)) {                                                                             \
			if (!(span.id & OTEL_HANDLE_PASSIVE))                                                          \
				set_other_##type(span, key, key_len, value, t);                                        \
			return;                                                                                        \
		}                                                                                                      \
		struct record *r = slot->record;                                                                       \
		enum short_result result = SHORT_NOT;                                                                  \
		if (SHORT_LIKELY(short_name(&name, key, key_len)))                                                     \
			result = short_set_##type(r, &r->attrs, SPAN_ATTR, &name, value);                              \
		if (SHORT_LIKELY(result == SHORT_DONE))                                                                \
			inside_leave(t);                                                                               \
		else                                                                                                   \
			set_long_##type(result, key, key_len, value, t);                                               \
	}

SPAN_SET(bool, bool, b, OTEL_ATTR_BOOL)
SPAN_SET(int, int64_t, i, OTEL_ATTR_INT)
SPAN_SET(double, double, d, OTEL_ATTR_DOUBLE)
