/* SPDX-License-Identifier: Apache-2.0
 *
 * record_life.h - what happens to every recording span, in line: its beginning, its completion, its end.
 */
#ifndef OTEL_SDK_RECORD_LIFE_H
#define OTEL_SDK_RECORD_LIFE_H

#include "sdk/record.h"

/* ---- memory ---- */

static inline struct record *record_take(struct record_pool *pool)
{
	struct record *r = pool ? pool->records : NULL;

	if (__builtin_expect(!r, 0))
		return record_pool_get(pool);
	pool->records = r->next;
	pool->record_count--;
	return r;
}

static inline void record_put(struct record_pool *pool, struct record *r)
{
	if (__builtin_expect(!pool || pool->record_count || r->data != r->own, 0)) {
		record_pool_put(pool, r);
		return;
	}
	r->next = pool->records;
	pool->records = r;
	pool->record_count++;
}

/* ---- beginning ---- */

/* NULL when out of memory. Name, parent, kind and scope are then set by the caller. */
static inline __attribute__((always_inline)) struct record *
record_create(struct record_pool *pool, const struct span_limits *limits, uint64_t start_ns)
{
	struct record *r = record_take(pool);

	if (!r)
		return NULL;
	r->limits = limits;
	r->attr_value_len = limits->attr_value_len;
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

/* The first thing that is put into a record; nearly always short and plain. */
static inline __attribute__((always_inline)) void record_first_name(struct record_pool *pool, struct record *r,
								    const char *name, size_t len)
{
	if (__builtin_expect(len >= 128 || !text_is_ascii(name, len), 0)) {
		record_name(pool, r, name, len);
		return;
	}
	r->name = RECORD_GAP;
	r->len = RECORD_GAP + 2 + (uint32_t)len;
	r->own[RECORD_GAP] = SPAN_NAME;
	r->own[RECORD_GAP + 1] = (uint8_t)len;
	text_put(r->own + RECORD_GAP + 2, name, len);
}

/* ---- completion ---- */

/* A ScopeSpans.spans field: tag and length, the head, the body. What stands in every head stands first. */
enum {
	HEAD_TRACE_ID = 0,
	HEAD_SPAN_ID = HEAD_TRACE_ID + 2 + 16,
	HEAD_KIND = HEAD_SPAN_ID + 2 + 8,
	HEAD_START = HEAD_KIND + 2,
	HEAD_END = HEAD_START + 1 + 8,
	HEAD_FLAGS = HEAD_END + 1 + 8,
	HEAD_PARENT_ID = HEAD_FLAGS + 2 + 4,
	HEAD_PARENT_SIZE = 2 + 8,
};

void record_put_tracestate(struct record_pool *pool, struct record *r, const char *text, size_t len);
/* What was replaced goes away, and what was dropped has its place in the head. */
void record_seal_unusual(struct record *r);
/* At the end of the head. */
void record_put_counts(uint8_t *head, const struct record *r);

static inline bool record_has_parent(const struct record *r)
{
	uint64_t id;

	memcpy(&id, r->parent_id, sizeof id);
	return id != 0;
}

/* Nothing was dropped, nothing replaced. */
static inline bool record_is_plain(const struct record *r)
{
	uint64_t of_span, of_attrs;

	memcpy(&of_span, (const uint8_t *)r + offsetof(struct record, event_dropped), sizeof of_span);
	memcpy(&of_attrs, (const uint8_t *)r + offsetof(struct record, attrs.dropped), sizeof of_attrs);
	return !(of_span | of_attrs);
}

/* Completes the body; returns how long the span is, as a ScopeSpans.spans field. tracestate may be NULL. */
static inline __attribute__((always_inline)) size_t record_seal(struct record_pool *pool, struct record *r,
								const struct otel_tracestate *tracestate)
{
	if (__builtin_expect(tracestate != NULL, 0))
		record_put_tracestate(pool, r, tracestate->text, tracestate->len);
	r->head = HEAD_PARENT_ID + (record_has_parent(r) ? HEAD_PARENT_SIZE : 0);
	if (__builtin_expect(!record_is_plain(r), 0))
		record_seal_unusual(r);
	return wire_len_size(r->head + r->len - RECORD_GAP);
}

static inline void record_put_word(uint8_t *p, const _Atomic uint64_t *id)
{
	const uint64_t word = atomic_load_explicit(id, memory_order_relaxed);

	memcpy(p, &word, sizeof word);
}

/* All of a sealed span but its body, which follows where this returns. end_ns before the start counts as the start, 0
 * as not ended. */
static inline __attribute__((always_inline)) uint8_t *
record_put_head(uint8_t *p, const struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns)
{
	/* Read first: for all that the compiler knows p may point into the record. */
	const uint32_t flags = trace_flags | SPAN_FLAG_REMOTE_KNOWN | (r->parent_remote ? SPAN_FLAG_REMOTE : 0);
	const uint32_t head = r->head;
	const uint64_t start_ns = r->start_ns;
	const uint8_t kind = r->kind;
	uint64_t parent;

	memcpy(&parent, r->parent_id, sizeof parent);
	p = wire_put_len_head(p, WIRE_TAG(2, WIRE_LEN), head + r->len - RECORD_GAP); /* ScopeSpans.spans */
	p[HEAD_TRACE_ID] = SPAN_TRACE_ID;
	p[HEAD_TRACE_ID + 1] = 16;
	record_put_word(p + HEAD_TRACE_ID + 2, &ids->trace[0]);
	record_put_word(p + HEAD_TRACE_ID + 10, &ids->trace[1]);
	p[HEAD_SPAN_ID] = SPAN_ID;
	p[HEAD_SPAN_ID + 1] = 8;
	record_put_word(p + HEAD_SPAN_ID + 2, &ids->span);
	p[HEAD_KIND] = SPAN_KIND;
	p[HEAD_KIND + 1] = kind;
	p[HEAD_START] = SPAN_START;
	wire_put_fixed64(p + HEAD_START + 1, start_ns);
	p[HEAD_END] = SPAN_END;
	wire_put_fixed64(p + HEAD_END + 1, end_ns && end_ns < start_ns ? start_ns : end_ns);
	wire_put_varint(p + HEAD_FLAGS, SPAN_FLAGS);
	wire_put_fixed32(p + HEAD_FLAGS + 2, flags);
	if (parent) {
		p[HEAD_PARENT_ID] = SPAN_PARENT_ID;
		p[HEAD_PARENT_ID + 1] = 8;
		memcpy(p + HEAD_PARENT_ID + 2, &parent, sizeof parent);
	}
	if (__builtin_expect(head > HEAD_PARENT_ID + HEAD_PARENT_SIZE || (!parent && head > HEAD_PARENT_ID), 0))
		record_put_counts(p, r);
	return p + head;
}

/* Writes the sealed span to p, in as many bytes as record_seal() said. */
static inline __attribute__((always_inline)) void
record_write(uint8_t *p, const struct record *r, const struct span_ids *ids, uint32_t trace_flags, uint64_t end_ns)
{
	const char *body = (const char *)r->data + RECORD_GAP;
	const uint32_t len = r->len - RECORD_GAP;

	text_put(record_put_head(p, r, ids, trace_flags, end_ns), body, len);
}

#endif
