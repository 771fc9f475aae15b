/* SPDX-License-Identifier: Apache-2.0
 *
 * record.h - a recording span: OTLP wire bytes from the first attribute on.
 *
 * The body grows by appending: name, attributes, events, links, status, all of them length-delimited fields of Span
 * with one-byte tags. What is replaced becomes filler, squeezed out later. Ids, times, kind, flags and counts go into
 * the gap in front of the body when the span ends, so that the result is one piece: a ScopeSpans.spans field.
 *
 * Not locked: the caller holds the span's slot. Invariant: a record never holds two attributes of one key.
 */
#ifndef OTEL_SDK_RECORD_H
#define OTEL_SDK_RECORD_H

#include <otel/span.h>
#include <stdatomic.h>

#include "api/slot.h"
#include "sdk/attr.h"
#include "sdk/provider.h"
#include "sdk/record_pool.h"

#define RECORD_MAX_BYTES (1u << 20) /* of one span, filler included */
#define RECORD_TAIL      1024 /* kept for what must not fail: tracestate, status code, ends of events */
#define RECORD_GAP       88 /* tag, length, ids, kind, times, flags, dropped counts */
#define RECORD_OWN       (RECORD_GAP + 512)
#define RECORD_MAX_TEXT  16384 /* of names and descriptions, which no limit of the specification bounds */

enum span_field {
	SPAN_TRACE_ID = WIRE_TAG(1, WIRE_LEN),
	SPAN_ID = WIRE_TAG(2, WIRE_LEN),
	SPAN_TRACE_STATE = WIRE_TAG(3, WIRE_LEN),
	SPAN_PARENT_ID = WIRE_TAG(4, WIRE_LEN),
	SPAN_NAME = WIRE_TAG(5, WIRE_LEN),
	SPAN_KIND = WIRE_TAG(6, WIRE_VARINT),
	SPAN_START = WIRE_TAG(7, WIRE_FIXED64),
	SPAN_END = WIRE_TAG(8, WIRE_FIXED64),
	SPAN_ATTR = WIRE_TAG(9, WIRE_LEN),
	SPAN_ATTRS_DROPPED = WIRE_TAG(10, WIRE_VARINT),
	SPAN_EVENT = WIRE_TAG(11, WIRE_LEN),
	SPAN_EVENTS_DROPPED = WIRE_TAG(12, WIRE_VARINT),
	SPAN_LINK = WIRE_TAG(13, WIRE_LEN),
	SPAN_LINKS_DROPPED = WIRE_TAG(14, WIRE_VARINT),
	SPAN_STATUS = WIRE_TAG(15, WIRE_LEN),
	SPAN_FLAGS = WIRE_TAG(16, WIRE_FIXED32),
	/* Never written by anybody else: field 8 is no length-delimited one, in Span, Event and Link alike. */
	RECORD_FILLER = WIRE_TAG(8, WIRE_LEN),
};

#define SPAN_FLAG_REMOTE_KNOWN 0x100u
#define SPAN_FLAG_REMOTE       0x200u

/* A span's ids as they stand in memory, in words: what was written in words is not read in greater pieces, which would
 * have to wait until all of them have arrived. */
struct span_ids {
	_Atomic uint64_t trace[2];
	_Atomic uint64_t span;
};

/* A run of attributes: those of the span, or of the event or link that is being written. */
struct attr_list {
	uint64_t bloom[8]; /* a bit a key */
	uint32_t start; /* where to look for a key */
	uint32_t count;
	uint32_t limit;
	uint32_t dropped; /* looked at together with the next one */
	uint32_t dead; /* bytes of filler from start on */
	uint8_t tag;
};

struct record {
	struct record *next; /* in the pool */
	const struct span_limits *limits;
	size_t attr_value_len; /* of limits, at hand */
	/* The provider's set-up, if such spans go straight to the log at their end: sampled, and no processor looks at them;
	 * something else otherwise. */
	const void *straight;
	uint8_t *data; /* `own`, or a block */
	uint32_t size; /* of data */
	uint32_t cap; /* of it for all but the tail */
	uint32_t len; /* from data on, gap included */
	uint32_t name; /* offset of the field, 0 = none */
	uint32_t status; /* offset of the field, 0 = none */
	uint32_t status_code;
	uint32_t head; /* once sealed: bytes of the span before the body */
	uint32_t open; /* offset of the event or link that is being written, 0 = none */
	uint32_t event_count;
	uint32_t link_count;
	uint32_t event_dropped; /* looked at together with the next one */
	uint32_t link_dropped;
	uint32_t scope;
	uint8_t kind;
	bool parent_remote;
	uint8_t parent_flags;
	uint32_t before; /* len before the latest short attribute (record_place.h) */
	uint8_t parent_id[8]; /* all zero: a root span */
	uint64_t start_ns;
	uint64_t last_ns; /* the clock never goes back within a span */
	struct attr_list attrs;
	uint8_t own[RECORD_OWN];
};

void record_name(struct record_pool *pool, struct record *r, const char *name, size_t len);

/* specification/trace/api.md, Set Status. */
void record_status(struct record_pool *pool, struct record *r, otel_status_code code, const char *description);

/* A clock reading made monotone. */
static inline uint64_t record_time(struct record *r, uint64_t now_ns)
{
	if (now_ns > r->last_ns)
		r->last_ns = now_ns;
	return r->last_ns;
}

/* The span completed where it is, once it is sealed (record_life.h); valid until the record is put back to a pool. */
struct record_bytes {
	const uint8_t *data;
	size_t len;
};
struct record_bytes record_finish(struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns);

/* The span as it is now, while it goes on; valid until the next change. */
struct record_bytes record_peek(struct record_pool *pool, struct record *r, const struct span_ids *ids,
				uint32_t trace_flags, const struct otel_tracestate *tracestate, uint64_t end_ns);

/* ---- attributes (record_attr.c) ---- */

static inline void attr_list_init(struct attr_list *list, uint8_t tag, uint32_t start, uint32_t limit)
{
	memset(list->bloom, 0, sizeof list->bloom);
	list->start = start;
	list->count = list->dropped = list->dead = 0;
	list->limit = limit;
	list->tag = tag;
}

/* An attribute of this key was appended as bytes. */
void attr_list_note(struct attr_list *list, const char *key, size_t key_len);

/* list: &r->attrs, or that of the open event or link. A key set before gets the new value. */
void record_set_str(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key, size_t key_len,
		    const char *value, size_t value_len);
void record_set_bool(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key,
		     size_t key_len, bool value);
void record_set_int(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key, size_t key_len,
		    int64_t value);
void record_set_double(struct record_pool *pool, struct record *r, struct attr_list *list, const char *key,
		       size_t key_len, double value);
void record_set(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attr);
void record_set_all(struct record_pool *pool, struct record *r, struct attr_list *list, const otel_attr *attrs,
		    size_t count);

/* ---- events and links (record_event.c) ---- */

/* An event without attributes. False, nothing done: its name is not ASCII or longer than this, or there is no room. */
#define RECORD_SHORT_EVENT 100
bool record_short_event(struct record *r, const char *name, size_t name_len, uint64_t time_ns);

/* False: dropped and counted. Then attributes may be set with the list, and record_close() ends it. */
bool record_open_event(struct record_pool *pool, struct record *r, struct attr_list *list, const char *name,
		       size_t name_len, uint64_t time_ns);
void record_close(struct record_pool *pool, struct record *r, struct attr_list *list);

void record_link(struct record_pool *pool, struct record *r, const otel_link *link);

/* ---- the body (record_body.c) ---- */

/* Room for `size` more bytes, by growing or by squeezing out filler (then offsets move, except while something is
 * open). False: over the maximum or out of memory. `tail` may use the room kept for what must not fail. */
bool record_grow(struct record_pool *pool, struct record *r, size_t size, bool tail);

static inline bool record_reserve(struct record_pool *pool, struct record *r, size_t size)
{
	return r->len + size <= r->cap || record_grow(pool, r, size, false);
}

/* Turns the field at the offset into filler; returns its length. */
uint32_t record_kill(struct record *r, uint32_t offset);

/* Squeezes filler out of [start, len). */
void record_squeeze(struct record *r, uint32_t start);

/* Length of the field at the offset, tag and length included; *payload gets the offset of what is in it. */
uint32_t record_field(const struct record *r, uint32_t offset, uint32_t *payload);

#endif
