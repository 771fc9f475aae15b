/* SPDX-License-Identifier: Apache-2.0
 *
 * span_data.c - from a record to what processors see. The bytes are our own, so they are taken as well-formed.
 */
#include "sdk/span_data.h"

#include "sdk/record_edit.h"
#include "sdk/scope.h"
#include "sdk/span_thread.h"

enum { STATUS_MESSAGE = WIRE_TAG(2, WIRE_LEN) };

/* A length-delimited field with a one-byte tag: what is in it. */
static const uint8_t *contents(const uint8_t *field, size_t *len)
{
	const uint8_t *p = field + 1;

	*len = *p & 0x7f;
	for (unsigned shift = 7; *p++ & 0x80; shift += 7)
		*len |= (size_t)(*p & 0x7f) << shift;
	return p;
}

static void put_contexts(otel_span_data *data, const struct span_slot *slot, const struct record *r)
{
	const uint64_t ids[3] = {
		atomic_load_explicit(&slot->ids.trace[0], memory_order_relaxed),
		atomic_load_explicit(&slot->ids.trace[1], memory_order_relaxed),
		atomic_load_explicit(&slot->ids.span, memory_order_relaxed),
	};
	static const uint8_t none[8];

	memcpy(data->context.trace_id, ids, 16);
	memcpy(data->context.span_id, &ids[2], 8);
	data->context.trace_flags = (uint8_t)atomic_load_explicit(&slot->flags, memory_order_relaxed);
	if (!memcmp(r->parent_id, none, sizeof none))
		return;
	memcpy(data->parent.trace_id, ids, 16);
	memcpy(data->parent.span_id, r->parent_id, 8);
	data->parent.trace_flags = r->parent_flags;
	data->parent.is_remote = r->parent_remote;
}

static void put_status(otel_span_data *data, const struct record *r)
{
	size_t len;

	data->status = (otel_status_code)r->status_code;
	if (!r->status)
		return;
	const uint8_t *field = contents(r->data + r->status, &len);
	if (len && *field == STATUS_MESSAGE)
		data->status_description = (const char *)contents(field, &data->status_description_len);
}

static void put_scope(otel_span_data *data, uint32_t number)
{
	const struct scope_bytes scope = scope_encoded(number);

	data->scope = contents(scope.scope, &data->scope_len);
	if (scope.schema_len)
		data->schema_url = (const char *)contents(scope.schema, &data->schema_url_len);
}

void span_data_fill(otel_span_data *data, struct record_pool *pool, const struct span_slot *slot, otel_span span,
		    struct record *r, uint64_t end_ns)
{
	const struct otel_tracestate *tracestate = atomic_load_explicit(&slot->tracestate, memory_order_relaxed);
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_relaxed) & 0xff;
	/* First: it may move what the rest points to. */
	const struct record_bytes bytes = record_peek(pool, r, &slot->ids, flags, tracestate, end_ns);

	*data = (otel_span_data){
		.size = sizeof *data,
		.span = span,
		.tracestate = tracestate ? tracestate->text : "",
		.name = "",
		.kind = (otel_span_kind)r->kind,
		.status_description = "",
		.start_time_ns = r->start_ns,
		.end_time_ns = end_ns && end_ns < r->start_ns ? r->start_ns : end_ns,
		.dropped_attrs = r->attrs.dropped,
		.dropped_events = r->event_dropped,
		.dropped_links = r->link_dropped,
		.schema_url = "",
	};
	data->data = contents(bytes.data, &data->len);
	put_contexts(data, slot, r);
	put_status(data, r);
	put_scope(data, r->scope);
	if (r->name)
		data->name = (const char *)contents(r->data + r->name, &data->name_len);
}

bool span_data_read(otel_span span, void (*look)(void *arg, const otel_span_data *data), void *arg)
{
	struct span_thread *t = span_thread_own();
	struct span_slot *slot = span_slot_lock(t, span);
	otel_span_data data;

	if (!slot)
		return false;
	span_data_fill(&data, span_thread_pool(t), slot, span, slot->record, span_thread_end_of(t, span));
	look(arg, &data);
	span_slot_unlock(t, slot);
	return true;
}

bool span_data_edit(otel_span span, uint32_t where, otel_edit (*visit)(void *arg, otel_attr *attr), void *arg)
{
	struct span_thread *t = span_thread_own();
	struct span_slot *slot = span_slot_lock(t, span);

	if (!slot)
		return false;
	record_edit(span_thread_pool(t), slot->record, where, visit, arg);
	span_slot_unlock(t, slot);
	return true;
}
