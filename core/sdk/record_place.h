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
 * room. Counts are settled at once, so that nothing of this has to be remembered while bytes are copied. The key's come
 * last: short_end(). */
SHORT_INLINE uint8_t *short_begin(struct record *r, struct attr_list *list, uint8_t tag, const struct short_key *key,
				  size_t size)
{
	/* The key first, and done with: what is left has registers enough. One that is not set after all costs a look.
	 */
	if (!SHORT_LIKELY(bloom_add(list, key->mark)))
		return NULL;
	atomic_signal_fence(memory_order_seq_cst);
	const size_t pair = 4 + key->len + size;
	if (!SHORT_LIKELY(pair <= ATTR_SHORT && list->count < list->limit))
		return NULL;
	list->count++;
	atomic_signal_fence(memory_order_seq_cst);
	const uint32_t at = r->len, end = at + 2 + (uint32_t)pair;
	if (!SHORT_LIKELY(end < r->cap)) {
		list->count--;
		return NULL;
	}
	r->before = at;
	r->len = end;
	uint8_t *p = r->data + at;
	short_put_heads(p, tag, KEY_VALUE_KEY, key->len, 4 + size);
	return p + 4 + key->len;
}

/* What became of an attribute. */
enum short_result {
	SHORT_DONE,
	SHORT_NOT, /* nothing was written: it is record_attr.c's */
	SHORT_NOT_ASCII, /* the same after short_take_back(), which is not done here: it would keep registers busy */
};

static inline void short_take_back(struct record *r, struct attr_list *list)
{
	r->len = r->before;
	list->count--;
}

/* With the value at p. seen: 0 if it is ASCII. */
SHORT_INLINE enum short_result short_end(uint8_t *p, const struct short_key *key, uint64_t seen)
{
	const uint64_t seen_in_key = text_put_seen(p - key->len, key->ptr, key->len);

	if (!key->is_ascii)
		seen |= seen_in_key;
	return SHORT_LIKELY(!seen) ? SHORT_DONE : SHORT_NOT_ASCII;
}

/* Each of these sets an attribute; tag is that of the list. */

SHORT_INLINE enum short_result short_set_str(struct record *r, struct attr_list *list, uint8_t tag,
					     const struct short_key *key, const char *value, size_t len)
{
	if (!SHORT_LIKELY(value && len <= r->attr_value_len))
		return SHORT_NOT;
	uint8_t *p = short_begin(r, list, tag, key, 2 + len);
	if (!SHORT_LIKELY(p))
		return SHORT_NOT;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_STRING, len, 2);
	return short_end(p, key, text_put_seen(p + 4, value, len));
}

SHORT_INLINE enum short_result short_set_bool(struct record *r, struct attr_list *list, uint8_t tag,
					      const struct short_key *key, bool value)
{
	uint8_t *p = short_begin(r, list, tag, key, 1 + 1);

	if (!SHORT_LIKELY(p))
		return SHORT_NOT;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_BOOL, 0, 1 + 1);
	p[3] = value;
	return short_end(p, key, 0);
}

/* Codes, counts and ports: there is room for one byte more than is needed. Others take more registers. */
#define SHORT_INT 0x4000

SHORT_INLINE enum short_result short_set_int(struct record *r, struct attr_list *list, uint8_t tag,
					     const struct short_key *key, int64_t signed_value)
{
	const uint64_t value = (uint64_t)signed_value, more = value >= 0x80;

	if (!SHORT_LIKELY(value < SHORT_INT))
		return SHORT_NOT;
	uint8_t *p = short_begin(r, list, tag, key, 2 + more);
	if (!SHORT_LIKELY(p))
		return SHORT_NOT;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_INT, 0, 2 + more);
	wire_put_short_varint(p + 3, (uint32_t)value);
	return short_end(p, key, 0);
}

static inline enum short_result short_set_long_int(struct record *r, struct attr_list *list,
						   const struct short_key *key, int64_t value)
{
	const size_t size = 1 + wire_varint_size((uint64_t)value);
	uint8_t *p = short_begin(r, list, list->tag, key, size);

	if (!p)
		return SHORT_NOT;
	short_put_heads(p, KEY_VALUE_VALUE, ANY_INT, 0, size);
	wire_put_varint(p + 3, (uint64_t)value);
	return short_end(p, key, 0);
}

SHORT_INLINE enum short_result short_set_double(struct record *r, struct attr_list *list, uint8_t tag,
						const struct short_key *key, double value)
{
	uint64_t bits;
	uint8_t *p = short_begin(r, list, tag, key, 1 + 8);

	if (!SHORT_LIKELY(p))
		return SHORT_NOT;
	memcpy(&bits, &value, sizeof bits);
	short_put_heads(p, KEY_VALUE_VALUE, ANY_DOUBLE, 0, 1 + 8);
	wire_put_fixed64(p + 3, bits);
	return short_end(p, key, 0);
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
	if (!SHORT_LIKELY(handle))
		return false;
	const uint64_t cache = __atomic_load_n(&handle->cache, __ATOMIC_RELAXED);

	*key = (struct short_key){handle->name, handle->len, cache, true};
	return SHORT_LIKELY((cache & CACHE_IS_MARK) == CACHE_IS_MARK);
}

#endif
