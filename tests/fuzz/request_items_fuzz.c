/* SPDX-License-Identifier: Apache-2.0
 *
 * request_items_fuzz.c - any bytes as a request of any signal: what is well-formed is walked item by item, from every
 * cursor alike, and comes out of log processors as a request of as many items as they left. The first byte chooses the
 * signal.
 */
#include <stdlib.h>
#include <string.h>

#include "sdk/log_processors.h"
#include "sdk/request_items.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* Takes every record away whose first byte is odd. */
static otel_edit thin_out(void *self, otel_log_data *log)
{
	(void)self;
	return log->len && log->data[0] & 1 ? OTEL_EDIT_REMOVE : OTEL_EDIT_KEEP;
}

static uint32_t walk(const otel_batch *batch, size_t cursor, uint32_t *even)
{
	otel_item item = {.size = sizeof item};
	uint32_t count = 0;

	while (request_next(batch, &cursor, &item)) {
		check(item.data >= batch->data && item.data + item.len <= batch->data + batch->len);
		check(cursor <= batch->len);
		*even += !(item.len && item.data[0] & 1);
		count++;
	}
	return count;
}

static void check_processing(const uint8_t *data, size_t len, uint32_t left)
{
	static const otel_log_processor processor = {.component = {.size = sizeof processor}, .on_emit = thin_out};
	struct component component = {.vtable = &processor};
	struct component *list[] = {&component};
	struct buf out;
	uint32_t items;

	log_processors_setup(list, 1);
	buf_init(&out, len + 64);
	check(log_processors_run(data, len, &out));
	check(request_count(OTEL_SIGNAL_LOGS, out.data, out.len, &items) && items == left);
	buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const otel_signal signals[] = {OTEL_SIGNAL_TRACES, OTEL_SIGNAL_METRICS, OTEL_SIGNAL_LOGS};
	uint32_t items, even = 0, ignored = 0;
	size_t cursor = 0;

	if (!size)
		return 0;
	const otel_signal signal = signals[data[0] % 3];
	uint8_t *copy = malloc(size); /* its end is the end */
	check(copy != NULL);
	memcpy(copy, data + 1, size - 1);
	const otel_batch batch = {.size = sizeof batch, .signal = signal, .data = copy, .len = size - 1};
	const bool whole = request_count(signal, copy, size - 1, &items);
	const uint32_t walked = walk(&batch, 0, &even);
	otel_item item = {.size = sizeof item};
	if (request_next(&batch, &cursor, &item))
		check(walk(&batch, cursor, &ignored) == walked - 1);
	if (whole && signal != OTEL_SIGNAL_METRICS)
		check(walked == items);
	if (whole && signal == OTEL_SIGNAL_LOGS)
		check_processing(copy, size - 1, even);
	free(copy);
	return 0;
}
