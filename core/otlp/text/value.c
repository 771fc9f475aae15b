/* SPDX-License-Identifier: Apache-2.0
 *
 * value.c - attribute values, numbers and durations in words.
 */
#include "otlp/text/value.h"

#include <inttypes.h>

#include "util/str.h"

#define HEX_SHOWN 64 /* bytes; ids are shorter unless somebody is wrong */

static void append_value(struct buf *out, const Otlp__AnyValue *value, size_t max, bool quoted);

void value_append_hex(struct buf *out, ProtobufCBinaryData bytes)
{
	char pair[2];

	for (size_t i = 0; i < bytes.len && i < HEX_SHOWN; i++) {
		str_to_hex(pair, bytes.data + i, 1);
		buf_append(out, pair, 2);
	}
	if (bytes.len > HEX_SHOWN)
		buf_append_str(out, "…");
}

static void append_bytes(struct buf *out, ProtobufCBinaryData bytes, size_t max)
{
	size_t shown = max / 2 < HEX_SHOWN ? max / 2 : HEX_SHOWN;
	ProtobufCBinaryData head = {.len = bytes.len < shown ? bytes.len : shown, .data = bytes.data};

	buf_append_str(out, "0x");
	value_append_hex(out, head);
	if (head.len < bytes.len)
		buf_printf(out, "… (%zu bytes)", bytes.len);
}

static void append_list(struct buf *out, const Otlp__ArrayValue *list, size_t max)
{
	size_t from = out->len;

	buf_append_char(out, '[');
	for (size_t i = 0; i < list->n_values; i++) {
		if (i)
			buf_append_str(out, ", ");
		if (out->len - from >= max || out->failed) {
			buf_printf(out, "… %zu more", list->n_values - i);
			break;
		}
		append_value(out, list->values[i], max - (out->len - from), true);
	}
	buf_append_char(out, ']');
}

static void append_map(struct buf *out, const Otlp__KeyValueList *map, size_t max)
{
	size_t from = out->len;

	buf_append_char(out, '{');
	for (size_t i = 0; i < map->n_values; i++) {
		if (i)
			buf_append_str(out, ", ");
		if (out->len - from >= max || out->failed) {
			buf_printf(out, "… %zu more", map->n_values - i);
			break;
		}
		value_append_text(out, map->values[i]->key, max);
		buf_append_str(out, ": ");
		append_value(out, map->values[i]->value, max, true);
	}
	buf_append_char(out, '}');
}

static void append_value(struct buf *out, const Otlp__AnyValue *value, size_t max, bool quoted)
{
	switch (value ? value->value_case : OTLP__ANY_VALUE__VALUE__NOT_SET) {
	case OTLP__ANY_VALUE__VALUE_STRING_VALUE:
		/* An empty text would look like nothing at all. */
		if (quoted || !value->string_value.len)
			value_append_quoted(out, value->string_value, max);
		else
			value_append_text(out, value->string_value, max);
		return;
	case OTLP__ANY_VALUE__VALUE_BOOL_VALUE:
		buf_append_str(out, value->bool_value ? "true" : "false");
		return;
	case OTLP__ANY_VALUE__VALUE_INT_VALUE:
		buf_printf(out, "%" PRId64, value->int_value);
		return;
	case OTLP__ANY_VALUE__VALUE_DOUBLE_VALUE:
		buf_append_double(out, value->double_value);
		return;
	case OTLP__ANY_VALUE__VALUE_ARRAY_VALUE:
		append_list(out, value->array_value, max);
		return;
	case OTLP__ANY_VALUE__VALUE_KVLIST_VALUE:
		append_map(out, value->kvlist_value, max);
		return;
	case OTLP__ANY_VALUE__VALUE_BYTES_VALUE:
		append_bytes(out, value->bytes_value, max);
		return;
	case OTLP__ANY_VALUE__VALUE_STRING_VALUE_STRINDEX:
		buf_printf(out, "string #%" PRId32, value->string_value_strindex);
		return;
	default:
		buf_append_str(out, "(empty)");
	}
}

void value_append(struct buf *out, const Otlp__AnyValue *value, size_t max)
{
	append_value(out, value, max, false);
}

void value_append_attribute(struct buf *out, const Otlp__KeyValue *attribute, size_t max)
{
	value_append_text(out, attribute->key, max);
	buf_append_str(out, " = ");
	value_append(out, attribute->value, max);
}

void value_append_duration(struct buf *out, uint64_t ns)
{
	static const struct {
		uint64_t unit;
		const char *name;
	} rows[] = {{1000000000u, "s"}, {1000000u, "ms"}, {1000u, "µs"}};
	uint64_t seconds = ns / 1000000000u;

	if (seconds >= 60) {
		buf_printf(out, "%" PRIu64 " min %" PRIu64 " s", seconds / 60, seconds % 60);
		return;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t whole = ns / rows[i].unit;
		unsigned thousandths = (unsigned)(ns % rows[i].unit * 1000 / rows[i].unit);
		if (!whole)
			continue;
		if (whole >= 100)
			buf_printf(out, "%" PRIu64 " %s", whole, rows[i].name);
		else if (whole >= 10)
			buf_printf(out, "%" PRIu64 ".%u %s", whole, thousandths / 100, rows[i].name);
		else
			buf_printf(out, "%" PRIu64 ".%02u %s", whole, thousandths / 10, rows[i].name);
		return;
	}
	buf_printf(out, "%" PRIu64 " ns", ns);
}

ProtobufCBinaryData value_find_text(Otlp__KeyValue *const *attributes, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++) {
		const Otlp__AnyValue *value = attributes[i]->value;
		if (value && value->value_case == OTLP__ANY_VALUE__VALUE_STRING_VALUE &&
		    otlp_text_is(attributes[i]->key, key))
			return value->string_value;
	}
	return (ProtobufCBinaryData){0};
}
