/* SPDX-License-Identifier: Apache-2.0
 *
 * record_place.h - attributes that are short, plain ASCII and new, as nearly all are. All of it inline, from the call
 * on the span down to the bytes. The rest is record_attr.c's.
 */
#ifndef OTEL_SDK_RECORD_PLACE_H
#define OTEL_SDK_RECORD_PLACE_H

#include "sdk/record.h"

#define SHORT_INLINE    static inline __attribute__((always_inline))
#define SHORT_LIKELY(x) __builtin_expect(!!(x), 1)

/* ---- which keys are there ---- */

/* bts takes its lower six bits. */
static inline uint64_t bloom_bit(uint64_t mark)
{
	return mark >> 55;
}

static inline uint64_t *bloom_word(struct attr_list *list, uint64_t mark)
{
	return &list->bloom[mark >> 61];
}

static inline bool bloom_has(struct attr_list *list, uint64_t mark)
{
	return *bloom_word(list, mark) >> (bloom_bit(mark) & 63) & 1;
}

/* False: it was there. */
static inline bool bloom_add(struct attr_list *list, uint64_t mark)
{
	uint64_t *word = bloom_word(list, mark);
	bool was;

#if defined(__x86_64__) /* one instruction, which compilers do not find */
	uint64_t bits = *word;
	__asm__("btsq %2, %0" : "+r"(bits), "=@ccc"(was) : "r"(bloom_bit(mark)));
	*word = bits;
#else
	was = *word >> (bloom_bit(mark) & 63) & 1;
	*word |= (uint64_t)1 << (bloom_bit(mark) & 63);
#endif
	return !was;
}

/* ---- short attributes ---- */

#define ATTR_SHORT 127 /* every length in it takes one byte */

/* One of 1 to ATTR_SHORT bytes. */
struct short_key {
	const char *ptr;
	size_t len;
	uint64_t mark;
	bool is_ascii; /* known to be */
};

/* A field whose whole length is `inner` and `more`, and the tag and length of the first in it: four bytes in one store,
 * for what is stored in pieces cannot be copied on in greater ones at once. */
SHORT_INLINE void short_put_heads(uint8_t *p, uint32_t tag, uint32_t inner_tag, size_t inner, size_t more)
{
	wire_put_fixed32(p, (tag | inner_tag << 16) + (uint32_t)inner * 0x01000100u + ((uint32_t)more << 8));
}

/* Where the AnyValue of `size` bytes is to be written; NULL: it is not short, perhaps there already, or there is no
 * room. Counts are settled at once, so that nothing of this has to be remembered while bytes are copied. *seen is 0 if
 * the key is ASCII. */
SHORT_INLINE uint8_t *short_begin(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				  size_t size, uint64_t *seen)
{
	const size_t pair = 4 + key->len + size;

	/* The key first, and done with: what is left has registers enough. One that is not set after all costs a look. */
	if (!SHORT_LIKELY(bloom_add(list, key->mark)))
		return NULL;
	atomic_signal_fence(memory_order_seq_cst);
	const uint32_t at = r->len, end = at + 2 + (uint32_t)pair;
	if (!SHORT_LIKELY(pair <= ATTR_SHORT && end < r->cap && list->count < list->limit))
		return NULL;

	uint8_t *p = r->data + at;
	list->count++;
	r->len = end;
	short_put_heads(p, tag, KEY_VALUE_KEY, key->len, 4 + size);
	*seen = text_put_seen(p + 4, key->ptr, key->len);
	if (key->is_ascii)
		*seen = 0;
	return p + 4 + key->len;
}

/* False if something was not ASCII: takes back what short_begin() did. */
SHORT_INLINE bool short_end(struct record *r, struct attr_list *list, const struct short_key *key, size_t size,
			    uint64_t seen)
{
	if (SHORT_LIKELY(!seen))
		return true;
	r->len -= (uint32_t)(6 + key->len + size);
	list->count--;
	return false;
}

/* Each of these: false if it has to be done by record_attr.c. tag is that of the list. */

SHORT_INLINE bool short_set_str(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				const char *value, size_t len)
{
	uint64_t seen;

	if (!SHORT_LIKELY(value && len <= r->limits->attr_value_len))
		return false;
	uint8_t *p = short_begin(r, list, tag, key, 2 + len, &seen);
	if (!SHORT_LIKELY(p))
		return false;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_STRING, len, 2);
	seen |= text_put_seen(p + 4, value, len);
	return short_end(r, list, key, 2 + len, seen);
}

SHORT_INLINE bool short_set_bool(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				 bool value)
{
	uint64_t seen;
	uint8_t *p = short_begin(r, list, tag, key, 1 + 1, &seen);

	if (!SHORT_LIKELY(p))
		return false;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_BOOL, 0, 1 + 1);
	p[3] = value;
	return short_end(r, list, key, 1 + 1, seen);
}

/* One byte or two, in one store of two: there is room for one more than is needed. */
SHORT_INLINE void short_put_varint(uint8_t *p, uint64_t value)
{
	const uint64_t more = value >= 0x80;

	p[0] = (uint8_t)((value & 0x7f) | more << 7);
	p[1] = (uint8_t)(value >> 7);
}

/* Codes, counts and ports have one byte or two: nothing to divide. */
SHORT_INLINE bool short_set_int(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				int64_t signed_value)
{
	const uint64_t value = (uint64_t)signed_value;
	const size_t size = 1 + (value < 0x4000 ? 1 + (value >= 0x80) : wire_varint_size(value));
	uint64_t seen;
	uint8_t *p = short_begin(r, list, tag, key, size, &seen);

	if (!SHORT_LIKELY(p))
		return false;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_INT, 0, size);
	if (SHORT_LIKELY(value < 0x4000))
		short_put_varint(p + 3, value);
	else
		wire_put_varint(p + 3, value);
	return short_end(r, list, key, size, seen);
}

SHORT_INLINE bool short_set_double(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				   double value)
{
	uint64_t bits, seen;
	uint8_t *p = short_begin(r, list, tag, key, 1 + 8, &seen);

	if (!SHORT_LIKELY(p))
		return false;
	memcpy(&bits, &value, sizeof bits);
	short_put_heads(p, KEY_VALUE_VALUE, ANY_DOUBLE, 0, 1 + 8);
	wire_put_fixed64(p + 3, bits);
	return short_end(r, list, key, 1 + 8, seen);
}

/* ---- their keys: by name, by handle; false: not a short one ---- */

SHORT_INLINE bool short_name(struct short_key *key, const char *ptr, size_t len)
{
	*key = (struct short_key){ptr, len, 0, false};
	if (!SHORT_LIKELY(ptr))
		return false;
	if (SHORT_LIKELY(len - 8 < ATTR_SHORT - 8))
		key->mark = key_mark_8(ptr, len);
	else if (len - 1 < 7)
		key->mark = key_mark_1(ptr, len);
	else
		return false;
	return true;
}

/* In a handle's cache; 0: not looked at yet. A mark is kept with both bits set. */
#define CACHE_IS_MARK 3u
#define CACHE_BY_NAME 1u /* not ASCII, or too long: the long way each time */

/* At the first use of a handle, which takes the long way too. (record_key.c) */
void key_look_through(otel_key *key);

SHORT_INLINE bool short_handle(struct short_key *key, const otel_key *handle)
{
	const uint64_t cache = __atomic_load_n(&handle->cache, __ATOMIC_RELAXED);

	*key = (struct short_key){handle->name, handle->len, cache, true};
	return SHORT_LIKELY((cache & CACHE_IS_MARK) == CACHE_IS_MARK);
}

#endif
