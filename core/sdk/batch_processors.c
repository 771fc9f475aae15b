/* SPDX-License-Identifier: Apache-2.0
 *
 * batch_processors.c - see the header.
 */
#include "sdk/batch_processors.h"

#include "sdk/request_items.h"
#include "util/diag.h"

/* A batch processor at work. */
struct otel_batch_edit {
	const struct batch *batch;
	struct batch *replacement; /* NULL: none yet */
	const char *name;
};

static struct component *processors[BATCH_PROCESSORS_MAX];
static size_t processor_count;

void batch_processors_setup(struct component *const *selected, size_t count)
{
	processor_count = count < BATCH_PROCESSORS_MAX ? count : BATCH_PROCESSORS_MAX;
	for (size_t i = 0; i < processor_count; i++)
		processors[i] = selected[i];
}

otel_status batch_processors_replace(otel_batch_edit *edit, const uint8_t *request, size_t len)
{
	const otel_signal signal = (otel_signal)edit->batch->wire.signal;
	uint32_t items;

	if (!request_count(signal, request, len, &items)) {
		diag(DIAG_ERROR, "batch_processor \"%s\": what it made of a batch is no OTLP request; it is not used",
		     edit->name);
		return OTEL_INVALID;
	}
	struct batch *replacement = batch_replacing(edit->batch, request, len, items);
	if (!replacement)
		return OTEL_NO_MEMORY;
	if (edit->replacement)
		batch_unref(edit->replacement);
	edit->replacement = replacement;
	return OTEL_OK;
}

static struct batch *replace(struct batch *batch, struct otel_batch_edit *edit)
{
	if (!edit->replacement)
		return batch; /* that was said, or there is no memory */
	batch_unref(batch);
	batch = edit->replacement;
	edit->replacement = NULL;
	return batch;
}

static struct batch *run_one(struct component *component, struct batch *batch)
{
	const otel_batch_processor *processor = component->vtable;
	struct otel_batch_edit edit = {.batch = batch, .name = component->name};

	if (!(processor->signals & batch->wire.signal))
		return batch;
	switch (processor->process(component->self, &batch->wire, &edit)) {
	case OTEL_BATCH_REPLACE:
		batch = replace(batch, &edit);
		if (!batch->wire.items) {
			batch_drop(batch, BATCH_PROCESSED);
			batch = NULL;
		}
		break;
	case OTEL_BATCH_DROP:
		batch_drop(batch, BATCH_PROCESSED);
		batch = NULL;
		break;
	case OTEL_BATCH_KEEP:
		break;
	default:
		diag(DIAG_ERROR, "batch_processor \"%s\" answered what is no verdict; the batch is kept",
		     component->name);
	}
	if (edit.replacement)
		batch_unref(edit.replacement);
	return batch;
}

struct batch *batch_processors_run(struct batch *batch)
{
	for (size_t i = 0; batch && i < processor_count; i++)
		batch = run_one(processors[i], batch);
	return batch;
}
