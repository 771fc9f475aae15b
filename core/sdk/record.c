/* SPDX-License-Identifier: Apache-2.0
 *
 * record.c - the life of a recording span: its beginning, name, status and completion.
 */
#include "sdk/record.h"

#include <stdlib.h>

#include "sdk/stats.h"

struct record *record_create(struct record_pool *pool, const struct span_limits *limits, uint64_t start_ns)
{
	struct record *r = record_pool_get(pool);

	if (!r)
		return NULL;
	r->limits = limits;
	r->data = r->own;
	r->size = r->cap = RECORD_OWN;
	r->len = RECORD_GAP;
	r->name = r->status = r->status_code = r->open = 0;
	r->event_count = r->event_dropped = r->link_count = r->link_dropped = 0;
	r->scope = 0;
	r->kind = OTEL_KIND_INTERNAL;
	r->parent_remote = false;
	memset(r->parent_id, 0, sizeof r->parent_id);
	r->start_ns = r->last_ns = start_ns;
	attr_list_init(&r->attrs, SPAN_ATTR, RECORD_GAP, limits->attr_count);
	return r;
}

/* ---- fields of which the last one counts ---- */

/* Where to write `size` bytes of a field that replaces the one at *at; NULL: no room, the old one stands. */
static uint8_t *replace_field(struct record_pool *pool, struct record *r, uint32_t *at, uint8_t tag, size_t size,
			      bool tail)
{
	const size_t whole = attr_text_size(size);

	if (*at) {
		uint32_t payload;
		if (record_field(r, *at, &payload) == whole)
			return r->data + payload;
	}
	if (!(tail ? record_grow(pool, r, whole, true) : record_reserve(pool, r, whole)))
		return NULL;
	if (*at)
		r->attrs.dead += record_kill(r, *at);

	*at = r->len;
	uint8_t *p = r->data + r->len;
	*p++ = tag;
	p = wire_put_varint(p, size);
	r->len += (uint32_t)whole;
	return p;
}

void record_name(struct record_pool *pool, struct record *r, const char *name, size_t len)
{
	char *clean = NULL;

	len = text_clip(name, len, RECORD_MAX_TEXT);
	if (!text_is_clean(name, len)) {
		clean = text_clean(name, len, &len);
		if (!clean)
			return;
		name = clean;
	}
	uint8_t *p = replace_field(pool, r, &r->name, SPAN_NAME, len, false);
	if (p)
		text_put(p, name, len);
	free(clean);
}

enum { STATUS_MESSAGE = WIRE_TAG(2, WIRE_LEN), STATUS_CODE = WIRE_TAG(3, WIRE_VARINT) };

static bool put_status(struct record_pool *pool, struct record *r, const char *message, size_t len)
{
	const size_t size = (len ? attr_text_size(len) : 0) + 2;
	uint8_t *p = replace_field(pool, r, &r->status, SPAN_STATUS, size, !len);

	if (!p)
		return false;
	if (len) {
		*p++ = STATUS_MESSAGE;
		p = wire_put_varint(p, len);
		p = text_put(p, message, len);
	}
	*p++ = STATUS_CODE;
	*p = (uint8_t)r->status_code;
	return true;
}

void record_status(struct record_pool *pool, struct record *r, otel_status_code code, const char *description)
{
	char *clean = NULL;
	size_t len = 0;

	if (code != OTEL_STATUS_OK && code != OTEL_STATUS_ERROR) {
		if (code != OTEL_STATUS_UNSET)
			stats_add(&stats.misuse, 1);
		return;
	}
	if (r->status_code == OTEL_STATUS_OK)
		return;
	r->status_code = (uint32_t)code;
	if (code == OTEL_STATUS_ERROR && description) {
		len = text_clip(description, strlen(description), RECORD_MAX_TEXT);
		if (!text_is_clean(description, len)) {
			clean = text_clean(description, len, &len);
			description = clean;
			len = clean ? len : 0;
		}
	}
	if (!put_status(pool, r, description, len))
		put_status(pool, r, NULL, 0);
	free(clean);
}

/* ---- completion ---- */

static void put_tracestate(struct record_pool *pool, struct record *r, const char *text, size_t len)
{
	if (!len || !record_grow(pool, r, attr_text_size(len), true))
		return;
	uint8_t *p = r->data + r->len;
	*p++ = SPAN_TRACE_STATE;
	p = wire_put_varint(p, len);
	p = text_put(p, text, len);
	r->len = (uint32_t)(p - r->data);
}

static bool has_parent(const struct record *r)
{
	uint64_t id;

	memcpy(&id, r->parent_id, sizeof id);
	return id != 0;
}

static size_t count_size(uint32_t count)
{
	return count ? 1 + wire_varint_size(count) : 0;
}

static uint8_t *put_count(uint8_t *p, uint8_t tag, uint32_t count)
{
	if (!count)
		return p;
	*p++ = tag;
	return wire_put_varint(p, count);
}

static uint8_t *put_fixed(uint8_t *p, uint8_t tag, uint64_t value)
{
	*p++ = tag;
	return wire_put_fixed64(p, value);
}

static size_t head_size(const struct record *r)
{
	const size_t fixed = 2 + 16 + 2 + 8 + 2 + 9 + 9 + 6; /* ids, kind, times, flags */
	return fixed + (has_parent(r) ? 2 + 8 : 0) + count_size(r->attrs.dropped) + count_size(r->event_dropped) +
	       count_size(r->link_dropped);
}

static void put_head(uint8_t *p, const struct record *r, const otel_span_context *context, uint64_t end_ns)
{
	*p++ = SPAN_TRACE_ID;
	*p++ = 16;
	p = wire_put_bytes(p, context->trace_id, 16);
	*p++ = SPAN_ID;
	*p++ = 8;
	p = wire_put_bytes(p, context->span_id, 8);
	if (has_parent(r)) {
		*p++ = SPAN_PARENT_ID;
		*p++ = 8;
		p = wire_put_bytes(p, r->parent_id, 8);
	}
	*p++ = SPAN_KIND;
	*p++ = r->kind;
	p = put_fixed(p, SPAN_START, r->start_ns);
	p = put_fixed(p, SPAN_END, end_ns && end_ns < r->start_ns ? r->start_ns : end_ns);
	p = put_count(p, SPAN_ATTRS_DROPPED, r->attrs.dropped);
	p = put_count(p, SPAN_EVENTS_DROPPED, r->event_dropped);
	p = put_count(p, SPAN_LINKS_DROPPED, r->link_dropped);
	p = wire_put_varint(p, SPAN_FLAGS);
	wire_put_fixed32(p, context->trace_flags | SPAN_FLAG_REMOTE_KNOWN | (r->parent_remote ? SPAN_FLAG_REMOTE : 0));
}

struct record_bytes record_finish(struct record_pool *pool, struct record *r, const otel_span_context *context,
				  const char *tracestate, size_t tracestate_len, uint64_t end_ns)
{
	put_tracestate(pool, r, tracestate, tracestate_len);
	if (r->attrs.dead) {
		record_squeeze(r, RECORD_GAP);
		r->attrs.dead = 0;
	}

	const size_t head = head_size(r);
	const size_t span = head + r->len - RECORD_GAP;
	uint8_t *start = r->data + RECORD_GAP - head - wire_varint_size(span) - 1;

	start[0] = WIRE_TAG(2, WIRE_LEN); /* ScopeSpans.spans */
	put_head(wire_put_varint(start + 1, span), r, context, end_ns);
	return (struct record_bytes){start, (size_t)(r->data + r->len - start)};
}

struct record_bytes record_peek(struct record_pool *pool, struct record *r, const otel_span_context *context,
				const char *tracestate, size_t tracestate_len, uint64_t end_ns)
{
	if (r->attrs.dead) {
		record_squeeze(r, RECORD_GAP);
		r->attrs.dead = 0;
	}
	const uint32_t len = r->len;
	const struct record_bytes bytes = record_finish(pool, r, context, tracestate, tracestate_len, end_ns);
	r->len = len;
	return bytes;
}
