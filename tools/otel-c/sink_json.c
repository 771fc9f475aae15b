/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_json.c - led by the descriptors of the messages: what protobuf-c knows of a field tells how its JSON looks. Only
 * whether bytes are a text, an id or base64 it does not know, for we declare texts as bytes.
 */
#include "sink_json.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "otlp/text/value.h"
#include "util/str.h"
#include "util/wire.h"

#define DEPTH_MAX    100 /* as request.c has it */
#define NAME_MAX_LEN 64
#define HEAD_MAX     (2 * WIRE_MAX_VARINT)

struct json_reader {
	struct buf *out;
	struct otlp_fault *fault;
};

typedef ProtobufCFieldDescriptor field_type;

static bool read_message(struct json_reader *r, const ProtobufCMessageDescriptor *type, const json_t *object,
			 unsigned depth);

/* ---- faults ---- */

static bool complain(struct json_reader *r, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool complain(struct json_reader *r, const char *key, const char *format, ...)
{
	char words[200];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	snprintf(r->fault->text, sizeof r->fault->text, "JSON: \"%s\" %s", key, words);
	return false;
}

/* ---- protobuf ---- */

static void put_varint(struct json_reader *r, uint64_t number)
{
	uint8_t bytes[WIRE_MAX_VARINT];

	buf_append(r->out, bytes, (size_t)(wire_put_varint(bytes, number) - bytes));
}

static void put_tag(struct json_reader *r, const field_type *field, enum wire_type wire)
{
	put_varint(r, WIRE_TAG(field->id, wire));
}

static void put_bytes(struct json_reader *r, const field_type *field, const void *bytes, size_t len)
{
	put_tag(r, field, WIRE_LEN);
	put_varint(r, len);
	buf_append(r->out, bytes, len);
}

/* What was appended since `start` becomes the content of a field. */
static void wrap(struct json_reader *r, const field_type *field, size_t start)
{
	const size_t len = r->out->len - start;
	uint8_t head[HEAD_MAX];
	uint8_t *end = wire_put_varint(head, WIRE_TAG(field->id, WIRE_LEN));

	end = wire_put_varint(end, len);
	const size_t head_len = (size_t)(end - head);
	if (!buf_append(r->out, head, head_len)) /* makes the room; its place is in front */
		return;
	memmove(r->out->data + start + head_len, r->out->data + start, len);
	memcpy(r->out->data + start, head, head_len);
}

/* ---- values ---- */

static bool read_unsigned(const json_t *value, uint64_t max, uint64_t *out)
{
	if (json_is_string(value))
		return str_to_u64((struct view){json_string_value(value), json_string_length(value)}, 0, max, out);
	if (!json_is_integer(value) || json_integer_value(value) < 0 || (uint64_t)json_integer_value(value) > max)
		return false;
	*out = (uint64_t)json_integer_value(value);
	return true;
}

static bool read_signed(const json_t *value, uint64_t max, uint64_t *out)
{
	struct view text = {json_string_value(value), json_string_length(value)};
	const bool minus = json_is_string(value) ? text.len && *text.ptr == '-'
						 : json_is_integer(value) && json_integer_value(value) < 0;

	if (!minus)
		return read_unsigned(value, max, out);
	if (json_is_integer(value)) {
		*out = (uint64_t)json_integer_value(value);
		return 0 - *out <= max + 1;
	}
	if (!str_to_u64((struct view){text.ptr + 1, text.len - 1}, 0, max + 1, out))
		return false;
	*out = 0 - *out;
	return true;
}

static bool read_double(const json_t *value, double *out)
{
	static const struct {
		const char *name;
		double number;
	} rows[] = {{"NaN", NAN}, {"Infinity", INFINITY}, {"-Infinity", -INFINITY}};
	const struct view text = {json_string_value(value), json_string_length(value)};

	*out = json_number_value(value);
	if (!json_is_string(value))
		return json_is_number(value);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		*out = rows[i].number;
		if (view_equals(text, rows[i].name))
			return true;
	}
	return str_to_double(text, out);
}

static int base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* With its padding. Returns the length, SIZE_MAX if it is no base64; `out` has room for three quarters of the text. */
static size_t from_base64(uint8_t *out, const char *text, size_t len)
{
	size_t out_len = 0;
	uint32_t group = 0;
	size_t digits = len;

	while (digits && len - digits < 2 && text[digits - 1] == '=')
		digits--;
	if (len % 4)
		return SIZE_MAX;
	for (size_t i = 0; i < digits; i++) {
		const int digit = base64_digit(text[i]);

		if (digit < 0)
			return SIZE_MAX;
		group = group << 6 | (uint32_t)digit;
		if (i % 4)
			out[out_len++] = (uint8_t)(group >> (6 - 2 * (i % 4)));
	}
	return out_len;
}

static size_t from_hex(uint8_t *out, const char *text, size_t len)
{
	return len % 2 == 0 && str_from_hex(out, text, len / 2) ? len / 2 : SIZE_MAX;
}

static bool is_id(const field_type *field)
{
	static const char *const names[] = {"trace_id", "span_id", "parent_span_id"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(field->name, names[i]) == 0)
			return true;
	return false;
}

static bool read_coded(struct json_reader *r, const field_type *field, const char *key, const json_t *value)
{
	const char *text = json_string_value(value);
	const size_t len = json_string_length(value);
	uint8_t *bytes = malloc(len + 1);
	size_t bytes_len;

	if (!bytes) {
		r->out->failed = true;
		return false;
	}
	bytes_len = is_id(field) ? from_hex(bytes, text, len) : from_base64(bytes, text, len);
	if (bytes_len != SIZE_MAX && (bytes_len || !is_id(field)))
		put_bytes(r, field, bytes, bytes_len);
	free(bytes);
	return bytes_len != SIZE_MAX || complain(r, key, "is not %s", is_id(field) ? "hex" : "base64");
}

static bool read_bytes(struct json_reader *r, const field_type *field, const char *key, const json_t *value)
{
	if (!json_is_string(value))
		return complain(r, key, "is not a text");
	if (is_id(field) || strcmp(field->name, "bytes_value") == 0)
		return read_coded(r, field, key, value);
	put_bytes(r, field, json_string_value(value), json_string_length(value));
	return true;
}

static bool read_bool(struct json_reader *r, const field_type *field, const char *key, const json_t *value)
{
	if (!json_is_boolean(value))
		return complain(r, key, "is neither true nor false");
	put_tag(r, field, WIRE_VARINT);
	put_varint(r, json_is_true(value));
	return true;
}

static bool read_real(struct json_reader *r, const field_type *field, const char *key, const json_t *value)
{
	double number;
	uint64_t bits;

	if (!read_double(value, &number))
		return complain(r, key, "is not a number");
	memcpy(&bits, &number, sizeof bits);
	bits = htole64(bits);
	put_tag(r, field, WIRE_FIXED64);
	buf_append(r->out, &bits, sizeof bits);
	return true;
}

static bool read_integer(struct json_reader *r, const field_type *field, const char *key, const json_t *value)
{
	const bool is_signed = field->type == PROTOBUF_C_TYPE_INT64 || field->type == PROTOBUF_C_TYPE_INT32;
	const bool is_long = field->type == PROTOBUF_C_TYPE_INT64 || field->type == PROTOBUF_C_TYPE_FIXED64;
	const bool is_enum = field->type == PROTOBUF_C_TYPE_ENUM;
	const uint64_t unsigned_max = is_long ? UINT64_MAX : UINT32_MAX;
	const uint64_t max = is_signed || is_enum ? unsigned_max >> 1 : unsigned_max;
	uint64_t number;

	if (is_enum && !json_is_integer(value))
		return complain(r, key, "is not the number of an enum");
	if (!(is_signed ? read_signed(value, max, &number) : read_unsigned(value, max, &number)))
		return complain(r, key, "is not an integer of %d bits%s", is_long ? 64 : 32,
				is_signed ? "" : " without a sign");
	if (field->type == PROTOBUF_C_TYPE_FIXED64 || field->type == PROTOBUF_C_TYPE_FIXED32) {
		const uint64_t bits = htole64(number);

		put_tag(r, field, is_long ? WIRE_FIXED64 : WIRE_FIXED32);
		buf_append(r->out, &bits, is_long ? 8 : 4);
		return true;
	}
	put_tag(r, field, WIRE_VARINT);
	put_varint(r, number);
	return true;
}

/* ---- messages ---- */

static bool read_one(struct json_reader *r, const field_type *field, const char *key, const json_t *value,
		     unsigned depth)
{
	const size_t start = r->out->len;

	switch (field->type) {
	case PROTOBUF_C_TYPE_BYTES:
		return read_bytes(r, field, key, value);
	case PROTOBUF_C_TYPE_BOOL:
		return read_bool(r, field, key, value);
	case PROTOBUF_C_TYPE_DOUBLE:
		return read_real(r, field, key, value);
	case PROTOBUF_C_TYPE_MESSAGE:
		break;
	default:
		return read_integer(r, field, key, value);
	}
	if (!json_is_object(value))
		return complain(r, key, "is not an object");
	if (depth == DEPTH_MAX)
		return complain(r, key, "lies deeper than %d levels", DEPTH_MAX);
	if (!read_message(r, field->descriptor, value, depth + 1))
		return false;
	wrap(r, field, start);
	return true;
}

static bool read_field(struct json_reader *r, const field_type *field, const char *key, const json_t *value,
		       unsigned depth)
{
	const json_t *element;
	size_t i;

	if (field->label != PROTOBUF_C_LABEL_REPEATED)
		return read_one(r, field, key, value, depth);
	if (!json_is_array(value))
		return complain(r, key, "is not an array");
	json_array_foreach(value, i, element) if (!read_one(r, field, key, element, depth)) return false;
	return true;
}

/* By its name in lowerCamelCase, the only one that OTLP allows. */
static const field_type *find_field(const ProtobufCMessageDescriptor *type, const char *key)
{
	char name[NAME_MAX_LEN];
	size_t len = 0;

	for (; *key; key++) {
		if (len + 3 > sizeof name || *key == '_')
			return NULL;
		if (*key >= 'A' && *key <= 'Z')
			name[len++] = '_';
		name[len++] = char_lower(*key);
	}
	name[len] = '\0';
	return protobuf_c_message_descriptor_get_field_by_name(type, name);
}

static bool read_message(struct json_reader *r, const ProtobufCMessageDescriptor *type, const json_t *object,
			 unsigned depth)
{
	const char *chosen = NULL; /* no message of OTLP has two oneofs */
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		const field_type *field = find_field(type, key);

		if (!field || json_is_null(value)) /* null stands for what is not set */
			continue;
		if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
			if (chosen)
				return complain(r, key, "stands beside \"%s\", of which only one can be", chosen);
			chosen = key;
		}
		if (!read_field(r, field, key, value, depth))
			return false;
	}
	return true;
}

static enum otlp_verdict refuse_text(struct otlp_fault *fault, const json_error_t *error)
{
	struct buf shown;

	buf_init(&shown, sizeof fault->text);
	value_append_text(&shown, otlp_text_of(error->text), 120);
	snprintf(fault->text, sizeof fault->text, "not JSON: column %d: %s", error->column, buf_str(&shown));
	buf_fini(&shown);
	return OTLP_MALFORMED;
}

enum otlp_verdict sink_json_read(const char *text, size_t len, struct buf *out, struct otlp_fault *fault)
{
	struct json_reader reader = {.out = out, .fault = fault};
	enum otlp_verdict verdict = OTLP_GOOD;
	json_error_t error;
	json_t *root = json_loadb(len ? text : "", len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

	if (!root)
		return refuse_text(fault, &error);
	if (!json_is_object(root)) {
		snprintf(fault->text, sizeof fault->text, "JSON, but not an object");
		verdict = OTLP_MALFORMED;
	} else if (!read_message(&reader, &otlp__export_trace_service_request__descriptor, root, 0)) {
		verdict = OTLP_MALFORMED;
	}
	if (out->failed) {
		snprintf(fault->text, sizeof fault->text, "out of memory, or larger than a request may be");
		verdict = OTLP_NO_MEMORY;
	}
	json_decref(root);
	return verdict;
}
