/* SPDX-License-Identifier: Apache-2.0
 *
 * record_edit.c - a second record is written beside the first, and takes its place.
 */
#include "sdk/record_edit.h"

#include "sdk/record_life.h"

enum {
	EVENT_ATTR = WIRE_TAG(3, WIRE_LEN),
	EVENT_ATTRS_DROPPED = WIRE_TAG(4, WIRE_VARINT),
	LINK_ATTR = WIRE_TAG(4, WIRE_LEN),
	LINK_ATTRS_DROPPED = WIRE_TAG(5, WIRE_VARINT),
};

struct edit {
	struct record_pool *pool;
	const struct record *from;
	struct record *to;
	uint32_t where;
	otel_edit (*visit)(void *arg, otel_attr *attr);
	void *arg;
	bool failed; /* something that was to be kept found no room */
};

/* ---- reading what the record itself has written ---- */

static uint64_t varint(const uint8_t **p)
{
	uint64_t value = 0;

	for (unsigned shift = 0;; shift += 7) {
		const uint8_t byte = *(*p)++;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
}

/* An array or map stays in its encoded form. */
static void read_value(const uint8_t *p, const uint8_t *end, otel_attr *attr)
{
	const uint8_t *start = p;
	uint64_t bits;

	attr->type = OTEL_ATTR_EMPTY;
	if (p == end)
		return;
	switch (*p++) {
	case ANY_STRING:
		attr->type = OTEL_ATTR_STRING;
		attr->count = varint(&p);
		attr->value.str = (const char *)p;
		return;
	case ANY_BOOL:
		attr->type = OTEL_ATTR_BOOL;
		attr->value.b = *p != 0;
		return;
	case ANY_INT:
		attr->type = OTEL_ATTR_INT;
		attr->value.i = (int64_t)varint(&p);
		return;
	case ANY_DOUBLE:
		attr->type = OTEL_ATTR_DOUBLE;
		memcpy(&bits, p, sizeof bits);
		bits = le64toh(bits);
		memcpy(&attr->value.d, &bits, sizeof bits);
		return;
	case ANY_BYTES:
		attr->type = OTEL_ATTR_BYTES;
		attr->count = varint(&p);
		attr->value.bytes = p;
		return;
	default:
		attr->type = OTEL_ATTR_BYTES;
		attr->count = (size_t)(end - start);
		attr->value.bytes = start;
	}
}

static otel_attr read_attr(const uint8_t *field)
{
	const uint8_t *p = field + 1;
	otel_attr attr = {.reserved = 0};
	size_t len;

	varint(&p);
	p++; /* KeyValue.key */
	attr.key_len = varint(&p);
	attr.key = (const char *)p;
	p += attr.key_len + 1; /* KeyValue.value */
	len = varint(&p);
	read_value(p, p + len, &attr);
	return attr;
}

/* ---- writing ---- */

static bool copy_bytes(struct edit *e, const uint8_t *field, size_t len)
{
	if (!record_reserve(e->pool, e->to, len)) {
		e->failed = true;
		return false;
	}
	memcpy(e->to->data + e->to->len, field, len);
	e->to->len += (uint32_t)len;
	return true;
}

/* A new value may not take the room of what comes after it. */
static void replace(struct edit *e, struct attr_list *list, const otel_attr *attr, const uint8_t *rest)
{
	const size_t after = (size_t)(e->from->data + e->from->len - rest);
	const uint32_t before = e->to->len;

	record_set(e->pool, e->to, list, attr);
	if (e->to->len == before || e->to->len + after <= RECORD_MAX_BYTES - RECORD_TAIL)
		return;
	e->to->len = before;
	list->count--;
	list->dropped++;
}

static void edit_attr(struct edit *e, struct attr_list *list, const uint8_t *field, size_t len)
{
	otel_attr attr = read_attr(field);
	const char *const key = attr.key;
	const size_t key_len = attr.key_len;
	const otel_edit answer = e->visit(e->arg, &attr);

	if (answer == OTEL_EDIT_REMOVE)
		return;
	if (answer == OTEL_EDIT_REPLACE) {
		attr.key = key;
		attr.key_len = key_len;
		replace(e, list, &attr, field + len);
	} else if (copy_bytes(e, field, len)) {
		attr_list_note(list, key, key_len);
	}
}

/* Length of the field at p, which may be of any wire type. */
static size_t field_len(const uint8_t *p)
{
	const uint8_t *start = p;
	const uint64_t tag = varint(&p);
	uint64_t len;

	switch (tag & 7) {
	case WIRE_VARINT:
		varint(&p);
		return (size_t)(p - start);
	case WIRE_FIXED64:
		return (size_t)(p - start) + 8;
	case WIRE_FIXED32:
		return (size_t)(p - start) + 4;
	default:
		len = varint(&p);
		return (size_t)(p - start) + len;
	}
}

static bool has_attr(const uint8_t *p, const uint8_t *end, uint8_t tag)
{
	for (; p < end; p += field_len(p))
		if (*p == tag)
			return true;
	return false;
}

/* A field of an event or link. What was dropped before the edit is counted together with what it drops. */
static void edit_inner_field(struct edit *e, struct attr_list *list, const uint8_t *p, size_t len)
{
	const uint8_t dropped = list->tag == EVENT_ATTR ? EVENT_ATTRS_DROPPED : LINK_ATTRS_DROPPED;

	if (*p == list->tag) {
		edit_attr(e, list, p, len);
	} else if (*p == dropped) {
		p++;
		list->dropped += (uint32_t)varint(&p);
	} else {
		copy_bytes(e, p, len);
	}
}

/* An event or link, attributes apart a copy. */
static void edit_inner(struct edit *e, const uint8_t *field, size_t len)
{
	const struct span_limits *limits = e->from->limits;
	const bool is_event = *field == SPAN_EVENT;
	const uint8_t tag = is_event ? EVENT_ATTR : LINK_ATTR;
	const uint8_t *end = field + len, *p = field + 1;
	struct attr_list list;

	varint(&p);
	if (!has_attr(p, end, tag)) {
		copy_bytes(e, field, len);
		return;
	}
	if (!record_reserve(e->pool, e->to, 2)) {
		e->failed = true;
		return;
	}
	e->to->open = e->to->len;
	e->to->data[e->to->len] = *field;
	e->to->len += 2;
	attr_list_init(&list, tag, e->to->len, is_event ? limits->event_attr_count : limits->link_attr_count);
	for (size_t size; p < end; p += size) {
		size = field_len(p);
		edit_inner_field(e, &list, p, size);
	}
	record_close(e->pool, e->to, &list);
}

static void edit_field(struct edit *e, uint32_t at, size_t len)
{
	const struct record *from = e->from;
	const uint8_t *field = from->data + at;
	const uint32_t to = e->to->len;

	if (*field == SPAN_ATTR && e->where & OTEL_EDIT_SPAN) {
		edit_attr(e, &e->to->attrs, field, len);
		return;
	}
	if ((*field == SPAN_EVENT && e->where & OTEL_EDIT_EVENTS) ||
	    (*field == SPAN_LINK && e->where & OTEL_EDIT_LINKS)) {
		edit_inner(e, field, len);
		return;
	}
	if (!copy_bytes(e, field, len))
		return;
	if (at == from->name)
		e->to->name = to;
	if (at == from->status)
		e->to->status = to;
	if (*field == SPAN_ATTR) {
		const otel_attr attr = read_attr(field);
		attr_list_note(&e->to->attrs, attr.key, attr.key_len);
	}
}

/* The body changes hands; the block of the old one goes with the new record. */
static void take_body(struct record_pool *pool, struct record *r, struct record *n)
{
	if (n->data == n->own) {
		memcpy(r->data + RECORD_GAP, n->data + RECORD_GAP, n->len - RECORD_GAP);
	} else {
		if (r->data != r->own)
			record_block_put(pool, r->data, r->size);
		r->data = n->data;
		r->size = n->size;
		r->cap = n->cap;
		n->data = n->own;
	}
	r->len = n->len;
	r->name = n->name;
	r->status = n->status;
	r->event_dropped += n->event_dropped;
	r->link_dropped += n->link_dropped;
	n->attrs.dropped += r->attrs.dropped;
	r->attrs = n->attrs;
}

/* What could not be looked at must not go out. */
static void drop_all(struct record *r, uint32_t where)
{
	uint32_t len, payload;

	for (uint32_t at = RECORD_GAP; at < r->len; at += len) {
		len = record_field(r, at, &payload);
		if (r->data[at] == SPAN_ATTR && where & OTEL_EDIT_SPAN)
			r->attrs.dropped++;
		else if (r->data[at] == SPAN_EVENT && where & OTEL_EDIT_EVENTS)
			r->event_dropped++;
		else if (r->data[at] == SPAN_LINK && where & OTEL_EDIT_LINKS)
			r->link_dropped++;
		else
			continue;
		r->attrs.dead += record_kill(r, at);
	}
	if (where & OTEL_EDIT_SPAN)
		r->attrs.count = 0;
}

void record_edit(struct record_pool *pool, struct record *r, uint32_t where,
		 otel_edit (*visit)(void *arg, otel_attr *attr), void *arg)
{
	struct record *n = record_create(pool, r->limits, r->start_ns);
	struct edit e = {pool, r, n, where, visit, arg, false};
	uint32_t len, payload;

	if (!n) {
		drop_all(r, where);
		return;
	}
	for (uint32_t at = RECORD_GAP; at < r->len && !e.failed; at += len) {
		len = record_field(r, at, &payload);
		if (r->data[at] != RECORD_FILLER)
			edit_field(&e, at, len);
	}
	if (e.failed)
		drop_all(r, where);
	else
		take_body(pool, r, n);
	record_pool_put(pool, n);
}
