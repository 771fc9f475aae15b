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
	r->parent_flags = 0;
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

static uint8_t *put_text_field(uint8_t *p, uint8_t tag, const char *text, size_t len)
{
	*p++ = tag;
	p = wire_put_varint(p, len);
	return text_put(p, text, len);
}

/* What nearly every span has: one name, short and plain. */
void record_first_name(struct record_pool *pool, struct record *r, const char *name, size_t len)
{
	if (len >= 128 || !text_is_ascii(name, len)) {
		record_name(pool, r, name, len);
		return;
	}
	r->name = r->len;
	r->len = (uint32_t)(put_text_field(r->data + r->len, SPAN_NAME, name, len) - r->data);
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
	r->len = (uint32_t)(put_text_field(r->data + r->len, SPAN_TRACE_STATE, text, len) - r->data);
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

static __attribute__((noinline, cold)) uint8_t *put_counts(uint8_t *p, const struct record *r)
{
	p = put_count(p, SPAN_ATTRS_DROPPED, r->attrs.dropped);
	p = put_count(p, SPAN_EVENTS_DROPPED, r->event_dropped);
	return put_count(p, SPAN_LINKS_DROPPED, r->link_dropped);
}

static uint8_t *put_fixed(uint8_t *p, uint8_t tag, uint64_t value)
{
	*p++ = tag;
	return wire_put_fixed64(p, value);
}

static size_t head_size(const struct record *r)
{
	const size_t fixed = 2 + 16 + 2 + 8 + 2 + 9 + 9 + 6; /* ids, kind, times, flags */
	const size_t size = fixed + (has_parent(r) ? 2 + 8 : 0);

	if (!(r->attrs.dropped | r->event_dropped | r->link_dropped))
		return size;
	return size + count_size(r->attrs.dropped) + count_size(r->event_dropped) + count_size(r->link_dropped);
}

static uint8_t *put_word(uint8_t *p, const _Atomic uint64_t *id)
{
	const uint64_t word = atomic_load_explicit(id, memory_order_relaxed);

	memcpy(p, &word, sizeof word);
	return p + sizeof word;
}

static void put_head(uint8_t *p, const struct record *r, const struct span_ids *ids, uint32_t trace_flags,
		     uint64_t end_ns)
{
	*p++ = SPAN_TRACE_ID;
	*p++ = 16;
	p = put_word(p, &ids->trace[0]);
	p = put_word(p, &ids->trace[1]);
	*p++ = SPAN_ID;
	*p++ = 8;
	p = put_word(p, &ids->span);
	if (has_parent(r)) {
		*p++ = SPAN_PARENT_ID;
		*p++ = 8;
		p = wire_put_bytes(p, r->parent_id, 8);
	}
	*p++ = SPAN_KIND;
	*p++ = r->kind;
	p = put_fixed(p, SPAN_START, r->start_ns);
	p = put_fixed(p, SPAN_END, end_ns && end_ns < r->start_ns ? r->start_ns : end_ns);
	if (r->attrs.dropped | r->event_dropped | r->link_dropped)
		p = put_counts(p, r);
	p = wire_put_varint(p, SPAN_FLAGS);
	wire_put_fixed32(p, trace_flags | SPAN_FLAG_REMOTE_KNOWN | (r->parent_remote ? SPAN_FLAG_REMOTE : 0));
}

size_t record_seal(struct record_pool *pool, struct record *r, const struct otel_tracestate *tracestate)
{
	if (tracestate)
		put_tracestate(pool, r, tracestate->text, tracestate->len);
	if (r->attrs.dead) {
		record_squeeze(r, RECORD_GAP);
		r->attrs.dead = 0;
	}
	r->head = (uint32_t)head_size(r);
	return attr_text_size(r->head + r->len - RECORD_GAP);
}

static uint8_t *put_start(uint8_t *p, const struct record *r, const struct span_ids *ids, uint32_t trace_flags,
			  uint64_t end_ns)
{
	*p++ = WIRE_TAG(2, WIRE_LEN); /* ScopeSpans.spans */
	p = wire_put_varint(p, r->head + r->len - RECORD_GAP);
	put_head(p, r, ids, trace_flags, end_ns);
	return p + r->head;
}

void record_write(uint8_t *p, const struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns)
{
	p = put_start(p, r, ids, trace_flags, end_ns);
	memcpy(p, r->data + RECORD_GAP, r->len - RECORD_GAP);
}

struct record_bytes record_finish(struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns)
{
	const size_t span = r->head + r->len - RECORD_GAP;
	uint8_t *start = r->data + RECORD_GAP - r->head - wire_varint_size(span) - 1;

	put_start(start, r, ids, trace_flags, end_ns);
	return (struct record_bytes){start, (size_t)(r->data + r->len - start)};
}

struct record_bytes record_peek(struct record_pool *pool, struct record *r, const struct span_ids *ids,
				uint32_t trace_flags, const struct otel_tracestate *tracestate, uint64_t end_ns)
{
	if (r->attrs.dead) {
		record_squeeze(r, RECORD_GAP);
		r->attrs.dead = 0;
	}
	const uint32_t len = r->len;
	record_seal(pool, r, tracestate);
	const struct record_bytes bytes = record_finish(r, ids, trace_flags, end_ns);
	r->len = len;
	return bytes;
}
