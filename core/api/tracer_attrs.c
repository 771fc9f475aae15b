/* SPDX-License-Identifier: Apache-2.0
 *
 * tracer_attrs.c - see the header.
 */
#include "api/tracer_attrs.h"

#include <string.h>

#include "api/own_slot.h"

static size_t rounded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* ---- which of them count ---- */

static bool is_kept(const otel_attr *attr)
{
	return attr->key && attr->key_len && attr->type >= OTEL_ATTR_STRING && attr->type <= OTEL_ATTR_DOUBLE_ARRAY;
}

static bool same_key(const otel_attr *a, const otel_attr *b)
{
	return a->key_len == b->key_len && !memcmp(a->key, b->key, a->key_len);
}

static bool is_last(const otel_attr *attrs, size_t count, size_t i)
{
	for (size_t j = i + 1; j < count; j++)
		if (is_kept(&attrs[j]) && same_key(&attrs[i], &attrs[j]))
			return false;
	return true;
}

static bool counts(const otel_attr *attrs, size_t count, size_t i)
{
	return is_kept(&attrs[i]) && is_last(attrs, count, i);
}

/* ---- values ---- */

/* Bytes that the value points to, terminated strings in an array apart. */
static size_t value_size(const otel_attr *attr)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING:
	case OTEL_ATTR_BYTES:
		return attr->value.bytes ? attr->count : 0;
	case OTEL_ATTR_BOOL_ARRAY:
		return attr->value.bools ? attr->count * sizeof(bool) : 0;
	case OTEL_ATTR_INT_ARRAY:
		return attr->value.ints ? attr->count * sizeof(int64_t) : 0;
	case OTEL_ATTR_DOUBLE_ARRAY:
		return attr->value.doubles ? attr->count * sizeof(double) : 0;
	case OTEL_ATTR_STRING_ARRAY:
		return attr->value.strs ? attr->count * sizeof(char *) : 0;
	default:
		return 0;
	}
}

static bool same_strings(const otel_attr *a, const otel_attr *b)
{
	for (size_t i = 0; i < a->count; i++) {
		const char *x = a->value.strs[i], *y = b->value.strs[i];
		if (!x != !y || (x && strcmp(x, y) != 0))
			return false;
	}
	return true;
}

static bool same_value(const otel_attr *a, const otel_attr *b)
{
	if (a->type != b->type || a->count != b->count)
		return false;
	switch (a->type) {
	case OTEL_ATTR_BOOL:
		return a->value.b == b->value.b;
	case OTEL_ATTR_INT:
	case OTEL_ATTR_DOUBLE:
		return a->value.i == b->value.i;
	default:
		break;
	}
	if (!a->value.bytes || !b->value.bytes)
		return a->value.bytes == b->value.bytes;
	if (a->type == OTEL_ATTR_STRING_ARRAY)
		return same_strings(a, b);
	return !memcmp(a->value.bytes, b->value.bytes, value_size(a));
}

/* ---- copies ---- */

static size_t strings_size(const otel_attr *attr)
{
	size_t size = 0;

	for (size_t i = 0; attr->type == OTEL_ATTR_STRING_ARRAY && attr->value.strs && i < attr->count; i++)
		size += attr->value.strs[i] ? rounded(strlen(attr->value.strs[i]) + 1) : 0;
	return size;
}

size_t tracer_attrs_size(const otel_attr *attrs, size_t count)
{
	size_t size = 0;

	for (size_t i = 0; attrs && i < count; i++) {
		if (!counts(attrs, count, i))
			continue;
		size += sizeof(otel_attr) + rounded(attrs[i].key_len) + rounded(value_size(&attrs[i])) +
			strings_size(&attrs[i]);
	}
	return size;
}

static const void *put(char **at, const void *data, size_t size)
{
	char *place = *at;

	memcpy(place, data, size);
	*at += rounded(size);
	return place;
}

static void put_strings(char **at, otel_attr *copy, const otel_attr *attr)
{
	const char **strs = (const char **)(void *)*at;

	*at += rounded(value_size(attr));
	for (size_t i = 0; i < attr->count; i++) {
		const char *s = attr->value.strs[i];
		strs[i] = s ? put(at, s, strlen(s) + 1) : NULL;
	}
	copy->value.strs = strs;
}

const otel_attr *tracer_attrs_copy(void *room, const otel_attr *attrs, size_t count, size_t *copied)
{
	otel_attr *copy = room;
	size_t n = 0;

	for (size_t i = 0; attrs && i < count; i++)
		if (counts(attrs, count, i))
			copy[n++] = attrs[i];
		else if (!is_kept(&attrs[i]))
			dropped();
	char *at = (char *)room + n * sizeof(otel_attr);
	for (size_t i = 0; i < n; i++) {
		copy[i].key = put(&at, copy[i].key, copy[i].key_len);
		if (copy[i].type == OTEL_ATTR_STRING_ARRAY && copy[i].value.strs)
			put_strings(&at, &copy[i], &(const otel_attr){.value.strs = copy[i].value.strs,
								      .count = copy[i].count,
								      .type = OTEL_ATTR_STRING_ARRAY});
		else if (value_size(&copy[i]))
			copy[i].value.bytes = put(&at, copy[i].value.bytes, value_size(&copy[i]));
	}
	*copied = n;
	return n ? copy : NULL;
}

uint32_t tracer_attrs_hash(const otel_attr *attrs, size_t count)
{
	uint32_t sum = 0;

	for (size_t i = 0; attrs && i < count; i++) {
		uint32_t h = 2166136261u;
		if (!counts(attrs, count, i))
			continue;
		for (size_t j = 0; j < attrs[i].key_len; j++)
			h = (h ^ (uint8_t)attrs[i].key[j]) * 16777619u;
		sum += h;
	}
	return sum;
}

bool tracer_attrs_equal(const otel_attr *copy, size_t copied, const otel_attr *attrs, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; attrs && i < count; i++) {
		size_t j = 0;
		if (!counts(attrs, count, i))
			continue;
		while (j < copied && !same_key(&copy[j], &attrs[i]))
			j++;
		if (j == copied || !same_value(&copy[j], &attrs[i]))
			return false;
		found++;
	}
	return found == copied;
}
