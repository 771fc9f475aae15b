/* SPDX-License-Identifier: Apache-2.0
 *
 * record_place.h - where an attribute goes that is short and new, as nearly all are; the rest is record_attr.c's.
 */
#ifndef OTEL_SDK_RECORD_PLACE_H
#define OTEL_SDK_RECORD_PLACE_H

#include "sdk/record.h"

enum { KEY_VALUE_KEY = WIRE_TAG(1, WIRE_LEN), KEY_VALUE_VALUE = WIRE_TAG(2, WIRE_LEN) };

/* ---- which keys are there ---- */

/* Two bits of one word: one load finds out. */
static inline uint64_t bloom_bits(uint64_t hash)
{
	return 1ull << (hash >> 2 & 63) | 1ull << (hash >> 8 & 63);
}

static inline uint64_t *bloom_word(struct attr_list *list, uint64_t hash)
{
	return &list->bloom[hash >> 14 & 3];
}

static inline bool bloom_has(struct attr_list *list, uint64_t hash)
{
	return (~*bloom_word(list, hash) & bloom_bits(hash)) == 0;
}

static inline void bloom_add(struct attr_list *list, uint64_t hash)
{
	*bloom_word(list, hash) |= bloom_bits(hash);
}

/* ---- short attributes ---- */

#define ATTR_SHORT 127 /* every length in it takes one byte */

/* Where to write an AnyValue of `size` bytes under a short ASCII key that is not there yet; NULL: by place(). */
static inline uint8_t *attr_place_short(struct record *r, struct attr_list *list, const char *key, size_t key_len,
				   uint64_t hash, size_t size)
{
	const size_t pair = 4 + key_len + size;
	uint64_t *const word = bloom_word(list, hash);
	const uint64_t bits = bloom_bits(hash);

	if (pair > ATTR_SHORT || !(~*word & bits) || list->count >= list->limit || r->len + 2 + pair > r->cap)
		return NULL;
	*word |= bits;
	list->count++;

	uint8_t *p = r->data + r->len;
	r->len += (uint32_t)(2 + pair);
	p[0] = list->tag;
	p[1] = (uint8_t)pair;
	p[2] = KEY_VALUE_KEY;
	p[3] = (uint8_t)key_len;
	p = text_put(p + 4, key, key_len);
	p[0] = KEY_VALUE_VALUE;
	p[1] = (uint8_t)size;
	return p + 2;
}

static inline void attr_put_short_str(uint8_t *p, const char *value, size_t len)
{
	p[0] = ANY_STRING;
	p[1] = (uint8_t)len;
	text_put(p + 2, value, len);
}

#endif
