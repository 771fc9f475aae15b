/* SPDX-License-Identifier: Apache-2.0
 *
 * split_fuzz.c - any bytes as a request of any signal: what is well-formed is cut anywhere into well-formed requests that
 * have as many items together, and into parts that fit. The first byte chooses the signal, the second where to cut.
 */
#include <stdlib.h>
#include <string.h>

#include "sdk/request_items.h"
#include "sdk/split.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* How many items the part really has. */
static uint32_t count(const otel_batch *batch, struct split_range range)
{
	const size_t size = split_size(batch, range);
	uint8_t *part = malloc(size + !size);
	uint32_t items;

	check(part != NULL);
	split_write(batch, range, part);
	check(request_count((otel_signal)batch->signal, part, size, &items));
	free(part);
	return items;
}

static void cut_at(const otel_batch *batch, uint32_t at)
{
	const uint32_t front = count(batch, (struct split_range){0, at});
	const uint32_t back = count(batch, (struct split_range){at, batch->items});

	check(front == at);
	check(front + back == batch->items);
}

static void cut_to_fit(const otel_batch *batch, size_t max_bytes)
{
	uint32_t from = 0;

	while (from < batch->items) {
		size_t size;
		const struct split_range range = split_next(batch, from, max_bytes, &size);
		check(range.from == from && range.to > from && range.to <= batch->items);
		check(size <= max_bytes || range.to == from + 1);
		check(count(batch, range) == range.to - range.from);
		from = range.to;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const otel_signal signals[] = {OTEL_SIGNAL_TRACES, OTEL_SIGNAL_METRICS, OTEL_SIGNAL_LOGS};

	if (size < 2)
		return 0;
	uint8_t *copy = malloc(size); /* its end is the end */
	check(copy != NULL);
	memcpy(copy, data + 2, size - 2);
	otel_batch batch = {.size = sizeof batch, .signal = signals[data[0] % 3], .data = copy, .len = size - 2};
	if (request_count((otel_signal)batch.signal, copy, size - 2, &batch.items) && batch.items) {
		cut_at(&batch, data[1] % (batch.items + 1));
		cut_to_fit(&batch, 1 + (size_t)data[1] * 4);
	}
	free(copy);
	return 0;
}
