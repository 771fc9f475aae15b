/* SPDX-License-Identifier: Apache-2.0
 *
 * wire.h - the protobuf wire format: varints, tags, fixed words (protobuf.dev, Encoding). Writers take a pointer with
 * room enough and return the next free byte; sizes are computed beforehand by the *_size functions.
 */
#ifndef OTEL_UTIL_WIRE_H
#define OTEL_UTIL_WIRE_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum wire_type { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_LEN = 2, WIRE_FIXED32 = 5 };

#define WIRE_TAG(field, type) ((uint32_t)(field) << 3 | (uint32_t)(type))
#define WIRE_MAX_VARINT 10

static inline size_t wire_varint_size(uint64_t v)
{
	return v < 0x80 ? 1 : (size_t)(70 - __builtin_clzll(v)) / 7;
}

static inline uint8_t *wire_put_varint(uint8_t *p, uint64_t v)
{
	while (v >= 0x80) {
		*p++ = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	*p++ = (uint8_t)v;
	return p;
}

/* A length in exactly `bytes` bytes (a legal, if not the shortest, varint). */
static inline uint8_t *wire_put_padded(uint8_t *p, uint64_t v, unsigned bytes)
{
	for (unsigned i = 1; i < bytes; i++, v >>= 7)
		*p++ = (uint8_t)(v | 0x80);
	*p++ = (uint8_t)(v & 0x7f);
	return p;
}

static inline uint8_t *wire_put_fixed32(uint8_t *p, uint32_t v)
{
	v = htole32(v);
	memcpy(p, &v, sizeof v);
	return p + sizeof v;
}

static inline uint8_t *wire_put_fixed64(uint8_t *p, uint64_t v)
{
	v = htole64(v);
	memcpy(p, &v, sizeof v);
	return p + sizeof v;
}

static inline uint8_t *wire_put_bytes(uint8_t *p, const void *data, size_t len)
{
	if (len)
		memcpy(p, data, len);
	return p + len;
}

/* ---- reading: pure, bounded, for data from outside ---- */

struct wire_reader {
	const uint8_t *p;
	const uint8_t *end;
};

struct wire_field {
	uint32_t number;
	uint32_t type;       /* enum wire_type */
	uint64_t value;      /* VARINT, FIXED32, FIXED64 */
	const uint8_t *data; /* LEN */
	size_t len;
};

/* Reads the next field. false at the end; *ok tells a clean end from malformed bytes. */
bool wire_next(struct wire_reader *r, struct wire_field *field, bool *ok);

#endif
