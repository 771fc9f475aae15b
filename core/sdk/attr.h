/* SPDX-License-Identifier: Apache-2.0
 *
 * attr.h - keys and values of attributes as OTLP bytes (common.proto: KeyValue, AnyValue, ArrayValue).
 *
 * Nothing that is not UTF-8 gets through here, and no text is cut inside a character.
 */
#ifndef OTEL_SDK_ATTR_H
#define OTEL_SDK_ATTR_H

#include <otel/types.h>

#include "sdk/text.h"
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

enum key_value_tag { KEY_VALUE_KEY = WIRE_TAG(1, WIRE_LEN), KEY_VALUE_VALUE = WIRE_TAG(2, WIRE_LEN) };

/* ---- keys ---- */

struct attr_key {
	const char *ptr;
	size_t len;
	uint64_t mark;
	char *owned; /* a cleaned copy, to be freed, or NULL */
};

#define KEY_MULTIPLIER 0x9e3779b97f4a7c15u

/* All of a key, for tables. */
static inline uint64_t key_hash(const char *s, size_t len)
{
	uint64_t hash = len;
	size_t i = 0;

	for (; i + 8 <= len; i += 8)
		hash = (hash ^ text_word(s + i)) * KEY_MULTIPLIER;
	for (; i < len; i++)
		hash = (hash ^ (uint8_t)s[i]) * KEY_MULTIPLIER;
	return hash ^ hash >> 32;
}

/* Beginning, middle and end of a key that is not empty, for guessing whether it is there: two of one mark only cost a
 * look. The upper bits are the good ones. */
static inline uint64_t key_mark_8(const char *s, size_t len) /* of 8 bytes or more */
{
	const uint64_t mark = text_word(s) * KEY_MULTIPLIER ^ text_word(s + len / 2 - 4);

	return (mark + text_word(s + len - 8)) * KEY_MULTIPLIER;
}

static inline uint64_t key_mark_1(const char *s, size_t len) /* of less */
{
	uint64_t mark = len, last;

	if (len >= 4) {
		mark += text_half(s) * KEY_MULTIPLIER;
		last = text_half(s + len - 4);
	} else {
		mark += (uint64_t)(uint8_t)s[0] << 16 | (uint64_t)(uint8_t)s[len / 2] << 8;
		last = (uint8_t)s[len - 1];
	}
	return (mark * KEY_MULTIPLIER + last) * KEY_MULTIPLIER;
}

static inline uint64_t key_mark(const char *s, size_t len)
{
	return len >= 8 ? key_mark_8(s, len) : key_mark_1(s, len);
}

/* The way of attr_key_make() for what is no plain key. */
bool attr_key_unusual(struct attr_key *key);

/* False, counted: no key (NULL, empty), or out of memory for cleaning it. */
static inline bool attr_key_make(struct attr_key *key, const char *ptr, size_t len)
{
	*key = (struct attr_key){ptr, len, 0, NULL};
	if (!ptr || !len || !text_is_ascii(ptr, len))
		return attr_key_unusual(key);
	key->mark = key_mark(ptr, len);
	return true;
}

void attr_key_free(struct attr_key *key);

/* ---- values ---- */

/* Length of the AnyValue, ATTR_TOO_LARGE if it exceeds every span. Text must be clean; it is clipped to the limit. */
size_t attr_value_size(const otel_attr *attr, uint32_t limit);

/* Writes as many bytes as attr_value_size() said. */
uint8_t *attr_value_put(uint8_t *p, const otel_attr *attr, uint32_t limit);

/* Whether the type is known and all text in it (as far as the limit lets it out) is UTF-8. */
bool attr_is_clean(const otel_attr *attr, uint32_t limit);

/* A copy of a STRING or STRING_ARRAY with clean text. *owned is to be freed; false when out of memory. */
bool attr_clean(const otel_attr *attr, uint32_t limit, otel_attr *clean, void **owned);

#endif
