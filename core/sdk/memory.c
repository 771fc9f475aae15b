/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.c - the spans that are kept, and the calls of otel/memory.h. There is one list in the process, because there
 * is one SDK, and because what is kept outlives the exporter.
 */
#include "sdk/memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "sdk/memory_attrs.h"
#include "sdk/memory_read.h"
#include "sdk/request_items.h"

enum { MAX_SPANS = 10000 };

static struct {
	pthread_mutex_t lock;
	const otel_memory_span **spans; /* room for MAX_SPANS */
	size_t count;
	uint64_t dropped;
	struct memory_room room;
	/* The resource that was read last, as bytes and as attributes, since it is nearly always the same. */
	const char *resource;
	size_t resource_len;
	otel_memory_attrs resource_attrs;
	const otel_host *host;
	bool forking; /* the lock was taken by the thread that forks: all of this is consistent in the child */
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void forget(void)
{
	memory_room_clear(&kept.room);
	kept.count = 0;
	kept.dropped = 0;
	kept.resource = NULL;
}

/* ---- keeping ---- */

static bool is_same_resource(const struct wire_field *resource)
{
	return kept.resource && kept.resource_len == resource->len &&
	       (!resource->len || memcmp(kept.resource, resource->data, resource->len) == 0);
}

/* false: there is no room. */
static bool set_resource(struct wire_field resource, otel_memory_span *span)
{
	const struct memory_mark mark = memory_room_mark(&kept.room);

	if (!is_same_resource(&resource)) {
		memory_read_resource(&kept.room, resource, span);
		kept.resource = memory_copy(&kept.room, &resource);
		kept.resource_len = resource.len;
		kept.resource_attrs = span->resource;
	}
	span->resource = kept.resource_attrs;
	if (!kept.room.failed)
		return true;
	memory_room_back(&kept.room, mark);
	kept.resource = NULL;
	return false;
}

static bool keep_span(struct wire_field message, const otel_memory_span *around)
{
	const struct memory_mark mark = memory_room_mark(&kept.room);
	otel_memory_span *span = kept.count < MAX_SPANS ? memory_room_take(&kept.room, sizeof *span) : NULL;

	if (span) {
		*span = *around;
		memory_read_span(&kept.room, message, span);
	}
	if (span && !kept.room.failed) {
		kept.spans[kept.count++] = span;
		return true;
	}
	memory_room_back(&kept.room, mark);
	return false;
}

static uint32_t keep_scope(struct wire_field scope_spans, otel_memory_span *around)
{
	const struct memory_mark mark = memory_room_mark(&kept.room);
	struct wire_reader reader = memory_inside(&scope_spans);
	struct wire_field message;
	uint32_t count = 0;

	memory_read_scope(&kept.room, scope_spans, around);
	if (kept.room.failed)
		reader = wire_read(NULL, 0);
	while (memory_next(&reader, SCOPE_ITEMS, &message))
		count += keep_span(message, around);
	if (!count)
		memory_room_back(&kept.room, mark);
	return count;
}

static uint32_t keep_resource(struct wire_field resource_spans)
{
	struct wire_reader reader = memory_inside(&resource_spans);
	otel_memory_span around = {.size = sizeof around};
	struct wire_field field = {0};
	uint32_t count = 0;

	memory_next(&reader, RESOURCE_RESOURCE, &field);
	if (!set_resource(field, &around))
		return 0;
	reader = memory_inside(&resource_spans);
	while (memory_next(&reader, RESOURCE_SCOPES, &field))
		count += keep_scope(field, &around);
	return count;
}

static uint32_t keep_request(const otel_batch *batch)
{
	struct wire_reader reader = wire_read(batch->data, batch->len);
	struct wire_field field;
	uint32_t count = 0;

	while (memory_next(&reader, REQUEST_RESOURCES, &field))
		count += keep_resource(field);
	return count;
}

/* ---- the exporter ---- */

static otel_status memory_open(void *self, const otel_host *host, otel_setup *setup)
{
	(void)self;
	(void)setup;
	pthread_mutex_lock(&kept.lock);
	kept.host = host;
	forget();
	if (!kept.spans)
		kept.spans = calloc(MAX_SPANS, sizeof(*kept.spans));
	const otel_status status = kept.spans ? OTEL_OK : OTEL_NO_MEMORY;
	pthread_mutex_unlock(&kept.lock);
	return status;
}

static otel_export_result memory_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	const int saved = errno;

	(void)self;
	pthread_mutex_lock(&kept.lock);
	const uint32_t count = keep_request(batch);
	const uint32_t dropped = count < batch->items ? batch->items - count : 0;
	kept.dropped += dropped;
	pthread_mutex_unlock(&kept.lock);
	errno = saved;
	if (!dropped)
		return OTEL_EXPORT_DONE;
	kept.host->export_finish(
		op, OTEL_EXPORT_DONE, 0, dropped,
		"spans are dropped: 10,000, or 16 MiB, are kept already; otel_memory_clear() makes room");
	return OTEL_EXPORT_PENDING;
}

const otel_exporter memory_exporter = {
	.component = {.size = sizeof(memory_exporter), .open = memory_open},
	.signals = OTEL_SIGNAL_TRACES,
	.export_batch = memory_export,
};

/* ---- otel/memory.h ---- */

size_t otel_memory_count(void)
{
	pthread_mutex_lock(&kept.lock);
	const size_t count = kept.count;
	pthread_mutex_unlock(&kept.lock);
	return count;
}

const otel_memory_span *otel_memory_at(size_t index)
{
	pthread_mutex_lock(&kept.lock);
	const otel_memory_span *span = index < kept.count ? kept.spans[index] : NULL;
	pthread_mutex_unlock(&kept.lock);
	return span;
}

const otel_memory_span *otel_memory_find(const char *name)
{
	const otel_memory_span *span = NULL;

	pthread_mutex_lock(&kept.lock);
	for (size_t i = 0; name && !span && i < kept.count; i++)
		if (!strcmp(kept.spans[i]->name, name))
			span = kept.spans[i];
	pthread_mutex_unlock(&kept.lock);
	return span;
}

uint64_t otel_memory_dropped(void)
{
	pthread_mutex_lock(&kept.lock);
	const uint64_t dropped = kept.dropped;
	pthread_mutex_unlock(&kept.lock);
	return dropped;
}

void otel_memory_clear(void)
{
	const int saved = errno;

	pthread_mutex_lock(&kept.lock);
	forget();
	pthread_mutex_unlock(&kept.lock);
	errno = saved;
}

/* ---- fork ---- */

void memory_fork_prepare(void)
{
	pthread_mutex_lock(&kept.lock);
	kept.forking = true;
}

void memory_fork_parent(void)
{
	kept.forking = false;
	pthread_mutex_unlock(&kept.lock);
}

/* After a bare clone, another thread may have been in the middle of it: its memory is left alone then. */
void memory_fork_child(void)
{
	if (!kept.forking)
		kept.room = (struct memory_room){.newest = NULL};
	forget();
	kept.forking = false;
	pthread_mutex_init(&kept.lock, NULL);
}
