/* SPDX-License-Identifier: Apache-2.0
 *
 * submit_test.c - what a plugin submits: what is taken, what is refused, and how it is counted.
 */
#include "core/sdk/signals_support.h"

#include "util/wire.h"

static const otel_exporter choosy = {
	.component = {.size = sizeof choosy}, .signals = OTEL_SIGNAL_TRACES, .export_batch = own_export};

START_TEST(what_a_plugin_submits_is_exported_and_counted)
{
	start_signals("own", NULL, 0);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("one", "two")), OTEL_OK);
	ck_assert_int_eq(submit(OTEL_SIGNAL_TRACES, REQUEST("foreign span")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: one two; traces 1:; ");
	ck_assert_uint_eq(start_counts().items_submitted, 3);
	ck_assert_uint_eq(start_counts().items_accepted, 3);
	ck_assert_uint_eq(start_counts().items_dropped, 0);
	ck_assert_uint_eq(start_counts().spans_created, 0);
}
END_TEST

START_TEST(what_is_no_request_is_refused)
{
	static const uint8_t broken[] = {0x0a, 0x7f, 0};

	start_signals("own", NULL, 0);
	ck_assert_int_eq(host->submit(own_handle, OTEL_SIGNAL_LOGS, broken, sizeof broken), OTEL_INVALID);
	ck_assert_int_eq(host->submit(own_handle, OTEL_SIGNAL_LOGS, NULL, 0), OTEL_OK); /* nothing in it */
	ck_assert_uint_eq(start_counts().items_submitted, 0);
}
END_TEST

START_TEST(a_signal_that_nobody_exports_is_unsupported)
{
	start_signals("choosy", NULL, 0);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_UNSUPPORTED);
	ck_assert_int_eq(submit(OTEL_SIGNAL_TRACES, REQUEST("one")), OTEL_OK);
	start_stop(5000);
	ck_assert_int_ne(submit(OTEL_SIGNAL_TRACES, REQUEST("one")), OTEL_OK);
}
END_TEST

START_TEST(what_does_not_fit_is_dropped_and_counted)
{
	static uint8_t large[20 << 20];
	const size_t text = sizeof large - 32, record = wire_len_size(text), scope = wire_len_size(record);
	uint8_t *p = large;

	/* A request of 20 MiB, well-formed. */
	start_signals("own", NULL, 0);
	p = wire_put_len_head(p, WIRE_TAG(1, WIRE_LEN), wire_len_size(scope));
	p = wire_put_len_head(p, WIRE_TAG(2, WIRE_LEN), scope);
	p = wire_put_len_head(p, WIRE_TAG(2, WIRE_LEN), record);
	p = wire_put_len_head(p, WIRE_TAG(15, WIRE_LEN), text);
	ck_assert_int_eq(host->submit(own_handle, OTEL_SIGNAL_LOGS, large, (size_t)(p - large) + text), OTEL_NO_MEMORY);
	ck_assert_uint_eq(start_counts().items_submitted, 1);
	ck_assert_uint_eq(start_counts().items_dropped, 1);
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_EXPORTER, "choosy", &choosy}, {.name = NULL}};

SIGNALS_MAIN("submit", components, {what_a_plugin_submits_is_exported_and_counted, 0},
	     {what_is_no_request_is_refused, 0}, {a_signal_that_nobody_exports_is_unsupported, 0},
	     {what_does_not_fit_is_dropped_and_counted, 0})
