/* SPDX-License-Identifier: Apache-2.0
 *
 * attr.h - keys and values of attributes as OTLP bytes (common.proto: KeyValue, AnyValue, ArrayValue).
 *
 * Nothing that is not UTF-8 gets through here, and no text is cut inside a character.
 */
#ifndef OTEL_SDK_ATTR_H
#define OTEL_SDK_ATTR_H

#include <otel/types.h>
#include <string.h>

#include "util/str.h"
#include "util/wire.h"

#define ATTR_NO_LIMIT  UINT32_MAX
#define ATTR_TOO_LARGE SIZE_MAX

enum any_value_tag {
	ANY_STRING = WIRE_TAG(1, WIRE_LEN),
	ANY_BOOL = WIRE_TAG(2, WIRE_VARINT),
	ANY_INT = WIRE_TAG(3, WIRE_VARINT),
	ANY_DOUBLE = WIRE_TAG(4, WIRE_FIXED64),
	ANY_ARRAY = WIRE_TAG(5, WIRE_LEN),
	ANY_MAP = WIRE_TAG(6, WIRE_LEN),
	ANY_BYTES = WIRE_TAG(7, WIRE_LEN),
};

/* ---- text ---- */

static inline uint64_t text_word(const char *s)
{
	uint64_t word;
	memcpy(&word, s, sizeof word);
	return word;
}

/* Up to 7 bytes in one word, without reading past the end. */
static inline uint64_t text_tail(const char *s, size_t len)
{
	uint32_t low, high;

	if (len >= 4) {
		memcpy(&low, s, 4);
		memcpy(&high, s + len - 4, 4);
		return (uint64_t)high << 32 | low;
	}
	if (!len)
		return 0;
	return (uint64_t)(uint8_t)s[0] | (uint64_t)(uint8_t)s[len / 2] << 8 | (uint64_t)(uint8_t)s[len - 1] << 16;
}

static inline bool text_is_ascii(const char *s, size_t len)
{
	uint64_t seen = 0;

	if (len < 8)
		return !(text_tail(s, len) & 0x8080808080808080u);
	for (size_t i = 0; i + 8 <= len; i += 8)
		seen |= text_word(s + i);
	return !((seen | text_word(s + len - 8)) & 0x8080808080808080u);
}

static inline bool text_is_clean(const char *s, size_t len)
{
	return text_is_ascii(s, len) || str_is_utf8(s, len);
}

/* Short copies in line: a call of memcpy costs more than a typical attribute. */
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
		p[0] = (uint8_t)s[0];
		p[len / 2] = (uint8_t)s[len / 2];
		p[len - 1] = (uint8_t)s[len - 1];
	}
	return p + len;
}

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

/* ---- keys ---- */

struct attr_key {
	const char *ptr;
	size_t len;
	uint64_t hash;
	char *owned; /* a cleaned copy, to be freed, or NULL */
};

/* One pass over the key: its hash, and all its bytes or-ed together to see whether it is ASCII. */
static inline uint64_t key_hash(const char *s, size_t len, uint64_t *seen)
{
	uint64_t hash = len, word;
	size_t i = 0;

	*seen = 0;
	for (; i + 8 <= len; i += 8) {
		word = text_word(s + i);
		*seen |= word;
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	}
	if (i < len) {
		word = len > 8 ? text_word(s + len - 8) : text_tail(s, len);
		*seen |= word;
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	}
	return (hash ^ hash >> 32) | 3; /* the two bits are key handles' (record_key.c) */
}

/* The way of attr_key_make() for what is no plain key. */
bool attr_key_unusual(struct attr_key *key);

/* False, counted: no key (NULL, empty), or out of memory for cleaning it. */
static inline bool attr_key_make(struct attr_key *key, const char *ptr, size_t len)
{
	uint64_t seen = UINT64_MAX;

	*key = (struct attr_key){ptr, len, 0, NULL};
	if (ptr && len)
		key->hash = key_hash(ptr, len, &seen);
	return !(seen & 0x8080808080808080u) || attr_key_unusual(key);
}

void attr_key_free(struct attr_key *key);

/* ---- values ---- */

static inline size_t attr_text_size(size_t len)
{
	return 1 + wire_varint_size(len) + len;
}

/* Length of the AnyValue, ATTR_TOO_LARGE if it exceeds every span. Text must be clean; it is clipped to the limit. */
size_t attr_value_size(const otel_attr *attr, uint32_t limit);

/* Writes as many bytes as attr_value_size() said. */
uint8_t *attr_value_put(uint8_t *p, const otel_attr *attr, uint32_t limit);

/* Whether the type is known and all text in it (as far as the limit lets it out) is UTF-8. */
bool attr_is_clean(const otel_attr *attr, uint32_t limit);

/* A copy of a STRING or STRING_ARRAY with clean text. *owned is to be freed; false when out of memory. */
bool attr_clean(const otel_attr *attr, uint32_t limit, otel_attr *clean, void **owned);

#endif
