/* SPDX-License-Identifier: Apache-2.0
 *
 * record_key.c - attributes by key handle: hashed and looked through once, at the first use.
 */
#include "sdk/record_place.h"

/* In a handle's cache; 0: not looked at yet. The hash itself is kept with both bits set. */
#define CACHE_IS_HASH 3u
#define CACHE_BY_NAME 1u /* not ASCII, or too long: the long way each time */

static __attribute__((noinline, cold)) uint64_t look_through(otel_key *key)
{
	uint64_t seen = UINT64_MAX, hash = 0, cache = CACHE_BY_NAME;

	if (key->name && key->len && key->len <= ATTR_SHORT)
		hash = key_hash(key->name, key->len, &seen);
	if (!(seen & 0x8080808080808080u))
		cache = hash | CACHE_IS_HASH;
	__atomic_store_n(&key->cache, cache, __ATOMIC_RELAXED);
	return cache;
}

/* NULL: by name. */
static inline uint8_t *place_key(struct record *r, otel_key *key, size_t size)
{
	uint64_t cache = __atomic_load_n(&key->cache, __ATOMIC_RELAXED);

	if (!cache)
		cache = look_through(key);
	if ((cache & CACHE_IS_HASH) != CACHE_IS_HASH)
		return NULL;
	return attr_place_short(r, &r->attrs, key->name, key->len, cache, size);
}

void record_set_key_str(struct record_pool *pool, struct record *r, otel_key *key, const char *value, size_t value_len)
{
	uint8_t *p = NULL;

	if (value && value_len <= ATTR_SHORT && value_len <= r->limits->attr_value_len &&
	    text_is_ascii(value, value_len))
		p = place_key(r, key, 2 + value_len);
	if (p)
		attr_put_short_str(p, value, value_len);
	else
		record_set_str(pool, r, &r->attrs, key->name, key->len, value, value_len);
}

void record_set_key_bool(struct record_pool *pool, struct record *r, otel_key *key, bool value)
{
	uint8_t *p = place_key(r, key, 2);

	if (!p) {
		record_set_bool(pool, r, &r->attrs, key->name, key->len, value);
		return;
	}
	*p++ = ANY_BOOL;
	*p = value;
}

void record_set_key_int(struct record_pool *pool, struct record *r, otel_key *key, int64_t value)
{
	uint8_t *p = place_key(r, key, 1 + wire_varint_size((uint64_t)value));

	if (!p) {
		record_set_int(pool, r, &r->attrs, key->name, key->len, value);
		return;
	}
	*p++ = ANY_INT;
	wire_put_varint(p, (uint64_t)value);
}

void record_set_key_double(struct record_pool *pool, struct record *r, otel_key *key, double value)
{
	uint8_t *p = place_key(r, key, 1 + 8);
	uint64_t bits;

	if (!p) {
		record_set_double(pool, r, &r->attrs, key->name, key->len, value);
		return;
	}
	memcpy(&bits, &value, sizeof bits);
	*p++ = ANY_DOUBLE;
	wire_put_fixed64(p, bits);
}
