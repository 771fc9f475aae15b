/* SPDX-License-Identifier: Apache-2.0
 *
 * json_field.c - proto3's JSON mapping with OTLP's changes, type by type.
 */
#include "otlp/text/json_field.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/str.h"

static json_t *from_value(struct json_writer *w, const Otlp__AnyValue *value);

void json_field_set(struct json_writer *w, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		w->failed = true;
}

void json_field_append(struct json_writer *w, json_t *list, json_t *value)
{
	if (json_array_append_new(list, value))
		w->failed = true;
}

static json_t *from_text(ProtobufCBinaryData text)
{
	return json_stringn(text.len ? (const char *)text.data : "", text.len);
}

void json_field_text(struct json_writer *w, json_t *object, const char *key, ProtobufCBinaryData text)
{
	if (text.len)
		json_field_set(w, object, key, from_text(text));
}

void json_field_hex(struct json_writer *w, json_t *object, const char *key, ProtobufCBinaryData id)
{
	char *hex;

	if (!id.len)
		return;
	hex = malloc(2 * id.len);
	if (hex)
		str_to_hex(hex, id.data, id.len);
	json_field_set(w, object, key, hex ? json_stringn(hex, 2 * id.len) : NULL);
	free(hex);
}

void json_field_int(struct json_writer *w, json_t *object, const char *key, int64_t number)
{
	if (number)
		json_field_set(w, object, key, json_integer(number));
}

void json_field_u64(struct json_writer *w, json_t *object, const char *key, uint64_t number)
{
	char text[24];

	if (!number)
		return;
	snprintf(text, sizeof(text), "%" PRIu64, number);
	json_field_set(w, object, key, json_string(text));
}

static json_t *from_i64(int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	return json_string(text);
}

static json_t *from_double(double number)
{
	if (isnan(number))
		return json_string("NaN");
	if (isinf(number))
		return json_string(number > 0 ? "Infinity" : "-Infinity");
	return json_real(number);
}

static json_t *from_bytes(ProtobufCBinaryData bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = (bytes.len + 2) / 3 * 4;
	char *text = malloc(len + 1);
	json_t *value;

	if (!text)
		return NULL;
	for (size_t i = 0; i < len; i++) {
		size_t at = i / 4 * 3; /* of the group of three bytes */
		uint32_t group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (at + k < bytes.len ? bytes.data[at + k] : 0u);
		text[i] = at + i % 4 > bytes.len ? '=' : digits[group >> (18 - 6 * (i % 4)) & 63];
	}
	value = json_stringn(text, len);
	free(text);
	return value;
}

static json_t *from_list(struct json_writer *w, const Otlp__ArrayValue *list)
{
	json_t *object = json_object();
	json_t *values = json_array();

	for (size_t i = 0; i < list->n_values; i++)
		json_field_append(w, values, from_value(w, list->values[i]));
	json_field_set(w, object, "values", values);
	return object;
}

static json_t *from_map(struct json_writer *w, const Otlp__KeyValueList *map)
{
	json_t *object = json_object();

	json_field_attributes(w, object, "values", map->values, map->n_values);
	return object;
}

/* Members of the oneof are written whatever their value: it tells the type. */
static json_t *from_value(struct json_writer *w, const Otlp__AnyValue *value)
{
	json_t *object = json_object();

	switch (value->value_case) {
	case OTLP__ANY_VALUE__VALUE_STRING_VALUE:
		json_field_set(w, object, "stringValue", from_text(value->string_value));
		break;
	case OTLP__ANY_VALUE__VALUE_BOOL_VALUE:
		json_field_set(w, object, "boolValue", json_boolean(value->bool_value));
		break;
	case OTLP__ANY_VALUE__VALUE_INT_VALUE:
		json_field_set(w, object, "intValue", from_i64(value->int_value));
		break;
	case OTLP__ANY_VALUE__VALUE_DOUBLE_VALUE:
		json_field_set(w, object, "doubleValue", from_double(value->double_value));
		break;
	case OTLP__ANY_VALUE__VALUE_ARRAY_VALUE:
		json_field_set(w, object, "arrayValue", from_list(w, value->array_value));
		break;
	case OTLP__ANY_VALUE__VALUE_KVLIST_VALUE:
		json_field_set(w, object, "kvlistValue", from_map(w, value->kvlist_value));
		break;
	case OTLP__ANY_VALUE__VALUE_BYTES_VALUE:
		json_field_set(w, object, "bytesValue", from_bytes(value->bytes_value));
		break;
	case OTLP__ANY_VALUE__VALUE_STRING_VALUE_STRINDEX:
		json_field_set(w, object, "stringValueStrindex", json_integer(value->string_value_strindex));
		break;
	default:
		break;
	}
	return object;
}

static json_t *from_attribute(struct json_writer *w, const Otlp__KeyValue *attribute)
{
	json_t *object = json_object();

	json_field_text(w, object, "key", attribute->key);
	if (attribute->value)
		json_field_set(w, object, "value", from_value(w, attribute->value));
	json_field_int(w, object, "keyStrindex", attribute->key_strindex);
	return object;
}

void json_field_attributes(struct json_writer *w, json_t *object, const char *key, Otlp__KeyValue *const *attributes,
			   size_t count)
{
	json_t *list;

	if (!count)
		return;
	list = json_array();
	for (size_t i = 0; i < count; i++)
		json_field_append(w, list, from_attribute(w, attributes[i]));
	json_field_set(w, object, key, list);
}
