/* SPDX-License-Identifier: Apache-2.0
 *
 * json_write.c - protobuf into JSON without messages in between. A look ahead tells which fields a message has and
 * where, for in JSON the elements of a list stand together, whatever lay between them in protobuf.
 */
#include "otlp/text/json.h"

#include <inttypes.h>

#include "otlp/text/json_schema.h"
#include "otlp/text/json_value.h"
#include "util/wire.h"

struct found {
	const uint8_t *first, *last; /* where these fields begin; NULL: there is none */
};

struct survey {
	struct found found[JSON_FIELDS_MAX];
	const struct json_field *chosen; /* of the oneof; no message has two */
	const uint8_t *end;
};

static bool write_message(struct buf *out, const struct json_type *type, const uint8_t *data, size_t len,
			  unsigned depth);

/* ---- looking ahead ---- */

/* Fields come in order mostly, and lists in a row: the search begins where the last one ended. */
static uint32_t find_number(const struct json_type *type, uint32_t number, uint32_t from)
{
	for (uint32_t i = 0; i < type->count; i++) {
		const uint32_t at = from + i < type->count ? from + i : from + i - type->count;

		if (type->fields[at].number == number)
			return at;
	}
	return UINT32_MAX;
}

static bool is_packed(const struct json_field *field, uint32_t wire)
{
	return field->flags & JSON_REPEATED && wire == WIRE_LEN && json_wire_of(field) != WIRE_LEN;
}

/* As everywhere in protobuf, a field of another type is one that is not known; a packed list of nothing is nothing. */
static bool counts(const struct json_field *field, const struct wire_field *value)
{
	return value->type == json_wire_of(field) || (is_packed(field, value->type) && value->len);
}

static bool survey(struct survey *s, const struct json_type *type, const uint8_t *data, size_t len)
{
	struct wire_reader reader = wire_read(data, len);
	const uint8_t *at = reader.p;
	struct wire_field field;
	uint32_t row = 0, known;
	bool ok;

	*s = (struct survey){.end = reader.end};
	for (; wire_next(&reader, &field, &ok); at = reader.p) {
		known = find_number(type, field.number, row);
		if (known == UINT32_MAX || !counts(&type->fields[known], &field))
			continue;
		row = known;
		if (type->fields[row].flags & JSON_ONEOF)
			s->chosen = &type->fields[row];
		if (!s->found[row].first)
			s->found[row].first = at;
		s->found[row].last = at;
	}
	return ok;
}

/* ---- fields ---- */

static bool write_one(struct buf *out, const struct json_field *field, const struct wire_field *value, unsigned depth)
{
	if (field->kind == JSON_MESSAGE)
		return write_message(out, &json_types[field->type], value->data, value->len, depth + 1);
	json_value_append(out, field->kind, value);
	return true;
}

static void write_packed(struct buf *out, const struct json_field *field, const struct wire_field *list, bool *ok)
{
	struct wire_reader reader = wire_read(list->data, list->len);
	struct wire_field value = {.type = json_wire_of(field)};

	for (bool is_first = true; wire_next_packed(&reader, value.type, &value.value, ok); is_first = false) {
		if (!is_first)
			buf_append_char(out, ',');
		json_value_append(out, field->kind, &value);
	}
}

/* From the first to the last of them; what lies between and is another field is passed over. */
static bool write_list(struct buf *out, const struct json_field *field, const struct survey *s,
		       const struct found *found, unsigned depth)
{
	struct wire_reader reader = {found->first, s->end};
	bool is_empty = true, ok = true;
	struct wire_field value;

	buf_append_char(out, '[');
	while (ok && found->first && reader.p <= found->last && wire_next(&reader, &value, &ok)) {
		if (value.number != field->number || !counts(field, &value))
			continue;
		if (!is_empty)
			buf_append_char(out, ',');
		is_empty = false;
		if (is_packed(field, value.type))
			write_packed(out, field, &value, &ok);
		else
			ok = write_one(out, field, &value, depth);
	}
	buf_append_char(out, ']');
	return ok;
}

static bool is_default(const struct json_field *field, const struct wire_field *value)
{
	return !(field->flags & (JSON_ONEOF | JSON_OPTIONAL)) && field->kind != JSON_MESSAGE && !value->value &&
	       !value->len;
}

static void write_key(struct buf *out, const char *key, bool *is_first)
{
	buf_append_str(out, *is_first ? "\"" : ",\"");
	buf_append_str(out, key);
	buf_append_str(out, "\":");
	*is_first = false;
}

static bool write_field(struct buf *out, const struct json_field *field, const struct survey *s,
			const struct found *found, bool *is_first, unsigned depth)
{
	struct wire_reader reader = {found->last, s->end};
	struct wire_field value;
	bool ok;

	if (!found->first && !(field->flags & JSON_ALWAYS))
		return true;
	if (field->flags & JSON_REPEATED) {
		write_key(out, field->key, is_first);
		return write_list(out, field, s, found, depth);
	}
	if ((field->flags & JSON_ONEOF && field != s->chosen) || !wire_next(&reader, &value, &ok) ||
	    is_default(field, &value))
		return true;
	write_key(out, field->key, is_first);
	return write_one(out, field, &value, depth);
}

static bool write_message(struct buf *out, const struct json_type *type, const uint8_t *data, size_t len,
			  unsigned depth)
{
	bool is_first = true;
	struct survey s;

	if (out->failed || depth > JSON_DEPTH_MAX || !survey(&s, type, data, len))
		return false;
	buf_append_char(out, '{');
	for (uint32_t i = 0; i < type->count; i++)
		if (!write_field(out, &type->fields[i], &s, &s.found[i], &is_first, depth))
			return false;
	buf_append_char(out, '}');
	return true;
}

bool otlp_json_request(struct buf *out, otel_signal signal, const uint8_t *request, size_t len)
{
	static const enum json_type_name types[] = {[OTEL_SIGNAL_TRACES] = JSON_TRACES_REQUEST,
						    [OTEL_SIGNAL_METRICS] = JSON_METRICS_REQUEST,
						    [OTEL_SIGNAL_LOGS] = JSON_LOGS_REQUEST};
	const size_t start = out->len;

	if (write_message(out, &json_types[types[signal]], request, len, 0) && !out->failed)
		return true;
	out->len = start;
	return false;
}
