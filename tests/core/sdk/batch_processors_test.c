/* SPDX-License-Identifier: Apache-2.0
 *
 * batch_processors_test.c - a batch processor that replaces batches, drops them, and gives nonsense back.
 */
#include "core/sdk/signals_support.h"

/* Takes logs without an "x" away, and every batch that says "poison". */
static otel_verdict sieve(void *self, const otel_batch *batch, otel_batch_edit *edit)
{
	otel_item item = {.size = sizeof item};
	struct bytes scope = {.len = 0}, resource = {.len = 0}, whole = {.len = 0};

	(void)self;
	if (memmem(batch->data, batch->len, "poison", 6))
		return OTEL_BATCH_DROP;
	if (memmem(batch->data, batch->len, "garbage", 7)) {
		ck_assert_int_eq(host->batch_replace(edit, (const uint8_t *)"\x0a\x7f", 2), OTEL_INVALID);
		return OTEL_BATCH_REPLACE;
	}
	for (size_t cursor = 0; host->batch_next(batch, &cursor, &item);) {
		if (!scope.len)
			put(&scope, 1, item.scope, item.scope_len);
		if (memchr(item.data, 'x', item.len))
			put(&scope, 2, item.data, item.len);
	}
	put(&resource, 2, scope.data, scope.len);
	put(&whole, 1, resource.data, resource.len);
	ck_assert_int_eq(host->batch_replace(edit, whole.data, whole.len), OTEL_OK);
	return OTEL_BATCH_REPLACE;
}

static const otel_batch_processor sieve_processor = {
	.component = {.size = sizeof sieve_processor}, .signals = OTEL_SIGNAL_LOGS, .process = sieve};

START_TEST(batch_processors_replace_and_drop_batches)
{
	static const otel_setting settings[] = {{"otel.batch_processors", "sieve"}};

	start_signals("own", settings, 1);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("x1", "other", "x2")), OTEL_OK);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("poison", "x")), OTEL_OK);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("other")), OTEL_OK); /* nothing is left of it */
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("garbage")), OTEL_OK); /* what it is made is none: it stays */
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "untouched"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: x1 x2; logs 1: garbage; traces 1:; ");
	ck_assert_uint_eq(start_counts().items_submitted, 7);
	ck_assert_uint_eq(start_counts().items_accepted, 3);
	ck_assert_uint_eq(start_counts().items_dropped, 4);
	ck_assert_uint_eq(start_counts().spans_accepted, 1);
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_BATCH_PROCESSOR, "sieve", &sieve_processor},
						  {.name = NULL}};

SIGNALS_MAIN("batch_processors", components, {batch_processors_replace_and_drop_batches, 0})
