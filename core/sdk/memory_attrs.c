/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_attrs.c - reading attributes and their values (common.proto).
 */
#include "sdk/memory_attrs.h"

#include "sdk/any_value.h"
#include "sdk/attr.h"

enum { LIST_ITEMS = 1 }; /* ArrayValue.values, KeyValueList.values */

void *memory_take_list(struct memory_room *room, struct wire_reader reader, uint32_t number, size_t size, size_t *count)
{
	struct wire_field field;
	size_t found = 0;

	while (memory_next(&reader, number, &field))
		found++;
	void *list = found ? memory_room_take(room, found * size) : NULL;
	*count = list ? found : 0;
	return list;
}

const char *memory_copy(struct memory_room *room, const struct wire_field *field)
{
	char *text = field->len ? memory_room_take(room, field->len + 1) : NULL;

	return text ? memcpy(text, field->data, field->len) : "";
}

/* ---- values ---- */

static void read_value(struct memory_room *room, const struct wire_field *any, otel_attr *attr, unsigned depth);

static void read_pair(struct memory_room *room, const struct wire_field *pair, otel_attr *attr, unsigned depth)
{
	struct wire_reader reader = memory_inside(pair);
	struct wire_field field;

	attr->key = "";
	attr->type = OTEL_ATTR_EMPTY;
	while (memory_field(&reader, &field)) {
		if (memory_tag(&field) == KEY_VALUE_KEY) {
			attr->key = memory_copy(room, &field);
			attr->key_len = field.len;
		} else if (memory_tag(&field) == KEY_VALUE_VALUE) {
			read_value(room, &field, attr, depth);
		}
	}
}

static bool are_all(const otel_attr *items, size_t count, uint32_t type)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].type != type ||
		    (type == OTEL_ATTR_STRING && memchr(items[i].value.str, '\0', items[i].count)))
			return false;
	return true;
}

/* An array of values of one type, as programs set it. */
static void narrow(struct memory_room *room, otel_attr *attr)
{
	static const struct {
		uint32_t of, type;
		size_t size;
	} types[] = {
		{OTEL_ATTR_STRING, OTEL_ATTR_STRING_ARRAY, sizeof(char *)},
		{OTEL_ATTR_BOOL, OTEL_ATTR_BOOL_ARRAY, sizeof(bool)},
		{OTEL_ATTR_INT, OTEL_ATTR_INT_ARRAY, sizeof(int64_t)},
		{OTEL_ATTR_DOUBLE, OTEL_ATTR_DOUBLE_ARRAY, sizeof(double)},
	};
	const otel_attr *items = attr->value.items;

	for (size_t t = 0; attr->count && t < sizeof types / sizeof *types; t++) {
		if (!are_all(items, attr->count, types[t].of))
			continue;
		char *values = memory_room_take(room, attr->count * types[t].size);
		if (!values)
			return;
		for (size_t i = 0; i < attr->count; i++)
			memcpy(values + i * types[t].size, &items[i].value, types[t].size);
		attr->value.bytes = values;
		attr->type = types[t].type;
		return;
	}
}

static void read_list(struct memory_room *room, const struct wire_field *list, otel_attr *attr, unsigned depth)
{
	const bool is_map = attr->type == OTEL_ATTR_MAP;
	struct wire_reader reader = memory_inside(list);
	struct wire_field field;
	otel_attr *items = memory_take_list(room, reader, LIST_ITEMS, sizeof *items, &attr->count);

	attr->value.items = items;
	for (size_t i = 0; i < attr->count && memory_next(&reader, LIST_ITEMS, &field); i++)
		(is_map ? read_pair : read_value)(room, &field, &items[i], depth + 1);
	if (!is_map)
		narrow(room, attr);
}

static void read_text(struct memory_room *room, const struct wire_field *field, otel_attr *attr, otel_attr_type type)
{
	attr->type = type;
	attr->value.str = memory_copy(room, field);
	attr->count = field->len;
}

static void read_value(struct memory_room *room, const struct wire_field *any, otel_attr *attr, unsigned depth)
{
	struct wire_reader reader = memory_inside(any);
	struct wire_field field;

	attr->type = OTEL_ATTR_EMPTY;
	/* The arrays and maps around it are not counted with it. */
	while (depth <= ANY_VALUE_DEPTH + 1 && memory_field(&reader, &field)) {
		switch (memory_tag(&field)) {
		case ANY_STRING:
			read_text(room, &field, attr, OTEL_ATTR_STRING);
			break;
		case ANY_BYTES:
			read_text(room, &field, attr, OTEL_ATTR_BYTES);
			break;
		case ANY_BOOL:
			attr->type = OTEL_ATTR_BOOL;
			attr->value.b = field.value != 0;
			break;
		case ANY_INT:
			attr->type = OTEL_ATTR_INT;
			attr->value.i = (int64_t)field.value;
			break;
		case ANY_DOUBLE:
			attr->type = OTEL_ATTR_DOUBLE;
			memcpy(&attr->value.d, &field.value, sizeof attr->value.d);
			break;
		case ANY_ARRAY:
		case ANY_MAP:
			attr->type = memory_tag(&field) == ANY_MAP ? OTEL_ATTR_MAP : OTEL_ATTR_ARRAY;
			read_list(room, &field, attr, depth);
			break;
		}
	}
}

otel_memory_attrs memory_read_attrs(struct memory_room *room, struct wire_reader reader, uint32_t number)
{
	otel_memory_attrs attrs = {.count = 0};
	otel_attr *items = memory_take_list(room, reader, number, sizeof *items, &attrs.count);
	struct wire_field field;
	size_t i = 0;

	attrs.items = items;
	while (memory_field(&reader, &field)) {
		if (memory_tag(&field) == WIRE_TAG(number, WIRE_LEN) && i < attrs.count)
			read_pair(room, &field, &items[i++], 1);
		else if (memory_tag(&field) == WIRE_TAG(number + 1, WIRE_VARINT))
			attrs.dropped = (uint32_t)field.value;
	}
	return attrs;
}
