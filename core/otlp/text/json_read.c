/* SPDX-License-Identifier: Apache-2.0
 *
 * json_read.c - JSON into protobuf in one go. How long a message is shows when it ends, so each gets a gap in front
 * that notes the length and where the next gap is; at the end the gaps become what protobuf has there. That way no byte
 * is moved more than once, however deep it lies.
 */
#include "otlp/text/json.h"

#include <stdio.h>

#include "otlp/text/json_number.h"
#include "otlp/text/json_scan.h"
#include "otlp/text/json_schema.h"
#include "otlp/text/json_value.h"
#include "util/wire.h"

#define NO_GAP   SIZE_MAX
#define WORK_MAX ((size_t)1 << 31) /* what a gap can count */

/* A message takes two bytes at least, with a gap nine. */
#define GAPS_GROW 5u

struct gap {
	uint32_t to_next; /* from gap to gap; 0 = it is the last */
	uint32_t len; /* in the end */
};

struct json_reader {
	struct json_scan scan;
	struct buf work;
	size_t first_gap, last_gap;
	size_t surplus; /* of gaps that are closed, over what they become */
	uint32_t signals; /* that are expected */
	uint32_t found;
};

static bool read_message(struct json_reader *r, const struct json_type *type, unsigned depth);

/* ---- protobuf ---- */

static void put_varint(struct buf *out, uint64_t number)
{
	uint8_t bytes[WIRE_MAX_VARINT];

	buf_append(out, bytes, (size_t)(wire_put_varint(bytes, number) - bytes));
}

static void put_number(struct buf *out, enum wire_type wire, uint64_t number)
{
	const uint64_t bits = htole64(number);

	if (wire == WIRE_VARINT)
		put_varint(out, number);
	else
		buf_append(out, &bits, wire == WIRE_FIXED64 ? 8 : 4);
}

struct open_gap {
	size_t at, surplus;
};

static struct open_gap gap_open(struct json_reader *r)
{
	const struct open_gap open = {r->work.len, r->surplus};
	const uint32_t distance = (uint32_t)(open.at - r->last_gap);
	const struct gap gap = {0, 0};

	if (!buf_append(&r->work, &gap, sizeof gap))
		return open;
	if (r->last_gap == NO_GAP)
		r->first_gap = open.at;
	else
		memcpy(r->work.data + r->last_gap, &distance, sizeof distance);
	r->last_gap = open.at;
	return open;
}

static void gap_close(struct json_reader *r, struct open_gap open)
{
	const size_t len = r->work.len - open.at - sizeof(struct gap) - (r->surplus - open.surplus);
	const uint32_t noted = (uint32_t)len;

	if (r->work.failed)
		return;
	memcpy(r->work.data + open.at + offsetof(struct gap, len), &noted, sizeof noted);
	r->surplus += sizeof(struct gap) - wire_varint_size(len);
}

static bool copy_without_gaps(struct json_reader *r, struct buf *out)
{
	size_t at = 0;

	buf_reserve(out, r->work.len - r->surplus);
	for (size_t next = r->first_gap; next != NO_GAP;) {
		struct gap gap;

		memcpy(&gap, r->work.data + next, sizeof gap);
		buf_append(out, r->work.data + at, next - at);
		put_varint(out, gap.len);
		at = next + sizeof gap;
		next = gap.to_next ? next + gap.to_next : NO_GAP;
	}
	return buf_append(out, r->work.data + at, r->work.len - at);
}

/* ---- values ---- */

static bool complain(struct json_reader *r, const struct json_field *field, const char *why)
{
	return json_scan_fail(&r->scan, "\"%s\" %s", field->key, why);
}

static bool is_kept(const struct json_field *field, bool is_default)
{
	return !is_default || field->flags & (JSON_ONEOF | JSON_OPTIONAL | JSON_REPEATED);
}

static bool read_bytes(struct json_reader *r, const struct json_field *field)
{
	struct view text;

	if (json_scan_peek(&r->scan) != '"')
		return complain(r, field, "is not a text");
	if (!json_scan_text(&r->scan, &text))
		return false;
	if (!is_kept(field, !text.len))
		return true;
	put_varint(&r->work, WIRE_TAG(field->number, WIRE_LEN));
	if (field->kind == JSON_TEXT) {
		put_varint(&r->work, text.len);
		buf_append(&r->work, text.ptr, text.len);
		return true;
	}
	const struct open_gap gap = gap_open(r);
	const bool ok = field->kind == JSON_ID ? json_number_from_hex(&r->work, text)
					       : buf_append_from_base64(&r->work, text.ptr, text.len);
	gap_close(r, gap);
	return ok || complain(r, field, field->kind == JSON_ID ? "is not hex" : "is not base64");
}

static bool scan_number(struct json_reader *r, const struct json_field *field, uint64_t *bits)
{
	const bool is_text = json_scan_peek(&r->scan) == '"';
	struct view word;

	if (!(is_text ? json_scan_text(&r->scan, &word) : json_scan_word(&r->scan, &word)))
		return false;
	return json_number_read(field->kind, word, is_text, bits) ||
	       complain(r, field, json_number_wanted(field->kind));
}

static bool read_number(struct json_reader *r, const struct json_field *field)
{
	const enum wire_type wire = json_wire_of(field);
	uint64_t bits;

	if (!scan_number(r, field, &bits))
		return false;
	if (!is_kept(field, !bits))
		return true;
	put_varint(&r->work, WIRE_TAG(field->number, wire));
	put_number(&r->work, wire, bits);
	return true;
}

static bool read_one(struct json_reader *r, const struct json_field *field, unsigned depth)
{
	if (field->kind != JSON_MESSAGE)
		return json_wire_of(field) == WIRE_LEN ? read_bytes(r, field) : read_number(r, field);
	if (json_scan_peek(&r->scan) != '{')
		return complain(r, field, "is not an object");
	if (depth == JSON_DEPTH_MAX)
		return complain(r, field, "lies too deep, at level 100");
	put_varint(&r->work, WIRE_TAG(field->number, WIRE_LEN));
	const struct open_gap gap = gap_open(r);
	const bool ok = read_message(r, &json_types[field->type], depth + 1);
	gap_close(r, gap);
	return ok;
}

static bool read_packed(struct json_reader *r, const struct json_field *field)
{
	bool is_first = false; /* the caller has seen that there is one */
	struct open_gap gap;
	uint64_t bits;

	put_varint(&r->work, WIRE_TAG(field->number, WIRE_LEN));
	gap = gap_open(r);
	do {
		if (!scan_number(r, field, &bits))
			return false;
		put_number(&r->work, json_wire_of(field), bits);
	} while (json_scan_more(&r->scan, ']', &is_first));
	gap_close(r, gap);
	return !r->scan.failed;
}

static bool read_list(struct json_reader *r, const struct json_field *field, unsigned depth)
{
	bool is_first = true;

	if (!json_scan_take(&r->scan, '['))
		return complain(r, field, "is not an array");
	while (json_scan_more(&r->scan, ']', &is_first)) {
		if (json_wire_of(field) != WIRE_LEN)
			return read_packed(r, field);
		if (!read_one(r, field, depth))
			return false;
	}
	return !r->scan.failed;
}

/* ---- messages ---- */

/* The keys mostly come in order: the search begins behind the last one. */
static const struct json_field *find_key(const struct json_type *type, struct view key, uint32_t *from)
{
	for (uint32_t i = 0; i < type->count; i++) {
		const uint32_t at = *from + i < type->count ? *from + i : *from + i - type->count;

		if (view_equals(key, type->fields[at].key)) {
			*from = at + 1;
			return &type->fields[at];
		}
	}
	return NULL;
}

/* Of the requests' three lists those that are expected, and one of them. */
static bool is_expected(struct json_reader *r, const struct json_type *type, const struct json_field *field)
{
	return type != &json_types[JSON_ANY_REQUEST] || r->signals & 1u << (field - type->fields);
}

static bool check_alone(struct json_reader *r, const struct json_type *type, const struct json_field *field,
			const struct json_field **chosen, uint32_t *seen)
{
	const uint32_t bit = 1u << (field - type->fields);
	char why[80];

	if (*seen & bit)
		return complain(r, field, "comes twice");
	*seen |= bit;
	if (type == &json_types[JSON_ANY_REQUEST])
		r->found = bit;
	else if (!(field->flags & JSON_ONEOF))
		return true;
	if (!*chosen) {
		*chosen = field;
		return true;
	}
	snprintf(why, sizeof why, "stands beside \"%s\", of which only one can be", (*chosen)->key);
	return complain(r, field, why);
}

static bool read_message(struct json_reader *r, const struct json_type *type, unsigned depth)
{
	const struct json_field *chosen = NULL; /* no message of OTLP has two oneofs */
	bool is_first = true;
	uint32_t seen = 0, at = 0;
	struct view key;

	if (!json_scan_take(&r->scan, '{'))
		return json_scan_fail(&r->scan, "there should be an object");
	while (json_scan_more(&r->scan, '}', &is_first)) {
		if (!json_scan_key(&r->scan, &key))
			return false;
		const struct json_field *field = find_key(type, key, &at);
		/* null stands for what is not set */
		if (!field || !is_expected(r, type, field) || json_scan_peek(&r->scan) == 'n') {
			if (!json_scan_skip(&r->scan, depth))
				return false;
		} else if (!check_alone(r, type, field, &chosen, &seen) ||
			   !(field->flags & JSON_REPEATED ? read_list : read_one)(r, field, depth)) {
			return false;
		}
	}
	return !r->scan.failed;
}

/* ---- all ---- */

static size_t work_max(const struct buf *out)
{
	const size_t room = out->max > out->len ? out->max - out->len : 0;

	return room < WORK_MAX / GAPS_GROW ? room * GAPS_GROW + sizeof(struct gap) : WORK_MAX;
}

static enum otlp_verdict read_root(struct buf *out, enum json_type_name root, uint32_t *signals, const char *text,
				   size_t len, struct otlp_fault *fault)
{
	struct json_reader r = {.first_gap = NO_GAP, .last_gap = NO_GAP, .signals = *signals};
	enum otlp_verdict verdict = OTLP_GOOD;
	const size_t start = out->len;

	json_scan_init(&r.scan, len ? text : "", len, fault);
	buf_init(&r.work, work_max(out));
	if (!read_message(&r, &json_types[root], 0) || !json_scan_end(&r.scan))
		verdict = OTLP_MALFORMED;
	if (r.work.failed || r.scan.text.failed ||
	    (verdict == OTLP_GOOD && r.work.len && !copy_without_gaps(&r, out))) {
		snprintf(fault->text, sizeof fault->text, "out of memory, or larger than a request may be");
		verdict = OTLP_NO_MEMORY;
	}
	if (verdict != OTLP_GOOD)
		out->len = start;
	*signals = r.found;
	buf_fini(&r.work);
	json_scan_fini(&r.scan);
	return verdict;
}

enum otlp_verdict otlp_json_read(struct buf *out, uint32_t *signals, const char *text, size_t len,
				 struct otlp_fault *fault)
{
	return read_root(out, JSON_ANY_REQUEST, signals, text, len, fault);
}

enum otlp_verdict otlp_json_read_response(struct buf *out, const char *text, size_t len, struct otlp_fault *fault)
{
	return read_root(out, JSON_RESPONSE, &(uint32_t){0}, text, len, fault);
}

enum otlp_verdict otlp_json_read_status(struct buf *out, const char *text, size_t len, struct otlp_fault *fault)
{
	return read_root(out, JSON_RPC_STATUS, &(uint32_t){0}, text, len, fault);
}
