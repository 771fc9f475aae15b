/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_set.c - see the header. Small and searched from the front: a resource has some twenty attributes.
 */
#include "sdk/resource_set.h"

#include <stdlib.h>
#include <string.h>

#include "sdk/attr.h"

static struct resource_item *find(const struct resource_set *set, const char *key, size_t len)
{
	for (size_t i = 0; i < set->count; i++)
		if (!strncmp(set->items[i].key, key, len) && !set->items[i].key[len])
			return &set->items[i];
	return NULL;
}

static struct resource_item *add(struct resource_set *set)
{
	if (set->count == set->cap) {
		size_t cap = set->cap ? 2 * set->cap : 32;
		struct resource_item *items = cap <= RESOURCE_SET_MAX ? realloc(set->items, cap * sizeof *items) : NULL;
		if (!items)
			return NULL;
		set->items = items;
		set->cap = cap;
	}
	return &set->items[set->count];
}

/* Takes the value, which is malloc'ed, in any case. */
static bool put_bytes(struct resource_set *set, const char *key, size_t key_len, uint8_t *value, size_t len)
{
	struct resource_item *item = find(set, key, key_len);

	if (item) {
		free(item->value);
		item->value = value;
		item->value_len = len;
		return true;
	}
	char *name = strndup(key, key_len);
	item = name ? add(set) : NULL;
	if (!item) {
		free(name);
		free(value);
		return false;
	}
	*item = (struct resource_item){name, value, len};
	set->count++;
	return true;
}

static bool put(struct resource_set *set, const struct attr_key *key, const otel_attr *attr)
{
	const size_t size = attr_value_size(attr, ATTR_NO_LIMIT);

	if (size == ATTR_TOO_LARGE || memchr(key->ptr, '\0', key->len))
		return false;
	uint8_t *value = malloc(size + 1); /* never malloc(0) */
	if (!value)
		return false;
	attr_value_put(value, attr, ATTR_NO_LIMIT);
	return put_bytes(set, key->ptr, key->len, value, size);
}

void resource_set_merge(struct resource_set *set, const struct resource_set *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct resource_item *item = &from->items[i];
		uint8_t *value = malloc(item->value_len + 1);
		if (!value)
			continue;
		memcpy(value, item->value, item->value_len);
		put_bytes(set, item->key, strlen(item->key), value, item->value_len);
	}
}

bool resource_set_put(struct resource_set *set, const otel_attr *attr)
{
	struct attr_key key = {0};
	otel_attr clean = *attr;
	void *owned = NULL;

	if (attr->type < OTEL_ATTR_STRING || attr->type > OTEL_ATTR_DOUBLE_ARRAY)
		return false;
	bool done = attr_key_make(&key, attr->key, attr->key_len);
	if (!done)
		return false;
	if (!attr_is_clean(attr, ATTR_NO_LIMIT))
		done = attr_clean(attr, ATTR_NO_LIMIT, &clean, &owned);
	done = done && put(set, &key, &clean);
	free(owned);
	attr_key_free(&key);
	return done;
}

bool resource_set_text(struct resource_set *set, const char *key, const char *text)
{
	otel_attr attr = {.key = key, .key_len = strlen(key), .type = OTEL_ATTR_STRING, .count = strlen(text)};
	attr.value.str = text;
	return resource_set_put(set, &attr);
}

bool resource_set_int(struct resource_set *set, const char *key, int64_t value)
{
	otel_attr attr = {.key = key, .key_len = strlen(key), .type = OTEL_ATTR_INT};
	attr.value.i = value;
	return resource_set_put(set, &attr);
}

bool resource_set_has(const struct resource_set *set, const char *key)
{
	return find(set, key, strlen(key)) != NULL;
}

char *resource_set_get_text(const struct resource_set *set, const char *key)
{
	const struct resource_item *item = find(set, key, strlen(key));
	struct wire_field field;
	bool ok;

	if (!item)
		return NULL;
	struct wire_reader reader = {item->value, item->value + item->value_len};
	if (!wire_next(&reader, &field, &ok) || field.number != 1 || field.type != WIRE_LEN)
		return NULL;
	return strndup((const char *)field.data, field.len);
}

static size_t field_size(size_t len)
{
	return 1 + wire_varint_size(len) + len;
}

static size_t key_value_size(const struct resource_item *item)
{
	return field_size(strlen(item->key)) + field_size(item->value_len);
}

static uint8_t *put_field(uint8_t *p, uint32_t field, const void *data, size_t len)
{
	*p++ = (uint8_t)WIRE_TAG(field, WIRE_LEN);
	p = wire_put_varint(p, len);
	return data ? wire_put_bytes(p, data, len) : p;
}

uint8_t *resource_set_encode(const struct resource_set *set, size_t *len)
{
	size_t inner = 0;
	for (size_t i = 0; i < set->count; i++)
		inner += field_size(key_value_size(&set->items[i]));
	*len = field_size(inner);
	uint8_t *bytes = malloc(*len);
	if (!bytes)
		return NULL;

	uint8_t *p = put_field(bytes, 1, NULL, inner); /* ResourceSpans.resource */
	for (size_t i = 0; i < set->count; i++) {
		const struct resource_item *item = &set->items[i];
		p = put_field(p, 1, NULL, key_value_size(item)); /* Resource.attributes */
		p = put_field(p, 1, item->key, strlen(item->key));
		p = put_field(p, 2, item->value, item->value_len);
	}
	return bytes;
}

void resource_set_fini(struct resource_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		free(set->items[i].key);
		free(set->items[i].value);
	}
	free(set->items);
	memset(set, 0, sizeof *set);
}
