/* SPDX-License-Identifier: Apache-2.0
 *
 * signal_test.c - what a request holds shows.
 */
#include "tools/otel-c/send/signal.h"

#include "sample.h"
#include "support/suite.h"

/* One item in its envelope; ends it. */
static uint32_t signal_of(struct buf *item)
{
	struct buf scope, resource, request;

	buf_init(&scope, 4096);
	buf_init(&resource, 4096);
	buf_init(&request, 4096);
	sample_text(&scope, 3, "schema");
	sample_message(&scope, 2, item);
	sample_message(&resource, 2, &scope);
	sample_message(&request, 1, &resource);
	const uint32_t signal = send_signal_of(request.data, request.len);
	buf_fini(&request);
	return signal;
}

START_TEST(spans_have_times)
{
	struct buf span;

	buf_init(&span, 4096);
	sample_text(&span, 5, "x");
	sample_bytes(&span, 1, SAMPLE_TRACE_ID, 16);
	sample_fixed64(&span, 7, 1);
	ck_assert_uint_eq(signal_of(&span), OTEL_SIGNAL_TRACES);
}
END_TEST

START_TEST(metrics_have_names_and_no_times)
{
	struct buf metric;

	for (unsigned kind = 5; kind <= 11; kind += 2) {
		buf_init(&metric, 4096);
		sample_text(&metric, 1, "http.server.time"); /* as long as a trace id */
		sample_text(&metric, 2, "Duration"); /* and as a span id */
		sample_text(&metric, kind, "");
		ck_assert_uint_eq(signal_of(&metric), OTEL_SIGNAL_METRICS);
	}
}
END_TEST

START_TEST(log_records_have_times_elsewhere_or_a_severity)
{
	struct buf record;

	buf_init(&record, 4096);
	sample_fixed64(&record, 11, 1);
	ck_assert_uint_eq(signal_of(&record), OTEL_SIGNAL_LOGS);
	buf_init(&record, 4096);
	sample_varint(&record, 2, 9);
	ck_assert_uint_eq(signal_of(&record), OTEL_SIGNAL_LOGS);
}
END_TEST

START_TEST(what_does_not_tell_is_not_guessed)
{
	struct buf item;

	buf_init(&item, 4096);
	ck_assert_uint_eq(signal_of(&item), 0);
	buf_init(&item, 4096);
	sample_text(&item, 5, "a body, or a name");
	ck_assert_uint_eq(signal_of(&item), 0);
	ck_assert_uint_eq(send_signal_of(NULL, 0), 0);
	ck_assert_uint_eq(send_signal_of((const uint8_t *)"\x0a\xff", 2), 0);
}
END_TEST

START_TEST(names_go_both_ways)
{
	ck_assert_uint_eq(send_signal_named("traces"), OTEL_SIGNAL_TRACES);
	ck_assert_uint_eq(send_signal_named("metrics"), OTEL_SIGNAL_METRICS);
	ck_assert_uint_eq(send_signal_named("logs"), OTEL_SIGNAL_LOGS);
	ck_assert_uint_eq(send_signal_named("spans"), 0);
	ck_assert_str_eq(send_signal_items(OTEL_SIGNAL_LOGS), "log records");
	ck_assert_str_eq(send_signal_items(OTEL_SIGNAL_TRACES), "spans");
	ck_assert_str_eq(send_signal_variable(OTEL_SIGNAL_METRICS), "OTEL_METRICS_EXPORTER");
}
END_TEST

SUITE_MAIN("send_signal", NULL, {spans_have_times, 0}, {metrics_have_names_and_no_times, 0},
	   {log_records_have_times_elsewhere_or_a_severity, 0}, {what_does_not_tell_is_not_guessed, 0},
	   {names_go_both_ways, 0})
