/* SPDX-License-Identifier: Apache-2.0
 *
 * log_processors.c - see the header. The request is written anew, from the inside out: lengths stand before contents.
 */
#include "sdk/log_processors.h"

#include <stdatomic.h>

#include "sdk/request_items.h"
#include "util/clock.h"
#include "util/wire.h"

/* An immutable list, replaced whole; a thread may still look at the one before. */
struct list {
	size_t count;
	struct component *processors[LOG_PROCESSORS_MAX];
};

static struct list lists[2];
static _Atomic(const struct list *) active;

void log_processors_setup(struct component *const *processors, size_t count)
{
	struct list *list = atomic_load(&active) == &lists[0] ? &lists[1] : &lists[0];

	list->count = count < LOG_PROCESSORS_MAX ? count : LOG_PROCESSORS_MAX;
	for (size_t i = 0; i < list->count; i++)
		list->processors[i] = processors[i];
	atomic_store(&active, list->count ? list : NULL);
}

bool log_processors_exist(void)
{
	return atomic_load_explicit(&active, memory_order_acquire) != NULL;
}

/* ---- one record ---- */

/* false: it was taken out. */
static bool process(otel_log_data *log)
{
	const struct list *list = atomic_load_explicit(&active, memory_order_acquire);

	for (size_t i = 0; list && i < list->count; i++) {
		const otel_log_processor *processor = list->processors[i]->vtable;
		otel_log_data changed = *log;
		switch (processor->on_emit(list->processors[i]->self, &changed)) {
		case OTEL_EDIT_REMOVE:
			return false;
		case OTEL_EDIT_REPLACE:
			log->data = changed.data;
			log->len = changed.len;
			break;
		case OTEL_EDIT_KEEP:
		default:
			break;
		}
	}
	return true;
}

/* ---- the request around it ---- */

/* Fields that are not looked into go over as they stand: from `begin` to where the reader is. */
static void put_rest(struct buf *out, const uint8_t *begin, const struct wire_reader *reader)
{
	buf_append(out, begin, (size_t)(reader->p - begin));
}

typedef void write_fn(struct buf *out, const struct wire_field *message, const otel_log_data *around);

/* Writes a message with each inner message `number` rewritten. */
static void write_message(struct buf *out, const struct wire_field *message, uint32_t number, write_fn *inner,
			  const otel_log_data *around)
{
	struct wire_reader reader = wire_read(message->data, message->len);
	struct wire_field field;
	bool ok;

	for (const uint8_t *begin = reader.p; wire_next(&reader, &field, &ok); begin = reader.p) {
		if (field.number == number && field.type == WIRE_LEN)
			inner(out, &field, around);
		else
			put_rest(out, begin, &reader);
	}
}

static void write_record(struct buf *out, const struct wire_field *record, const otel_log_data *around)
{
	otel_log_data log = *around;

	log.data = record->data;
	log.len = record->len;
	if (process(&log))
		wire_append_len(out, WIRE_TAG(SCOPE_ITEMS, WIRE_LEN), log.data, log.len);
}

static void find_scope(const struct wire_field *message, otel_log_data *log)
{
	struct wire_reader reader = wire_read(message->data, message->len);
	struct wire_field field;
	bool ok;

	while (wire_next(&reader, &field, &ok)) {
		if (field.number != SCOPE_SCOPE || field.type != WIRE_LEN)
			continue;
		log->scope = field.data;
		log->scope_len = field.len;
		return;
	}
}

static void write_nested(struct buf *out, const struct wire_field *message, uint32_t number, uint32_t inner_number,
			 write_fn *inner, const otel_log_data *around)
{
	struct buf content;

	buf_init(&content, out->max);
	write_message(&content, message, inner_number, inner, around);
	if (content.failed)
		out->failed = true;
	else
		wire_append_len(out, (uint8_t)WIRE_TAG(number, WIRE_LEN), content.data, content.len);
	buf_fini(&content);
}

static void write_scope(struct buf *out, const struct wire_field *scope, const otel_log_data *around)
{
	otel_log_data log = *around;

	find_scope(scope, &log);
	write_nested(out, scope, RESOURCE_SCOPES, SCOPE_ITEMS, write_record, &log);
}

static void write_resource(struct buf *out, const struct wire_field *resource, const otel_log_data *around)
{
	write_nested(out, resource, REQUEST_RESOURCES, RESOURCE_SCOPES, write_scope, around);
}

bool log_processors_run(const uint8_t *request, size_t len, struct buf *out)
{
	const struct wire_field whole = {.data = request, .len = len};
	const otel_log_data log = {.size = sizeof log};

	write_message(out, &whole, REQUEST_RESOURCES, write_resource, &log);
	return !out->failed;
}

otel_status log_processors_flush(uint32_t timeout_ms)
{
	const struct list *list = atomic_load_explicit(&active, memory_order_acquire);
	const uint64_t end = clock_mono_ms() + timeout_ms;
	otel_status status = OTEL_OK;

	for (size_t i = 0; list && i < list->count; i++) {
		const otel_log_processor *processor = list->processors[i]->vtable;
		if (processor->component.size < sizeof *processor || !processor->flush)
			continue;
		const otel_status one = processor->flush(list->processors[i]->self, clock_ms_until(end));
		status = status ? status : one;
	}
	return status;
}
