/* SPDX-License-Identifier: Apache-2.0
 *
 * record.c - the life of a recording span: its beginning, name, status and completion.
 */
#include "sdk/record_life.h"

#include <stdlib.h>

#include "sdk/stats.h"

/* ---- fields of which the last one counts ---- */

/* Where to write `size` bytes of a field that replaces the one at *at; NULL: no room, the old one stands. */
static uint8_t *replace_field(struct record_pool *pool, struct record *r, uint32_t *at, uint8_t tag, size_t size,
			      bool tail)
{
	const size_t whole = wire_len_size(size);

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
	r->len += (uint32_t)whole;
	return wire_put_len_head(r->data + *at, tag, size);
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
	const size_t size = (len ? wire_len_size(len) : 0) + 2;
	uint8_t *p = replace_field(pool, r, &r->status, SPAN_STATUS, size, !len);

	if (!p)
		return false;
	if (len)
		p = text_put_field(p, STATUS_MESSAGE, message, len);
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

void record_put_tracestate(struct record_pool *pool, struct record *r, const char *text, size_t len)
{
	if (!len || !record_grow(pool, r, wire_len_size(len), true))
		return;
	r->len = (uint32_t)(text_put_field(r->data + r->len, SPAN_TRACE_STATE, text, len) - r->data);
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

static size_t counts_size(const struct record *r)
{
	return count_size(r->attrs.dropped) + count_size(r->event_dropped) + count_size(r->link_dropped);
}

void record_put_counts(uint8_t *head, const struct record *r)
{
	uint8_t *p = head + r->head - counts_size(r);

	p = put_count(p, SPAN_ATTRS_DROPPED, r->attrs.dropped);
	p = put_count(p, SPAN_EVENTS_DROPPED, r->event_dropped);
	put_count(p, SPAN_LINKS_DROPPED, r->link_dropped);
}

static void compact(struct record *r)
{
	if (r->attrs.dead)
		record_squeeze(r, RECORD_GAP);
	r->attrs.dead = 0;
}

void record_seal_unusual(struct record *r)
{
	compact(r);
	r->head += (uint32_t)counts_size(r);
}

struct record_bytes record_finish(struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns)
{
	const size_t span = r->head + r->len - RECORD_GAP;
	uint8_t *start = r->data + RECORD_GAP - r->head - wire_varint_size(span) - 1;

	record_put_head(start, r, ids, trace_flags, end_ns);
	return (struct record_bytes){start, (size_t)(r->data + r->len - start)};
}

struct record_bytes record_peek(struct record_pool *pool, struct record *r, const struct span_ids *ids,
				uint32_t trace_flags, const struct otel_tracestate *tracestate, uint64_t end_ns)
{
	compact(r);
	const uint32_t len = r->len;
	record_seal(pool, r, tracestate);
	const struct record_bytes bytes = record_finish(r, ids, trace_flags, end_ns);
	r->len = len;
	return bytes;
}
