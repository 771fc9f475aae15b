/* SPDX-License-Identifier: Apache-2.0
 *
 * request_items.c - walking requests.
 */
#include "sdk/request_items.h"

#include "util/wire.h"

/* The next field of that number that is a message; false at the end, or at malformed bytes (*ok). */
static bool next_message(struct wire_reader *reader, uint32_t number, struct wire_field *field, bool *ok)
{
	while (wire_next(reader, field, ok))
		if (field->number == number && field->type == WIRE_LEN)
			return true;
	return false;
}

/* ---- counting ---- */

bool request_is_metric_data(const struct wire_field *field)
{
	return field->type == WIRE_LEN &&
	       (field->number == 5 || field->number == 7 || (field->number >= 9 && field->number <= 11));
}

static bool count_fields(struct wire_reader reader, uint32_t number, uint32_t *count)
{
	struct wire_field field;
	bool ok;

	while (next_message(&reader, number, &field, &ok))
		(*count)++;
	return ok;
}

static bool count_item(otel_signal signal, const struct wire_field *item, uint32_t *items)
{
	struct wire_reader reader = wire_read(item->data, item->len);
	struct wire_field field;
	bool ok;

	if (signal != OTEL_SIGNAL_METRICS)
		(*items)++;
	while (wire_next(&reader, &field, &ok))
		if (signal == OTEL_SIGNAL_METRICS && request_is_metric_data(&field) &&
		    !count_fields(wire_read(field.data, field.len), DATA_POINTS, items))
			return false;
	return ok;
}

static bool count_scope(otel_signal signal, const struct wire_field *scope, uint32_t *items)
{
	struct wire_reader reader = wire_read(scope->data, scope->len);
	struct wire_field item;
	bool ok;

	while (next_message(&reader, SCOPE_ITEMS, &item, &ok))
		if (!count_item(signal, &item, items))
			return false;
	return ok;
}

static bool count_resource(otel_signal signal, const struct wire_field *resource, uint32_t *items)
{
	struct wire_reader reader = wire_read(resource->data, resource->len);
	struct wire_field scope;
	bool ok;

	while (next_message(&reader, RESOURCE_SCOPES, &scope, &ok))
		if (!count_scope(signal, &scope, items))
			return false;
	return ok;
}

bool request_count(otel_signal signal, const uint8_t *data, size_t len, uint32_t *items)
{
	struct wire_reader reader = wire_read(data, len);
	struct wire_field resource;
	bool ok;

	*items = 0;
	while (next_message(&reader, REQUEST_RESOURCES, &resource, &ok))
		if (!count_resource(signal, &resource, items))
			return false;
	return ok;
}

/* ---- one by one ---- */

/* Where the last call stopped. The pipeline thread walks one batch at a time; another batch, or another cursor, starts
 * again at the front. */
static struct walk {
	const uint8_t *data;
	size_t len;
	size_t cursor;
	struct wire_reader resources, scopes, items;
	struct wire_field resource, scope;
} last;

static struct wire_field first_of(const struct wire_field *message, uint32_t number)
{
	struct wire_reader reader = wire_read(message->data, message->len);
	struct wire_field field;
	bool ok;

	return next_message(&reader, number, &field, &ok) ? field : (struct wire_field){0};
}

static bool next_scope(struct walk *walk)
{
	struct wire_field field;
	bool ok;

	while (!next_message(&walk->scopes, RESOURCE_SCOPES, &field, &ok)) {
		if (!next_message(&walk->resources, REQUEST_RESOURCES, &field, &ok))
			return false;
		walk->scopes = wire_read(field.data, field.len);
		walk->resource = first_of(&field, RESOURCE_RESOURCE);
	}
	walk->items = wire_read(field.data, field.len);
	walk->scope = first_of(&field, SCOPE_SCOPE);
	return true;
}

static bool next_item(struct walk *walk, otel_item *item)
{
	struct wire_field field;
	bool ok;

	while (!next_message(&walk->items, SCOPE_ITEMS, &field, &ok))
		if (!next_scope(walk))
			return false;
	*item = (otel_item){
		.size = sizeof *item,
		.data = field.data,
		.len = field.len,
		.scope = walk->scope.data,
		.scope_len = walk->scope.len,
		.resource = walk->resource.data,
		.resource_len = walk->resource.len,
	};
	walk->cursor = (size_t)(walk->items.p - walk->data);
	return true;
}

static struct walk walk_to(const otel_batch *batch, size_t cursor)
{
	struct walk walk = {.data = batch->data, .len = batch->len, .resources = wire_read(batch->data, batch->len)};
	otel_item skipped;

	while (walk.cursor < cursor && next_item(&walk, &skipped))
		;
	return walk;
}

/* A plugin may know a shorter otel_item. */
static void give(otel_item *to, const otel_item *from)
{
	const size_t size = to->size >= sizeof to->size && to->size < sizeof *from ? to->size : sizeof *from;

	memcpy(to, from, size);
	to->size = size;
}

bool request_next(const otel_batch *batch, size_t *cursor, otel_item *item)
{
	otel_item found;

	if (!*cursor || last.data != batch->data || last.len != batch->len || last.cursor != *cursor)
		last = walk_to(batch, *cursor);
	if (!next_item(&last, &found))
		return false;
	*cursor = last.cursor;
	give(item, &found);
	return true;
}
