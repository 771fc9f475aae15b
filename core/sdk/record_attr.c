/* SPDX-License-Identifier: Apache-2.0
 *
 * record_attr.c - attributes of a span, event or link: appended as KeyValue, each key once, the last value wins.
 */
#include <stdlib.h>

#include "sdk/any_value.h"
#include "sdk/record_place.h"
#include "sdk/stats.h"

/* ---- which keys are there ---- */

void attr_list_note(struct attr_list *list, const char *key, size_t key_len)
{
	if (key_len)
		bloom_add(list, key_mark(key, key_len));
	list->count++;
}

static bool key_is_at(const struct record *r, uint32_t payload, const struct attr_key *key)
{
	const uint8_t *p = r->data + payload + 1; /* KeyValue.key comes first: its length */
	size_t len = *p & 0x7f;

	for (unsigned shift = 7; *p++ & 0x80; shift += 7)
		len |= (size_t)(*p & 0x7f) << shift;
	return len == key->len && !memcmp(p, key->ptr, len);
}

/* Offset of the attribute of this key, 0 if there is none. */
static __attribute__((noinline)) uint32_t find(const struct record *r, const struct attr_list *list,
					       const struct attr_key *key)
{
	uint32_t len, payload;

	for (uint32_t at = list->start; at < r->len; at += len) {
		len = record_field(r, at, &payload);
		if (r->data[at] == list->tag && key_is_at(r, payload, key))
			return at;
	}
	return 0;
}

/* ---- where a value goes ---- */

static __attribute__((noinline, cold)) uint8_t *drop(struct attr_list *list)
{
	list->dropped++;
	return NULL;
}

/* The value's place if the key is there with an attribute of the same length; otherwise that becomes filler. */
static uint8_t *overwrite(struct record *r, struct attr_list *list, const struct attr_key *key, size_t whole,
			  size_t size)
{
	const uint32_t at = find(r, list, key);
	uint32_t payload;

	if (!at)
		return NULL;
	if (record_field(r, at, &payload) == whole)
		return r->data + at + whole - size;
	list->dead += record_kill(r, at);
	list->count--;
	return NULL;
}

/* Where to write an AnyValue of `size` bytes under the key; NULL: dropped and counted. */
static uint8_t *place(struct record_pool *pool, struct record *r, struct attr_list *list, const struct attr_key *key,
		      size_t size)
{
	const size_t pair = wire_len_size(key->len) + wire_len_size(size);
	const size_t whole = wire_len_size(pair);
	uint8_t *p;

	if (bloom_has(list, key->mark)) {
		p = overwrite(r, list, key, whole, size);
		if (p)
			return p;
	}
	if (list->count >= list->limit || !record_reserve(pool, r, whole))
		return drop(list);

	p = r->data + r->len;
	p = wire_put_len_head(p, list->tag, pair);
	p = text_put_field(p, KEY_VALUE_KEY, key->ptr, key->len);
	p = wire_put_len_head(p, KEY_VALUE_VALUE, size);

	r->len += (uint32_t)whole;
	list->count++;
	bloom_add(list, key->mark);
	return p;
}

/* ---- values ---- */

static bool is_done(struct record *r, struct attr_list *list, enum short_result result)
{
	if (result == SHORT_NOT_ASCII)
		short_take_back(r, list);
	return result == SHORT_DONE;
}

static void put_str(struct record_pool *pool, struct record *r, struct attr_list *list, const struct attr_key *key,
		    const char *value, size_t len)
{
	uint8_t *p = place(pool, r, list, key, wire_len_size(len));

	if (p)
		text_put_field(p, ANY_STRING, value, len);
}

static __attribute__((noinline, cold)) void put_unclean_str(struct record_pool *pool, struct record *r,
							    struct attr_list *list, const struct attr_key *key,
							    const char *value, size_t len)
{
	char *clean = text_clean(value, len, &len);

	if (clean)
		put_str(pool, r, list, key, clean, text_limit(clean, len, r->limits->attr_value_len));
	else
		drop(list);
	free(clean);
}

static __attribute__((noinline)) void set_any_str(struct record_pool *pool, struct record *r, struct attr_list *list,
						  const char *key_ptr, size_t key_len, const char *value,
						  size_t value_len)
{
	struct attr_key key;

	if (!attr_key_make(&key, key_ptr, key_len))
		return;
	const size_t len = value ? text_limit(value, value_len, r->limits->attr_value_len) : 0;
	if (!value)
		place(pool, r, list, &key, 0);
	else if (len > RECORD_MAX_BYTES)
		drop(list);
	else if (text_is_clean(value, len))
		put_str(pool, r, list, &key, value, len);
	else
		put_unclean_str(pool, r, list, &key, value, len);
	attr_key_free(&key);
}

void record_set_str(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key, size_t key_len,
		    const char *value, size_t value_len)
{
	struct short_key name;

	if (!short_name(&name, key, key_len) ||
	    !is_done(r, list, short_set_str(r, list, list->tag, &name, value, value_len)))
		set_any_str(pool, r, list, key, key_len, value, value_len);
}

/* As place(), from what the caller named. */
static __attribute__((noinline)) uint8_t *place_named(struct record_pool *pool, struct record *r,
						      struct attr_list *list, const char *ptr, size_t len, size_t size)
{
	struct attr_key key;

	if (!attr_key_make(&key, ptr, len))
		return NULL;
	uint8_t *p = place(pool, r, list, &key, size);
	attr_key_free(&key);
	return p;
}

void record_set_bool(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key,
		     size_t key_len, bool value)
{
	struct short_key name;

	if (short_name(&name, key, key_len) && is_done(r, list, short_set_bool(r, list, list->tag, &name, value)))
		return;
	uint8_t *p = place_named(pool, r, list, key, key_len, 1 + 1);
	if (!p)
		return;
	*p++ = ANY_BOOL;
	*p = value;
}

void record_set_int(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key, size_t key_len,
		    int64_t value)
{
	struct short_key name;

	if (short_name(&name, key, key_len) && is_done(r, list, short_set_long_int(r, list, &name, value)))
		return;
	uint8_t *p = place_named(pool, r, list, key, key_len, 1 + wire_varint_size((uint64_t)value));
	if (!p)
		return;
	*p++ = ANY_INT;
	wire_put_varint(p, (uint64_t)value);
}

void record_set_double(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key,
		       size_t key_len, double value)
{
	struct short_key name;
	uint64_t bits;

	if (short_name(&name, key, key_len) && is_done(r, list, short_set_double(r, list, list->tag, &name, value)))
		return;
	uint8_t *p = place_named(pool, r, list, key, key_len, 1 + 8);
	if (!p)
		return;
	memcpy(&bits, &value, sizeof bits);
	*p++ = ANY_DOUBLE;
	wire_put_fixed64(p, bits);
}

static void put_value(struct record_pool *pool, struct record *r, struct attr_list *list, const struct attr_key *key,
		      const otel_attr *attr)
{
	const uint32_t limit = r->limits->attr_value_len;
	const size_t size = attr_value_size(attr, limit);
	uint8_t *p = NULL;

	if (size == ATTR_TOO_LARGE)
		drop(list);
	else
		p = place(pool, r, list, key, size);
	if (p)
		attr_value_put(p, attr, limit);
}

static __attribute__((noinline, cold)) void put_unclean(struct record_pool *pool, struct record *r,
							struct attr_list *list, const struct attr_key *key,
							const otel_attr *attr)
{
	otel_attr clean;
	void *owned;

	if (attr_clean(attr, r->limits->attr_value_len, &clean, &owned))
		put_value(pool, r, list, key, &clean);
	else
		drop(list);
	free(owned);
}

/* Byte strings and arrays. */
static void set_long(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attr)
{
	const uint32_t limit = r->limits->attr_value_len;
	struct attr_key key;

	if (!attr_key_make(&key, attr->key, attr->key_len))
		return;
	if (attr_value_size(attr, limit) != ATTR_TOO_LARGE && !attr_is_clean(attr, limit))
		put_unclean(pool, r, list, &key, attr);
	else
		put_value(pool, r, list, &key, attr);
	attr_key_free(&key);
}

static void set_nested(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attr)
{
	struct buf value;

	buf_init(&value, RECORD_MAX_BYTES);
	if (any_value_encode(&value, attr, r->limits->attr_value_len, r->limits->attr_depth)) {
		uint8_t *p = place_named(pool, r, list, attr->key, attr->key_len, value.len);
		if (p)
			wire_put_bytes(p, value.data, value.len);
	} else {
		drop(list);
	}
	buf_fini(&value);
}

void record_set(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attr)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING:
		record_set_str(pool, r, list, attr->key, attr->key_len, attr->value.str, attr->count);
		return;
	case OTEL_ATTR_BOOL:
		record_set_bool(pool, r, list, attr->key, attr->key_len, attr->value.b);
		return;
	case OTEL_ATTR_INT:
		record_set_int(pool, r, list, attr->key, attr->key_len, attr->value.i);
		return;
	case OTEL_ATTR_DOUBLE:
		record_set_double(pool, r, list, attr->key, attr->key_len, attr->value.d);
		return;
	case OTEL_ATTR_BYTES:
	case OTEL_ATTR_STRING_ARRAY:
	case OTEL_ATTR_BOOL_ARRAY:
	case OTEL_ATTR_INT_ARRAY:
	case OTEL_ATTR_DOUBLE_ARRAY:
		set_long(pool, r, list, attr);
		return;
	case OTEL_ATTR_ARRAY:
	case OTEL_ATTR_MAP:
		set_nested(pool, r, list, attr);
		return;
	case OTEL_ATTR_EMPTY:
		place_named(pool, r, list, attr->key, attr->key_len, 0);
		return;
	default:
		stats_add(&stats.misuse, 1);
	}
}

void record_set_all(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attrs,
		    size_t count)
{
	for (size_t i = 0; attrs && i < count; i++)
		record_set(pool, r, list, &attrs[i]);
}
