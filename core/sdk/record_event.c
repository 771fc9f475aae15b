/* SPDX-License-Identifier: Apache-2.0
 *
 * record_event.c - events and links: opened, given attributes, closed. Only then is their length known.
 */
#include <otel/context.h>
#include <stdlib.h>

#include "api/slot.h"
#include "sdk/record.h"
#include "sdk/stats.h"

enum event_field {
	EVENT_TIME = WIRE_TAG(1, WIRE_FIXED64),
	EVENT_NAME = WIRE_TAG(2, WIRE_LEN),
	EVENT_ATTR = WIRE_TAG(3, WIRE_LEN),
	EVENT_ATTRS_DROPPED = WIRE_TAG(4, WIRE_VARINT),
};

enum link_field {
	LINK_TRACE_ID = WIRE_TAG(1, WIRE_LEN),
	LINK_SPAN_ID = WIRE_TAG(2, WIRE_LEN),
	LINK_TRACE_STATE = WIRE_TAG(3, WIRE_LEN),
	LINK_ATTR = WIRE_TAG(4, WIRE_LEN),
	LINK_ATTRS_DROPPED = WIRE_TAG(5, WIRE_VARINT),
	LINK_FLAGS = WIRE_TAG(6, WIRE_FIXED32),
};

/* Tag and a one-byte length, widened at the end if need be, then `size` bytes by the caller. */
static uint8_t *open_field(struct record_pool *pool, struct record *r, uint8_t tag, size_t size)
{
	if (!record_reserve(pool, r, 2 + size))
		return NULL;
	r->open = r->len;
	r->data[r->len] = tag;
	return r->data + r->len + 2;
}

bool record_short_event(struct record *r, const char *name, size_t name_len, uint64_t time_ns)
{
	const size_t size = 1 + 8 + 2 + name_len;

	if (name_len > RECORD_SHORT_EVENT || r->event_count >= r->limits->event_count || r->len + 2 + size > r->cap)
		return false;
	uint8_t *p = r->data + r->len;
	wire_put_fixed32(p, SPAN_EVENT | (uint32_t)size << 8 | EVENT_TIME << 16); /* its last byte is written over */
	p = wire_put_fixed64(p + 3, time_ns);
	p[0] = EVENT_NAME;
	p[1] = (uint8_t)name_len;
	if (text_put_seen(p + 2, name, name_len))
		return false;
	r->len += (uint32_t)(2 + size);
	r->event_count++;
	return true;
}

bool record_open_event(struct record_pool *pool, struct record *r, struct attr_list *list, const char *name,
		       size_t name_len, uint64_t time_ns)
{
	char *clean = NULL;
	uint8_t *p = NULL;

	if (r->event_count >= r->limits->event_count)
		goto out;
	name_len = text_clip(name, name_len, RECORD_MAX_TEXT);
	if (!text_is_clean(name, name_len)) {
		clean = text_clean(name, name_len, &name_len);
		if (!clean)
			goto out;
		name = clean;
	}
	p = open_field(pool, r, SPAN_EVENT, 9 + wire_len_size(name_len));
	if (!p)
		goto out;
	*p++ = EVENT_TIME;
	p = wire_put_fixed64(p, time_ns);
	p = text_put_field(p, EVENT_NAME, name, name_len);
	r->len = (uint32_t)(p - r->data);
	attr_list_init(list, EVENT_ATTR, r->len, r->limits->event_attr_count);
out:
	free(clean);
	if (p)
		r->event_count++;
	else
		r->event_dropped++;
	return p != NULL;
}

static uint8_t *put_link(uint8_t *p, const otel_span_context *context, const struct otel_tracestate *tracestate)
{
	p = wire_put_len(p, LINK_TRACE_ID, context->trace_id, sizeof context->trace_id);
	p = wire_put_len(p, LINK_SPAN_ID, context->span_id, sizeof context->span_id);
	if (tracestate)
		p = text_put_field(p, LINK_TRACE_STATE, tracestate->text, tracestate->len);
	*p++ = LINK_FLAGS;
	return wire_put_fixed32(p, context->trace_flags | SPAN_FLAG_REMOTE_KNOWN |
					   (context->is_remote ? SPAN_FLAG_REMOTE : 0));
}

static bool open_link(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_link *link)
{
	struct otel_tracestate *tracestate = NULL;
	uint8_t *p = NULL;

	if (r->link_count >= r->limits->link_count)
		goto out;
	if (link->tracestate)
		tracestate = otel_tracestate_make_v1(link->tracestate, strlen(link->tracestate));
	p = open_field(pool, r, SPAN_LINK, 18 + 10 + (tracestate ? wire_len_size(tracestate->len) : 0) + 5);
	if (!p)
		goto out;
	p = put_link(p, &link->span_context, tracestate);
	r->len = (uint32_t)(p - r->data);
	attr_list_init(list, LINK_ATTR, r->len, r->limits->link_attr_count);
out:
	if (tracestate)
		otel_tracestate_unref_v1(tracestate);
	if (p)
		r->link_count++;
	else
		r->link_dropped++;
	return p != NULL;
}

/* Out of memory in the middle: as if it had never been opened. */
static void roll_back(struct record *r)
{
	if (r->data[r->open] == SPAN_EVENT) {
		r->event_count--;
		r->event_dropped++;
	} else {
		r->link_count--;
		r->link_dropped++;
	}
	r->len = r->open;
}

void record_close(struct record_pool *pool, struct record *r, struct attr_list *list)
{
	const uint32_t payload = r->open + 2;

	if (list->dead)
		record_squeeze(r, list->start);
	if (!record_grow(pool, r, 1 + WIRE_MAX_VARINT + 4, true)) {
		roll_back(r);
		r->open = 0;
		return;
	}

	uint8_t *p = r->data + r->len;
	if (list->dropped) {
		*p++ = list->tag == EVENT_ATTR ? EVENT_ATTRS_DROPPED : LINK_ATTRS_DROPPED;
		p = wire_put_varint(p, list->dropped);
		r->len = (uint32_t)(p - r->data);
	}

	const size_t len = r->len - payload;
	const size_t wider = wire_varint_size(len) - 1;
	if (wider)
		memmove(r->data + payload + wider, r->data + payload, len);
	wire_put_varint(r->data + r->open + 1, len);
	r->len += (uint32_t)wider;
	r->open = 0;
}

/* One to nowhere says something only by its attributes or tracestate (specification/trace/api.md, Link). */
static bool is_empty(const otel_link *link)
{
	static const otel_span_context nowhere;

	return !memcmp(link->span_context.trace_id, nowhere.trace_id, sizeof(nowhere.trace_id)) &&
	       !memcmp(link->span_context.span_id, nowhere.span_id, sizeof(nowhere.span_id)) &&
	       !(link->attrs && link->attr_count) && !(link->tracestate && *link->tracestate);
}

void record_link(struct record_pool *pool, struct record *r, const otel_link *link)
{
	struct attr_list list;

	if (is_empty(link)) {
		stats_add(&stats.misuse, 1);
		return;
	}
	if (!open_link(pool, r, &list, link))
		return;
	record_set_all(pool, r, &list, link->attrs, link->attr_count);
	record_close(pool, r, &list);
}
