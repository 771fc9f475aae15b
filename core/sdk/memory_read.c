/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_read.c - reading spans and what is around them (trace.proto, resource.proto).
 */
#include "sdk/memory_read.h"

#include "sdk/memory_attrs.h"
#include "sdk/request_items.h"

static void copy_id(uint8_t *id, size_t size, const struct wire_field *field)
{
	if (field->len == size)
		memcpy(id, field->data, size);
}

/* ---- what a span has ---- */

enum { EVENT_ATTRS = 3, LINK_ATTRS = 4, SPAN_ATTRS = 9, SPAN_EVENTS = 11, SPAN_LINKS = 13 };

#define FLAGS_TRACE  0xffu
#define FLAGS_REMOTE 0x200u /* of a span: its parent is; of a link: what it leads to */

static void read_event(struct memory_room *room, const struct wire_field *message, otel_memory_event *event)
{
	struct wire_reader reader = memory_inside(message);
	struct wire_field field;

	event->name = "";
	event->attrs = memory_read_attrs(room, reader, EVENT_ATTRS);
	while (memory_field(&reader, &field)) {
		if (memory_tag(&field) == WIRE_TAG(1, WIRE_FIXED64))
			event->time_ns = field.value;
		else if (memory_tag(&field) == WIRE_TAG(2, WIRE_LEN))
			event->name = memory_copy(room, &field);
	}
}

static void read_link(struct memory_room *room, const struct wire_field *message, otel_memory_link *link)
{
	struct wire_reader reader = memory_inside(message);
	struct wire_field field;

	link->tracestate = "";
	link->attrs = memory_read_attrs(room, reader, LINK_ATTRS);
	while (memory_field(&reader, &field)) {
		switch (memory_tag(&field)) {
		case WIRE_TAG(1, WIRE_LEN):
			copy_id(link->context.trace_id, sizeof link->context.trace_id, &field);
			break;
		case WIRE_TAG(2, WIRE_LEN):
			copy_id(link->context.span_id, sizeof link->context.span_id, &field);
			break;
		case WIRE_TAG(3, WIRE_LEN):
			link->tracestate = memory_copy(room, &field);
			break;
		case WIRE_TAG(6, WIRE_FIXED32):
			link->context.trace_flags = field.value & FLAGS_TRACE;
			link->context.is_remote = (field.value & FLAGS_REMOTE) != 0;
			break;
		}
	}
}

static void read_status(struct memory_room *room, const struct wire_field *message, otel_memory_span *span)
{
	struct wire_reader reader = memory_inside(message);
	struct wire_field field;

	while (memory_field(&reader, &field)) {
		if (memory_tag(&field) == WIRE_TAG(2, WIRE_LEN))
			span->status_description = memory_copy(room, &field);
		else if (memory_tag(&field) == WIRE_TAG(3, WIRE_VARINT) && field.value <= OTEL_STATUS_ERROR)
			span->status = (otel_status_code)field.value;
	}
}

/* Fields that have one value. */
static void read_field(struct memory_room *room, const struct wire_field *field, otel_memory_span *span)
{
	switch (memory_tag(field)) {
	case WIRE_TAG(1, WIRE_LEN):
		copy_id(span->context.trace_id, sizeof span->context.trace_id, field);
		break;
	case WIRE_TAG(2, WIRE_LEN):
		copy_id(span->context.span_id, sizeof span->context.span_id, field);
		break;
	case WIRE_TAG(3, WIRE_LEN):
		span->tracestate = memory_copy(room, field);
		break;
	case WIRE_TAG(4, WIRE_LEN):
		copy_id(span->parent.span_id, sizeof span->parent.span_id, field);
		break;
	case WIRE_TAG(5, WIRE_LEN):
		span->name = memory_copy(room, field);
		break;
	case WIRE_TAG(6, WIRE_VARINT):
		span->kind = field->value <= OTEL_KIND_CONSUMER ? (otel_span_kind)field->value : OTEL_KIND_UNSPECIFIED;
		break;
	case WIRE_TAG(7, WIRE_FIXED64):
		span->start_time_ns = field->value;
		break;
	case WIRE_TAG(8, WIRE_FIXED64):
		span->end_time_ns = field->value;
		break;
	case WIRE_TAG(12, WIRE_VARINT):
		span->dropped_events = (uint32_t)field->value;
		break;
	case WIRE_TAG(14, WIRE_VARINT):
		span->dropped_links = (uint32_t)field->value;
		break;
	case WIRE_TAG(15, WIRE_LEN):
		read_status(room, field, span);
		break;
	case WIRE_TAG(16, WIRE_FIXED32):
		span->context.trace_flags = field->value & FLAGS_TRACE;
		span->parent.is_remote = (field->value & FLAGS_REMOTE) != 0;
		break;
	}
}

static void read_events(struct memory_room *room, struct wire_reader reader, otel_memory_span *span)
{
	otel_memory_event *events = memory_take_list(room, reader, SPAN_EVENTS, sizeof *events, &span->event_count);
	struct wire_field field;

	span->events = events;
	for (size_t i = 0; i < span->event_count && memory_next(&reader, SPAN_EVENTS, &field); i++)
		read_event(room, &field, &events[i]);
}

static void read_links(struct memory_room *room, struct wire_reader reader, otel_memory_span *span)
{
	otel_memory_link *links = memory_take_list(room, reader, SPAN_LINKS, sizeof *links, &span->link_count);
	struct wire_field field;

	span->links = links;
	for (size_t i = 0; i < span->link_count && memory_next(&reader, SPAN_LINKS, &field); i++)
		read_link(room, &field, &links[i]);
}

void memory_read_span(struct memory_room *room, struct wire_field message, otel_memory_span *span)
{
	static const uint8_t no_id[sizeof span->parent.span_id];
	struct wire_reader reader = memory_inside(&message);
	struct wire_field field;

	span->name = span->tracestate = span->status_description = "";
	span->attrs = memory_read_attrs(room, reader, SPAN_ATTRS);
	read_events(room, reader, span);
	read_links(room, reader, span);
	while (memory_field(&reader, &field))
		read_field(room, &field, span);
	if (memcmp(span->parent.span_id, no_id, sizeof no_id))
		memcpy(span->parent.trace_id, span->context.trace_id, sizeof span->parent.trace_id);
	else
		span->parent.is_remote = 0;
}

/* ---- what is around it ---- */

void memory_read_resource(struct memory_room *room, struct wire_field resource, otel_memory_span *span)
{
	span->resource = memory_read_attrs(room, memory_inside(&resource), 1);
}

void memory_read_scope(struct memory_room *room, struct wire_field scope_spans, otel_memory_span *span)
{
	struct wire_reader reader = memory_inside(&scope_spans), scope = wire_read(NULL, 0);
	struct wire_field field;

	span->scope_name = span->scope_version = span->schema_url = "";
	while (memory_field(&reader, &field)) {
		if (memory_tag(&field) == WIRE_TAG(SCOPE_SCOPE, WIRE_LEN))
			scope = memory_inside(&field);
		else if (memory_tag(&field) == WIRE_TAG(3, WIRE_LEN))
			span->schema_url = memory_copy(room, &field);
	}
	span->scope_attrs = memory_read_attrs(room, scope, 3);
	while (memory_field(&scope, &field)) {
		if (memory_tag(&field) == WIRE_TAG(1, WIRE_LEN))
			span->scope_name = memory_copy(room, &field);
		else if (memory_tag(&field) == WIRE_TAG(2, WIRE_LEN))
			span->scope_version = memory_copy(room, &field);
	}
}
