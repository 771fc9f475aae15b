/* SPDX-License-Identifier: Apache-2.0
 *
 * wire.h - the protobuf wire format: varints, tags, fixed words (protobuf.dev, Encoding). Writers take a pointer with
 * room enough and return the next free byte; sizes are computed beforehand by the *_size functions. Where that is not
 * worth it, wire_append_* make room as they go.
 */
#ifndef OTEL_UTIL_WIRE_H
#define OTEL_UTIL_WIRE_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf;

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

static inline uint8_t *wire_put_fixed32(uint8_t *p, uint32_t v)
{
	v = htole32(v);
	memcpy(p, &v, sizeof v);
	return p + sizeof v;
}

/* A varint below 1 << 14, in one store of two bytes: the second is 0 if it is not needed. */
static inline void wire_put_short_varint(uint8_t *p, uint32_t v)
{
	const uint16_t both = htole16((uint16_t)(v + (v & ~0x7fu) + (v >= 0x80 ? 0x80 : 0)));

	memcpy(p, &both, sizeof both);
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

/* ---- fields of type LEN; those of OTLP that we write have numbers below 16, so that a tag is one byte ---- */

static inline size_t wire_len_size(size_t len)
{
	return 1 + wire_varint_size(len) + len;
}

/* What stands before the content. */
static inline uint8_t *wire_put_len_head(uint8_t *p, uint8_t tag, size_t len)
{
	*p++ = tag;
	return wire_put_varint(p, len);
}

static inline uint8_t *wire_put_len(uint8_t *p, uint8_t tag, const void *data, size_t len)
{
	return wire_put_bytes(wire_put_len_head(p, tag, len), data, len);
}

/* The same at the end of a buffer. */
void wire_append_len_head(struct buf *out, uint8_t tag, size_t len);
void wire_append_len(struct buf *out, uint8_t tag, const void *data, size_t len);

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

/* data may be NULL where len is 0. */
static inline struct wire_reader wire_read(const uint8_t *data, size_t len)
{
	return (struct wire_reader){data, len ? data + len : data};
}

/* Reads the next field. false at the end; *ok tells a clean end from malformed bytes. */
bool wire_next(struct wire_reader *r, struct wire_field *field, bool *ok);

/* The same for a list of numbers in one field of type LEN; type is theirs. */
bool wire_next_packed(struct wire_reader *r, enum wire_type type, uint64_t *value, bool *ok);

#endif
