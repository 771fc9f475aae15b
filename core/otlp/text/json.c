/* SPDX-License-Identifier: Apache-2.0
 *
 * json.c - one function for each message, fields in the order of their numbers.
 */
#include "otlp/text/json.h"

#include "otlp/text/json_field.h"

/* As jansson prints them by itself: enough digits for every double to come back as it was. */
#define DOUBLE_DIGITS 17

static void add_texts(struct json_writer *w, json_t *object, const char *key, const ProtobufCBinaryData *texts,
		      size_t count)
{
	json_t *list;

	if (!count)
		return;
	list = json_array();
	for (size_t i = 0; i < count; i++)
		json_field_append(w, list, json_stringn(texts[i].len ? (const char *)texts[i].data : "", texts[i].len));
	json_field_set(w, object, key, list);
}

static json_t *from_entity(struct json_writer *w, const Otlp__EntityRef *entity)
{
	json_t *object = json_object();

	json_field_text(w, object, "schemaUrl", entity->schema_url);
	json_field_text(w, object, "type", entity->type);
	add_texts(w, object, "idKeys", entity->id_keys, entity->n_id_keys);
	add_texts(w, object, "descriptionKeys", entity->description_keys, entity->n_description_keys);
	return object;
}

static json_t *from_resource(struct json_writer *w, const Otlp__Resource *resource)
{
	json_t *object = json_object();
	json_t *entities;

	json_field_attributes(w, object, "attributes", resource->attributes, resource->n_attributes);
	json_field_int(w, object, "droppedAttributesCount", resource->dropped_attributes_count);
	if (!resource->n_entity_refs)
		return object;
	entities = json_array();
	for (size_t i = 0; i < resource->n_entity_refs; i++)
		json_field_append(w, entities, from_entity(w, resource->entity_refs[i]));
	json_field_set(w, object, "entityRefs", entities);
	return object;
}

static json_t *from_scope(struct json_writer *w, const Otlp__InstrumentationScope *scope)
{
	json_t *object = json_object();

	json_field_text(w, object, "name", scope->name);
	json_field_text(w, object, "version", scope->version);
	json_field_attributes(w, object, "attributes", scope->attributes, scope->n_attributes);
	json_field_int(w, object, "droppedAttributesCount", scope->dropped_attributes_count);
	return object;
}

static json_t *from_event(struct json_writer *w, const Otlp__Span__Event *event)
{
	json_t *object = json_object();

	json_field_u64(w, object, "timeUnixNano", event->time_unix_nano);
	json_field_text(w, object, "name", event->name);
	json_field_attributes(w, object, "attributes", event->attributes, event->n_attributes);
	json_field_int(w, object, "droppedAttributesCount", event->dropped_attributes_count);
	return object;
}

static json_t *from_link(struct json_writer *w, const Otlp__Span__Link *link)
{
	json_t *object = json_object();

	json_field_hex(w, object, "traceId", link->trace_id);
	json_field_hex(w, object, "spanId", link->span_id);
	json_field_text(w, object, "traceState", link->trace_state);
	json_field_attributes(w, object, "attributes", link->attributes, link->n_attributes);
	json_field_int(w, object, "droppedAttributesCount", link->dropped_attributes_count);
	json_field_int(w, object, "flags", link->flags);
	return object;
}

static json_t *from_status(struct json_writer *w, const Otlp__Status *status)
{
	json_t *object = json_object();

	json_field_text(w, object, "message", status->message);
	json_field_int(w, object, "code", status->code);
	return object;
}

static void add_events(struct json_writer *w, json_t *object, const Otlp__Span *span)
{
	json_t *list;

	if (!span->n_events)
		return;
	list = json_array();
	for (size_t i = 0; i < span->n_events; i++)
		json_field_append(w, list, from_event(w, span->events[i]));
	json_field_set(w, object, "events", list);
}

static void add_links(struct json_writer *w, json_t *object, const Otlp__Span *span)
{
	json_t *list;

	if (!span->n_links)
		return;
	list = json_array();
	for (size_t i = 0; i < span->n_links; i++)
		json_field_append(w, list, from_link(w, span->links[i]));
	json_field_set(w, object, "links", list);
}

static json_t *from_span(struct json_writer *w, const Otlp__Span *span)
{
	json_t *object = json_object();

	json_field_hex(w, object, "traceId", span->trace_id);
	json_field_hex(w, object, "spanId", span->span_id);
	json_field_text(w, object, "traceState", span->trace_state);
	json_field_hex(w, object, "parentSpanId", span->parent_span_id);
	json_field_int(w, object, "flags", span->flags);
	json_field_text(w, object, "name", span->name);
	json_field_int(w, object, "kind", span->kind);
	json_field_u64(w, object, "startTimeUnixNano", span->start_time_unix_nano);
	json_field_u64(w, object, "endTimeUnixNano", span->end_time_unix_nano);
	json_field_attributes(w, object, "attributes", span->attributes, span->n_attributes);
	json_field_int(w, object, "droppedAttributesCount", span->dropped_attributes_count);
	add_events(w, object, span);
	json_field_int(w, object, "droppedEventsCount", span->dropped_events_count);
	add_links(w, object, span);
	json_field_int(w, object, "droppedLinksCount", span->dropped_links_count);
	if (span->status)
		json_field_set(w, object, "status", from_status(w, span->status));
	return object;
}

static json_t *from_scope_spans(struct json_writer *w, const Otlp__ScopeSpans *scope_spans)
{
	json_t *object = json_object();
	json_t *list = json_array();

	if (scope_spans->scope)
		json_field_set(w, object, "scope", from_scope(w, scope_spans->scope));
	for (size_t i = 0; i < scope_spans->n_spans; i++)
		json_field_append(w, list, from_span(w, scope_spans->spans[i]));
	json_field_set(w, object, "spans", list);
	json_field_text(w, object, "schemaUrl", scope_spans->schema_url);
	return object;
}

static json_t *from_resource_spans(struct json_writer *w, const Otlp__ResourceSpans *resource_spans)
{
	json_t *object = json_object();
	json_t *list = json_array();

	if (resource_spans->resource)
		json_field_set(w, object, "resource", from_resource(w, resource_spans->resource));
	for (size_t i = 0; i < resource_spans->n_scope_spans; i++)
		json_field_append(w, list, from_scope_spans(w, resource_spans->scope_spans[i]));
	json_field_set(w, object, "scopeSpans", list);
	json_field_text(w, object, "schemaUrl", resource_spans->schema_url);
	return object;
}

/* The three lists of envelopes are written even when empty, so that `jq .resourceSpans[]` always has one to walk. */
char *otlp_json_write(const Otlp__ExportTraceServiceRequest *message)
{
	struct json_writer w = {0};
	json_t *object = json_object();
	json_t *list = json_array();
	char *text = NULL;

	for (size_t i = 0; i < message->n_resource_spans; i++)
		json_field_append(&w, list, from_resource_spans(&w, message->resource_spans[i]));
	json_field_set(&w, object, "resourceSpans", list);
	if (!w.failed)
		text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(DOUBLE_DIGITS));
	json_decref(object);
	return text;
}
