/* SPDX-License-Identifier: Apache-2.0
 *
 * check.c - from the resource down to each span, its events and links; stops at the first fault.
 */
#include "otlp/text/check.h"

#include <inttypes.h>

#include "otlp/text/check_attributes.h"

#define FLAGS_DEFINED 0x3ffu /* trace flags, and the two bits that tell whether the parent is remote */

static bool all_zero(ProtobufCBinaryData id)
{
	for (size_t i = 0; i < id.len; i++) {
		if (id.data[i])
			return false;
	}
	return true;
}

static bool check_id(struct check *c, const char *field, ProtobufCBinaryData id, size_t len)
{
	if (id.len != len)
		return check_fail(c, "%s is %zu bytes long, not %zu", field, id.len, len);
	if (all_zero(id))
		return check_fail(c, "%s is all zero", field);
	return true;
}

static bool check_flags(struct check *c, uint32_t flags)
{
	if (flags & ~FLAGS_DEFINED)
		return check_fail(c, "flags 0x%" PRIx32 " has bits that OTLP does not define", flags);
	return true;
}

static bool check_event(struct check *c, const Otlp__Span__Event *event)
{
	return check_text(c, "name", event->name) && check_attributes(c, event->attributes, event->n_attributes);
}

static bool check_link(struct check *c, const Otlp__Span__Link *link)
{
	return check_id(c, "traceId", link->trace_id, 16) && check_id(c, "spanId", link->span_id, 8) &&
	       check_text(c, "traceState", link->trace_state) && check_flags(c, link->flags) &&
	       check_attributes(c, link->attributes, link->n_attributes);
}

static bool check_times(struct check *c, const Otlp__Span *span)
{
	if (!span->start_time_unix_nano)
		return check_fail(c, "startTimeUnixNano is missing");
	if (!span->end_time_unix_nano)
		return check_fail(c, "endTimeUnixNano is missing");
	if (span->end_time_unix_nano < span->start_time_unix_nano)
		return check_fail(c, "it ends %" PRIu64 " ns before it starts",
				  span->start_time_unix_nano - span->end_time_unix_nano);
	return true;
}

static bool check_status(struct check *c, const Otlp__Status *status)
{
	if (!status)
		return true;
	if (status->code > OTLP__STATUS_CODE__STATUS_CODE_ERROR)
		return check_fail(c, "status.code is %d; allowed: 0 (unset), 1 (ok), 2 (error)", (int)status->code);
	return check_text(c, "status.message", status->message);
}

static bool check_parent(struct check *c, const Otlp__Span *span)
{
	if (!span->parent_span_id.len)
		return true;
	if (!check_id(c, "parentSpanId", span->parent_span_id, 8))
		return false;
	if (memcmp(span->parent_span_id.data, span->span_id.data, 8) == 0)
		return check_fail(c, "it is its own parent");
	return true;
}

static bool check_parts(struct check *c, const Otlp__Span *span)
{
	c->part = "events";
	for (c->part_index = 0; c->part_index < span->n_events; c->part_index++) {
		if (!check_event(c, span->events[c->part_index]))
			return false;
	}
	c->part = "links";
	for (c->part_index = 0; c->part_index < span->n_links; c->part_index++) {
		if (!check_link(c, span->links[c->part_index]))
			return false;
	}
	c->part = NULL;
	return true;
}

static bool check_span(struct check *c, const Otlp__Span *span)
{
	c->span = span;
	if (!check_id(c, "traceId", span->trace_id, 16) || !check_id(c, "spanId", span->span_id, 8) ||
	    !check_text(c, "name", span->name) || !check_parent(c, span) || !check_times(c, span) ||
	    !check_text(c, "traceState", span->trace_state) || !check_flags(c, span->flags) ||
	    !check_status(c, span->status) || !check_attributes(c, span->attributes, span->n_attributes))
		return false;
	if (span->kind > OTLP__SPAN_KIND__SPAN_KIND_CONSUMER)
		return check_fail(c, "kind is %d; allowed: 0 to 5", (int)span->kind);
	return check_parts(c, span);
}

static bool check_scope(struct check *c, const Otlp__ScopeSpans *scope_spans)
{
	const Otlp__InstrumentationScope *scope = scope_spans->scope;

	c->span = NULL;
	c->span_index = CHECK_NONE;
	if (!check_text(c, "schemaUrl", scope_spans->schema_url))
		return false;
	if (scope && (!check_text(c, "scope.name", scope->name) || !check_text(c, "scope.version", scope->version) ||
		      !check_attributes(c, scope->attributes, scope->n_attributes)))
		return false;
	for (c->span_index = 0; c->span_index < scope_spans->n_spans; c->span_index++) {
		if (!check_span(c, scope_spans->spans[c->span_index]))
			return false;
	}
	return true;
}

static bool check_texts(struct check *c, const char *field, const ProtobufCBinaryData *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!check_text(c, field, texts[i]))
			return false;
	}
	return true;
}

static bool check_entities(struct check *c, const Otlp__Resource *resource)
{
	for (size_t i = 0; i < resource->n_entity_refs; i++) {
		const Otlp__EntityRef *entity = resource->entity_refs[i];
		if (!check_text(c, "entity.schemaUrl", entity->schema_url) ||
		    !check_text(c, "entity.type", entity->type) ||
		    !check_texts(c, "entity.idKeys", entity->id_keys, entity->n_id_keys) ||
		    !check_texts(c, "entity.descriptionKeys", entity->description_keys, entity->n_description_keys))
			return false;
	}
	return true;
}

static bool check_resource(struct check *c, const Otlp__ResourceSpans *resource_spans)
{
	const Otlp__Resource *resource = resource_spans->resource;

	c->scope_index = c->span_index = CHECK_NONE;
	c->span = NULL;
	if (!check_text(c, "schemaUrl", resource_spans->schema_url) ||
	    (resource &&
	     (!check_attributes(c, resource->attributes, resource->n_attributes) || !check_entities(c, resource))))
		return false;
	for (c->scope_index = 0; c->scope_index < resource_spans->n_scope_spans; c->scope_index++) {
		if (!check_scope(c, resource_spans->scope_spans[c->scope_index]))
			return false;
	}
	return true;
}

enum otlp_verdict otlp_request_check(const struct otlp_request *request, struct otlp_fault *fault)
{
	const Otlp__ExportTraceServiceRequest *message = request->message;
	struct check c = {.fault = fault, .verdict = OTLP_GOOD};

	for (c.resource_index = 0; c.resource_index < message->n_resource_spans; c.resource_index++) {
		if (!check_resource(&c, message->resource_spans[c.resource_index]))
			break;
	}
	check_end(&c);
	return c.verdict;
}
