/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h - text on its way into a record: looked through and copied, mostly in one pass.
 *
 * Never reads past the end of what the caller gave. Short lengths go without a loop and without a call: two pieces that
 * overlap cover them, and a call of memcpy costs more than a typical attribute.
 */
#ifndef OTEL_SDK_TEXT_H
#define OTEL_SDK_TEXT_H

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "util/str.h"
#include "util/wire.h"

#define TEXT_HIGH_BITS 0x8080808080808080u /* none is set in ASCII */

/* ---- pieces ---- */

static inline uint64_t text_word(const char *s)
{
	uint64_t word;
	memcpy(&word, s, sizeof word);
	return word;
}

static inline uint32_t text_half(const char *s)
{
	uint32_t half;
	memcpy(&half, s, sizeof half);
	return half;
}

/* 16 bytes in one register, or two. */
#ifdef __SSE2__
typedef __m128i text_block;

static inline text_block block_load(const char *s)
{
	return _mm_loadu_si128((const __m128i *)(const void *)s);
}

static inline void block_store(uint8_t *p, text_block block)
{
	_mm_storeu_si128((__m128i *)(void *)p, block);
}

static inline text_block block_or(text_block a, text_block b)
{
	return _mm_or_si128(a, b);
}

static inline uint64_t block_high_bits(text_block block)
{
	return (uint32_t)_mm_movemask_epi8(block);
}
#else
typedef struct {
	uint64_t low, high;
} text_block;

static inline text_block block_load(const char *s)
{
	return (text_block){text_word(s), text_word(s + 8)};
}

static inline void block_store(uint8_t *p, text_block block)
{
	memcpy(p, &block.low, 8);
	memcpy(p + 8, &block.high, 8);
}

static inline text_block block_or(text_block a, text_block b)
{
	return (text_block){a.low | b.low, a.high | b.high};
}

static inline uint64_t block_high_bits(text_block block)
{
	return (block.low | block.high) & TEXT_HIGH_BITS;
}
#endif

/* ---- copies ---- */

/* 1 to 3 bytes; returns them all or-ed together. The middle first, and one after the other: it takes fewer registers.
 */
static inline unsigned text_copy_tiny(uint8_t *p, const char *s, size_t len)
{
	unsigned seen = p[len / 2] = (uint8_t)s[len / 2];

	seen |= p[0] = (uint8_t)s[0];
	seen |= p[len - 1] = (uint8_t)s[len - 1];
	return seen;
}

static inline uint8_t *text_put(uint8_t *p, const char *s, size_t len)
{
	if (len > 32) {
		memcpy(p, s, len);
	} else if (len >= 16) {
		memcpy(p, s, 16);
		memcpy(p + len - 16, s + len - 16, 16);
	} else if (len >= 8) {
		memcpy(p, s, 8);
		memcpy(p + len - 8, s + len - 8, 8);
	} else if (len >= 4) {
		memcpy(p, s, 4);
		memcpy(p + len - 4, s + len - 4, 4);
	} else if (len) {
		text_copy_tiny(p, s, len);
	}
	return p + len;
}

/* As a protobuf field. */
static inline uint8_t *text_put_field(uint8_t *p, uint8_t tag, const void *s, size_t len)
{
	return text_put(wire_put_len_head(p, tag, len), s, len);
}

static inline __attribute__((always_inline)) uint64_t text_put_blocks(uint8_t *p, const char *s, size_t len)
{
	const text_block first = block_load(s), last = block_load(s + len - 16);
	text_block seen = block_or(first, last);

	block_store(p, first);
	for (size_t i = 16; __builtin_expect(i + 16 < len, 0); i += 16) {
		const text_block block = block_load(s + i);
		block_store(p + i, block);
		seen = block_or(seen, block);
	}
	block_store(p + len - 16, last);
	return block_high_bits(seen);
}

/* As text_put(); what is returned is 0 if all of it is ASCII. */
static inline __attribute__((always_inline)) uint64_t text_put_seen(uint8_t *p, const char *s, size_t len)
{
	if (len >= 16)
		return text_put_blocks(p, s, len);
	if (len >= 8) {
		const uint64_t first = text_word(s), last = text_word(s + len - 8);
		memcpy(p, &first, 8);
		memcpy(p + len - 8, &last, 8);
		return (first | last) & TEXT_HIGH_BITS;
	}
	if (len >= 4) {
		const uint32_t first = text_half(s), last = text_half(s + len - 4);
		memcpy(p, &first, 4);
		memcpy(p + len - 4, &last, 4);
		return (first | last) & TEXT_HIGH_BITS;
	}
	return len ? text_copy_tiny(p, s, len) & 0x80 : 0;
}

/* ---- checks ---- */

static inline bool text_is_ascii(const char *s, size_t len)
{
	uint64_t seen = 0;

	if (len < 4)
		return !len || !((s[0] | s[len / 2] | s[len - 1]) & 0x80);
	if (len < 8)
		return !((text_half(s) | text_half(s + len - 4)) & (uint32_t)TEXT_HIGH_BITS);
	for (size_t i = 0; i + 8 <= len; i += 8)
		seen |= text_word(s + i);
	return !((seen | text_word(s + len - 8)) & TEXT_HIGH_BITS);
}

static inline bool text_is_clean(const char *s, size_t len)
{
	return text_is_ascii(s, len) || str_is_utf8(s, len);
}

/* ---- limits ---- */

/* How many bytes of the text are within the limit in bytes, whole characters only. */
size_t text_clip(const char *s, size_t len, uint32_t limit);

size_t text_limit_slowly(const char *s, size_t len, uint32_t limit);

/* The same for a limit in characters (Unicode code points), as attribute values have; a byte of what is no UTF-8 counts
 * as one. */
static inline size_t text_limit(const char *s, size_t len, uint32_t limit)
{
	return len <= limit ? len : text_limit_slowly(s, len, limit);
}

/* A copy in which whatever is no UTF-8 has become U+FFFD; malloc. NULL when out of memory. */
char *text_clean(const char *s, size_t len, size_t *out_len);

#endif
