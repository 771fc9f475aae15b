/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_fuzz.c - any bytes as a request of spans for the exporter "memory": what it keeps of them can be read to the
 * last byte.
 */
#include <otel/memory.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile size_t seen;

static void finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
		   const char *message)
{
	(void)op, (void)result, (void)retry_after_ms, (void)rejected, (void)message;
}

static void read_values(const otel_attr *items, size_t count);

static void read_value(const otel_attr *attr)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING:
	case OTEL_ATTR_BYTES:
		if (attr->value.str[attr->count])
			abort();
		break;
	case OTEL_ATTR_STRING_ARRAY:
		for (size_t i = 0; i < attr->count; i++)
			seen += strlen(attr->value.strs[i]);
		break;
	case OTEL_ATTR_BOOL_ARRAY:
		seen += attr->value.bools[attr->count - 1];
		break;
	case OTEL_ATTR_INT_ARRAY:
	case OTEL_ATTR_DOUBLE_ARRAY:
		seen += attr->value.ints[attr->count - 1] != 0;
		break;
	case OTEL_ATTR_ARRAY:
	case OTEL_ATTR_MAP:
		read_values(attr->value.items, attr->count);
		break;
	default:
		break;
	}
}

static void read_values(const otel_attr *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		read_value(&items[i]);
}

static void read_attrs(const otel_memory_attrs *attrs)
{
	for (size_t i = 0; i < attrs->count; i++)
		if (attrs->items[i].key[attrs->items[i].key_len])
			abort();
	read_values(attrs->items, attrs->count);
}

static void read_span(const otel_memory_span *span)
{
	seen += strlen(span->name) + strlen(span->tracestate) + strlen(span->status_description);
	seen += strlen(span->scope_name) + strlen(span->scope_version) + strlen(span->schema_url);
	read_attrs(&span->attrs);
	read_attrs(&span->scope_attrs);
	read_attrs(&span->resource);
	for (size_t i = 0; i < span->event_count; i++) {
		seen += strlen(span->events[i].name);
		read_attrs(&span->events[i].attrs);
	}
	for (size_t i = 0; i < span->link_count; i++) {
		seen += strlen(span->links[i].tracestate);
		read_attrs(&span->links[i].attrs);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const otel_host host = {.size = sizeof host, .export_finish = finish};
	uint8_t *copy = malloc(size ? size : 1); /* its end is the end */

	if (!copy)
		abort();
	memcpy(copy, data, size);
	const otel_batch batch = {
		.size = sizeof batch, .signal = OTEL_SIGNAL_TRACES, .data = copy, .len = size, .items = 1};
	if (memory_exporter.component.open(NULL, &host, NULL) != OTEL_OK)
		abort();
	memory_exporter.export_batch(NULL, &batch, NULL);
	free(copy);
	for (size_t i = 0; i < otel_memory_count(); i++)
		read_span(otel_memory_at(i));
	otel_memory_clear();
	return 0;
}
