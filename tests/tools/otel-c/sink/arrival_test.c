/* SPDX-License-Identifier: Apache-2.0
 *
 * arrival_test.c - bodies, and what is in them.
 */
#include "tools/otel-c/sink/arrival.h"

#include <string.h>

#include "support/suite.h"

static struct sink_arrival arrival;
static struct otlp_fault fault;

static enum otlp_verdict take(otel_signal signal, enum sink_encoding encoding, const char *body, size_t len)
{
	sink_arrival_fini(&arrival);
	arrival = (struct sink_arrival){.signal = signal, .encoding = encoding};
	return sink_arrival_read(&arrival, (struct view){body, len}, &fault);
}

#define TAKE(signal, encoding, body) take(signal, encoding, body, sizeof(body) - 1)

START_TEST(items_have_names)
{
	ck_assert_str_eq(sink_items_of(OTEL_SIGNAL_TRACES), "spans");
	ck_assert_str_eq(sink_items_of(OTEL_SIGNAL_METRICS), "data points");
	ck_assert_str_eq(sink_items_of(OTEL_SIGNAL_LOGS), "log records");
}
END_TEST

START_TEST(spans_are_decoded)
{
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_TRACES, SINK_PROTOBUF, ""), OTLP_GOOD);
	ck_assert_ptr_nonnull(arrival.spans);
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_TRACES, SINK_GRPC, "\xff"), OTLP_MALFORMED);
	ck_assert_ptr_null(arrival.spans);
}
END_TEST

START_TEST(other_signals_are_kept_as_they_came)
{
	static const char body[] = "\x0a\x06\x12\x04\x12\0\x12\0";

	ck_assert_int_eq(TAKE(OTEL_SIGNAL_LOGS, SINK_GRPC, body), OTLP_GOOD);
	ck_assert_uint_eq(arrival.items, 2);
	ck_assert_uint_eq(arrival.request.len, sizeof body - 1);
	ck_assert_mem_eq(arrival.request.data, body, sizeof body - 1);
	ck_assert_ptr_null(arrival.spans);
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_LOGS, SINK_PROTOBUF, "\x0a\x07\x12"), OTLP_MALFORMED);
	ck_assert_str_eq(fault.text, "not protobuf, or not a request that holds log records");
	ck_assert_uint_eq(arrival.request.len, 0);
}
END_TEST

START_TEST(json_becomes_protobuf)
{
	ck_assert_int_eq(
		TAKE(OTEL_SIGNAL_LOGS, SINK_JSON, "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},{}]}]}]}"),
		OTLP_GOOD);
	ck_assert_uint_eq(arrival.items, 2);
	ck_assert_mem_eq(arrival.request.data, "\x0a\x06\x12\x04\x12\0\x12\0", 8);
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_METRICS, SINK_JSON,
			      "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\",\"gauge\":{"
			      "\"dataPoints\":[{\"asInt\":\"7\"},{\"asInt\":8},{}]}}]}]}]}"),
			 OTLP_GOOD);
	ck_assert_uint_eq(arrival.items, 3);
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_TRACES, SINK_JSON, "{\"resourceSpans\":[]}"), OTLP_GOOD);
	ck_assert_ptr_nonnull(arrival.spans);
	ck_assert_int_eq(TAKE(OTEL_SIGNAL_METRICS, SINK_JSON, "["), OTLP_MALFORMED);
	sink_arrival_fini(&arrival);
}
END_TEST

SUITE_MAIN("sink_arrival", NULL, {items_have_names, 0}, {spans_are_decoded, 0},
	   {other_signals_are_kept_as_they_came, 0}, {json_becomes_protobuf, 0})
