/* SPDX-License-Identifier: Apache-2.0
 *
 * attr.c - keys and values of attributes as OTLP bytes.
 */
#include "sdk/attr.h"

#include <errno.h>
#include <stdlib.h>

#include "sdk/record.h"
#include "sdk/stats.h"

/* ---- keys ---- */

__attribute__((cold)) bool attr_key_unusual(struct attr_key *key)
{
	if (!key->ptr || !key->len) {
		stats_add(&stats.misuse, 1);
		return false;
	}
	/* One that no record has room for is dropped where that is counted. */
	if (key->len <= RECORD_MAX_BYTES && !str_is_utf8(key->ptr, key->len)) {
		key->owned = text_clean(key->ptr, key->len, &key->len);
		if (!key->owned)
			return false;
		key->ptr = key->owned;
	}
	key->mark = key_mark(key->ptr, key->len);
	return true;
}

void attr_key_free(struct attr_key *key)
{
	if (key->owned)
		free(key->owned);
}

/* ---- arrays: each element is an ArrayValue.values entry, an AnyValue of its own ---- */

static size_t element_text_len(const char *s, uint32_t limit)
{
	return text_limit(s, strlen(s), limit);
}

static size_t element_size(const otel_attr *attr, size_t i, uint32_t limit)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING_ARRAY:
		return attr->value.strs[i] ? wire_len_size(element_text_len(attr->value.strs[i], limit)) : 0;
	case OTEL_ATTR_INT_ARRAY:
		return 1 + wire_varint_size((uint64_t)attr->value.ints[i]);
	case OTEL_ATTR_DOUBLE_ARRAY:
		return 1 + 8;
	default:
		return 1 + 1;
	}
}

static uint8_t *put_double(uint8_t *p, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	*p++ = ANY_DOUBLE;
	return wire_put_fixed64(p, bits);
}

static uint8_t *element_put(uint8_t *p, const otel_attr *attr, size_t i, uint32_t limit)
{
	const char *s;

	p = wire_put_len_head(p, WIRE_TAG(1, WIRE_LEN), element_size(attr, i, limit));
	switch (attr->type) {
	case OTEL_ATTR_STRING_ARRAY:
		s = attr->value.strs[i];
		return s ? text_put_field(p, ANY_STRING, s, element_text_len(s, limit)) : p;
	case OTEL_ATTR_INT_ARRAY:
		*p++ = ANY_INT;
		return wire_put_varint(p, (uint64_t)attr->value.ints[i]);
	case OTEL_ATTR_DOUBLE_ARRAY:
		return put_double(p, attr->value.doubles[i]);
	default:
		*p++ = ANY_BOOL;
		*p++ = attr->value.bools[i];
		return p;
	}
}

/* Length of the ArrayValue. */
static size_t array_size(const otel_attr *attr, uint32_t limit)
{
	size_t size = 0;

	for (size_t i = 0; i < attr->count && size <= RECORD_MAX_BYTES; i++)
		size += wire_len_size(element_size(attr, i, limit));
	return size;
}

/* ---- values ---- */

static bool is_empty(const otel_attr *attr)
{
	switch (attr->type) {
	case OTEL_ATTR_BOOL:
	case OTEL_ATTR_INT:
	case OTEL_ATTR_DOUBLE:
		return false;
	case OTEL_ATTR_STRING:
		return !attr->value.str;
	default:
		/* Of no elements there need be no address. */
		return !attr->value.bytes && attr->count;
	}
}

size_t attr_value_size(const otel_attr *attr, uint32_t limit)
{
	size_t size;

	if (is_empty(attr))
		return 0;
	switch (attr->type) {
	case OTEL_ATTR_BOOL:
		return 1 + 1;
	case OTEL_ATTR_INT:
		return 1 + wire_varint_size((uint64_t)attr->value.i);
	case OTEL_ATTR_DOUBLE:
		return 1 + 8;
	case OTEL_ATTR_STRING:
		size = text_limit(attr->value.str, attr->count, limit);
		break;
	case OTEL_ATTR_BYTES:
		size = attr->count < limit ? attr->count : limit;
		break;
	default:
		size = array_size(attr, limit);
	}
	return size > RECORD_MAX_BYTES ? ATTR_TOO_LARGE : wire_len_size(size);
}

uint8_t *attr_value_put(uint8_t *p, const otel_attr *attr, uint32_t limit)
{
	if (is_empty(attr))
		return p;
	switch (attr->type) {
	case OTEL_ATTR_BOOL:
		*p++ = ANY_BOOL;
		*p++ = attr->value.b;
		return p;
	case OTEL_ATTR_INT:
		*p++ = ANY_INT;
		return wire_put_varint(p, (uint64_t)attr->value.i);
	case OTEL_ATTR_DOUBLE:
		return put_double(p, attr->value.d);
	case OTEL_ATTR_STRING:
		return text_put_field(p, ANY_STRING, attr->value.str, text_limit(attr->value.str, attr->count, limit));
	case OTEL_ATTR_BYTES:
		return text_put_field(p, ANY_BYTES, attr->value.bytes, attr->count < limit ? attr->count : limit);
	default:
		p = wire_put_len_head(p, ANY_ARRAY, array_size(attr, limit));
		for (size_t i = 0; i < attr->count; i++)
			p = element_put(p, attr, i, limit);
		return p;
	}
}

bool attr_is_clean(const otel_attr *attr, uint32_t limit)
{
	if (attr->type < OTEL_ATTR_STRING || attr->type > OTEL_ATTR_DOUBLE_ARRAY)
		return false;
	if (is_empty(attr))
		return true;
	if (attr->type == OTEL_ATTR_STRING)
		return text_is_clean(attr->value.str, text_limit(attr->value.str, attr->count, limit));
	if (attr->type != OTEL_ATTR_STRING_ARRAY)
		return true;
	for (size_t i = 0; i < attr->count; i++) {
		const char *s = attr->value.strs[i];
		if (s && !text_is_clean(s, element_text_len(s, limit)))
			return false;
	}
	return true;
}

static bool array_clean(const otel_attr *attr, uint32_t limit, otel_attr *clean, void **owned)
{
	size_t room = attr->count * sizeof(char *);

	for (size_t i = 0; i < attr->count; i++)
		if (attr->value.strs[i])
			room += 3 * element_text_len(attr->value.strs[i], limit) + 1;

	char *block = malloc(room);
	if (!block)
		return false;

	const char **strs = (const char **)(void *)block;
	char *text = block + attr->count * sizeof(char *);
	for (size_t i = 0; i < attr->count; i++) {
		const char *s = attr->value.strs[i];
		strs[i] = s ? text : NULL;
		if (!s)
			continue;
		const size_t len = element_text_len(s, limit);
		text += str_scrub_utf8(text, 3 * len + 1, s, len) + 1;
	}
	*clean = *attr;
	clean->value.strs = strs;
	*owned = block;
	return true;
}

bool attr_clean(const otel_attr *attr, uint32_t limit, otel_attr *clean, void **owned)
{
	const int saved = errno;
	bool done;

	*owned = NULL;
	*clean = *attr;
	if (attr->type == OTEL_ATTR_STRING_ARRAY) {
		done = array_clean(attr, limit, clean, owned);
	} else {
		const size_t len = text_limit(attr->value.str, attr->count, limit);
		char *copy = text_clean(attr->value.str, len, &clean->count);
		clean->value.str = copy;
		*owned = copy;
		done = copy != NULL;
	}
	errno = saved;
	return done;
}
