/* SPDX-License-Identifier: Apache-2.0
 *
 * json_read_test.c - OTLP JSON as strangers may write it, and what is wrong with it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/text/check.h"
#include "otlp/text/json.h"
#include "sample.h"
#include "support/suite.h"

#define ALL (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

static struct otlp_fault fault;

static enum otlp_verdict read_text(const char *text, struct otlp_request **out)
{
	uint32_t signals = OTEL_SIGNAL_TRACES;
	struct buf bytes;
	enum otlp_verdict verdict;

	buf_init(&bytes, 1 << 20);
	verdict = otlp_json_read(&bytes, &signals, text, strlen(text), &fault);
	*out = NULL;
	if (verdict == OTLP_GOOD)
		ck_assert_msg(otlp_request_decode(bytes.data, bytes.len, out, &fault) == OTLP_GOOD, "%s", fault.text);
	buf_fini(&bytes);
	return verdict;
}

#define VALUE(json) "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":" json "}]}}]}"
#define SPAN(json)  "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" json "]}]}]}"

/* The AnyValue that comes of it. */
static Otlp__AnyValue *value_of(const char *text, struct otlp_request **request)
{
	ck_assert_msg(read_text(text, request) == OTLP_GOOD, "%s: %s", text, fault.text);
	return (*request)->message->resource_spans[0]->resource->attributes[0]->value;
}

/* ---- signals ---- */

START_TEST(the_signal_is_found)
{
	static const struct {
		const char *text;
		uint32_t expected, found;
	} rows[] = {
		{"{\"resourceSpans\":[]}", ALL, OTEL_SIGNAL_TRACES},
		{"{\"a\":1,\"resourceMetrics\":[{}]}", ALL, OTEL_SIGNAL_METRICS},
		{" {\"resourceLogs\":[{}]} ", ALL, OTEL_SIGNAL_LOGS},
		{"{\"resourceLogs\":[{}],\"resourceSpans\":null}", ALL, OTEL_SIGNAL_LOGS},
		{"{\"resourceLogs\":[{}],\"resourceSpans\":[{},{}]}", OTEL_SIGNAL_LOGS, OTEL_SIGNAL_LOGS},
		{"{\"resourceLogs\":[{}]}", OTEL_SIGNAL_TRACES, 0},
		{"{}", ALL, 0},
	};
	struct buf out;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint32_t signals = rows[i].expected;

		buf_init(&out, 100);
		ck_assert_msg(otlp_json_read(&out, &signals, rows[i].text, strlen(rows[i].text), &fault) == OTLP_GOOD,
			      "%s: %s", rows[i].text, fault.text);
		ck_assert_uint_eq(signals, rows[i].found);
		ck_assert_uint_eq(out.len, strstr(rows[i].text, "[{}]") && signals ? 2 : 0);
		buf_fini(&out);
	}
}
END_TEST

START_TEST(two_signals_in_one_object_are_refused)
{
	static const char text[] = "{\"resourceLogs\":[{}],\"resourceSpans\":[{}]}";
	uint32_t signals = ALL;
	struct buf out;

	buf_init(&out, 100);
	ck_assert_int_eq(otlp_json_read(&out, &signals, text, sizeof text - 1, &fault), OTLP_MALFORMED);
	ck_assert_ptr_nonnull(strstr(fault.text, "\"resourceSpans\" stands beside \"resourceLogs\""));
	ck_assert_uint_eq(out.len, 0);
	buf_fini(&out);
}
END_TEST

/* ---- values ---- */

START_TEST(integers_may_be_texts_or_numbers)
{
	static const char *const texts[] = {VALUE("{\"intValue\":-5}"), VALUE("{\"intValue\":\"-5\"}"),
					    VALUE("{\"intValue\":-5.0}"), VALUE("{\"intValue\":-0.5e1}")};
	struct otlp_request *request;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		ck_assert_int_eq(value_of(texts[i], &request)->int_value, -5);
		otlp_request_unref(request);
	}
	ck_assert_int_eq(value_of(VALUE("{\"intValue\":\"-9223372036854775808\"}"), &request)->int_value, INT64_MIN);
	otlp_request_unref(request);
}
END_TEST

START_TEST(doubles_have_names_for_what_json_cannot_say)
{
	struct otlp_request *request;

	ck_assert(isnan(value_of(VALUE("{\"doubleValue\":\"NaN\"}"), &request)->double_value));
	otlp_request_unref(request);
	ck_assert(isinf(value_of(VALUE("{\"doubleValue\":\"-Infinity\"}"), &request)->double_value));
	otlp_request_unref(request);
	ck_assert(value_of(VALUE("{\"doubleValue\":1}"), &request)->double_value == 1.0);
	otlp_request_unref(request);
	ck_assert(value_of(VALUE("{\"doubleValue\":\"2.5\"}"), &request)->double_value == 2.5);
	otlp_request_unref(request);
}
END_TEST

START_TEST(members_of_a_oneof_count_even_with_their_default)
{
	struct otlp_request *request;

	ck_assert_int_eq(value_of(VALUE("{\"boolValue\":false}"), &request)->value_case,
			 OTLP__ANY_VALUE__VALUE_BOOL_VALUE);
	otlp_request_unref(request);
	ck_assert_int_eq(value_of(VALUE("{\"stringValue\":\"\"}"), &request)->value_case,
			 OTLP__ANY_VALUE__VALUE_STRING_VALUE);
	otlp_request_unref(request);
	ck_assert_int_eq(value_of(VALUE("{\"stringValue\":null,\"intValue\":0}"), &request)->value_case,
			 OTLP__ANY_VALUE__VALUE_INT_VALUE);
	otlp_request_unref(request);
}
END_TEST

START_TEST(texts_have_their_escapes_undone)
{
	static const char want[] = "a\"/\\\b\n\t\303\244\360\237\215\265";
	struct otlp_request *request;

	ck_assert(otlp_text_is(
		value_of(VALUE("{\"string\\u0056alue\":\"a\\\"\\/\\\\\\b\\n\\t\\u00e4\\ud83c\\udf75\"}"), &request)
			->string_value,
		want));
	otlp_request_unref(request);
	ck_assert_uint_eq(value_of(VALUE("{\"stringValue\":\"a\\u0000b\"}"), &request)->string_value.len, 3);
	otlp_request_unref(request);
}
END_TEST

START_TEST(unknown_fields_and_nulls_are_passed_over)
{
	struct otlp_request *request;

	ck_assert_int_eq(
		read_text("{\"new\":[1,{\"a\":2,\"a\":{}}],\"resource_spans\":7,\"resourceSpans\":null}", &request),
		OTLP_GOOD);
	ck_assert_uint_eq(request->bytes, 0);
	otlp_request_unref(request);
}
END_TEST

/* ---- faults ---- */

static const struct {
	const char *text;
	const char *words;
} faults[] = {
	{"", "column 1: there should be an object"},
	{"{", "there should be a text"},
	{"{} {}", "column 4: something comes after the end"},
	{"[]", "there should be an object"},
	{"{\n\n \"a\" 1}", "line 3, column 6: there should be \":\""},
	{"{\"resourceSpans\":[{} {}]}", "column 22: there should be \",\" or \"]\""},
	{"{\"resourceSpans\":[],\"resourceSpans\":[]}", "\"resourceSpans\" comes twice"},
	{"{\"resourceSpans\":{}}", "\"resourceSpans\" is not an array"},
	{"{\"resourceSpans\":[7]}", "\"resourceSpans\" is not an object"},
	{"{\"resourceSpans\":[null]}", "\"resourceSpans\" is not an object"},
	{"{\"resourceSpans\":[{},]}", "\"resourceSpans\" is not an object"},
	{VALUE("{\"intValue\":1.5}"), "\"intValue\" is not an integer of 64 bits"},
	{VALUE("{\"intValue\":\"9223372036854775808\"}"), "\"intValue\" is not an integer"},
	{VALUE("{\"intValue\":\"\"}"), "\"intValue\" is not an integer"},
	{VALUE("{\"intValue\":true}"), "\"intValue\" is not an integer"},
	{VALUE("{\"intValue\":05}"), "there should be a value"},
	{VALUE("{\"doubleValue\":\"much\"}"), "\"doubleValue\" is not a number"},
	{VALUE("{\"doubleValue\":NaN}"), "there should be a value"},
	{VALUE("{\"boolValue\":1}"), "\"boolValue\" is neither true nor false"},
	{VALUE("{\"boolValue\":\"true\"}"), "\"boolValue\" is neither true nor false"},
	{VALUE("{\"stringValue\":1}"), "\"stringValue\" is not a text"},
	{VALUE("{\"stringValue\":\"\\ud800\"}"), "half of a surrogate pair"},
	{VALUE("{\"stringValue\":\"\xff\"}"), "not UTF-8"},
	{VALUE("{\"bytesValue\":\"YQ=\"}"), "\"bytesValue\" is not base64"},
	{VALUE("{\"bytesValue\":\"=aaa\"}"), "\"bytesValue\" is not base64"},
	{VALUE("{\"intValue\":1,\"stringValue\":\"a\"}"), "of which only one can be"},
	{SPAN("{\"traceId\":\"xy\"}"), "\"traceId\" is not hex"},
	{SPAN("{\"traceId\":\"abc\"}"), "\"traceId\" is not hex"},
	{SPAN("{\"kind\":\"SPAN_KIND_SERVER\"}"), "\"kind\" is not the number of an enum"},
	{SPAN("{\"flags\":-1}"), "\"flags\" is not an integer of 32 bits without a sign"},
	{SPAN("{\"flags\":4294967296}"), "\"flags\" is not an integer of 32 bits without a sign"},
};

START_TEST(what_is_wrong_is_named)
{
	struct otlp_request *request;

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		ck_assert_msg(read_text(faults[i].text, &request) == OTLP_MALFORMED, "%s was taken", faults[i].text);
		ck_assert_msg(strstr(fault.text, faults[i].words), "%s: %s", faults[i].text, fault.text);
	}
}
END_TEST

static void repeat(struct buf *text, const char *piece, unsigned times)
{
	while (times--)
		buf_append_str(text, piece);
}

START_TEST(values_nested_without_end_are_refused)
{
	struct otlp_request *request;
	struct buf text;

	buf_init(&text, 1 << 20);
	for (unsigned lists = 48; lists <= 49; lists++) {
		buf_clear(&text);
		buf_append_str(&text, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"value\":");
		repeat(&text, "{\"arrayValue\":{\"values\":[", lists);
		buf_append_str(&text, "{}");
		repeat(&text, "]}}", lists);
		buf_append_str(&text, "}]}}]}");
		ck_assert_int_eq(read_text(buf_str(&text), &request), lists == 48 ? OTLP_GOOD : OTLP_MALFORMED);
		otlp_request_unref(request);
	}
	ck_assert_ptr_nonnull(strstr(fault.text, "lies too deep"));
	buf_fini(&text);
}
END_TEST

START_TEST(a_bound_is_kept)
{
	static const char text[] = VALUE("{\"intValue\":5}");
	uint32_t signals = OTEL_SIGNAL_TRACES;
	struct buf small;

	for (size_t max = 0; max <= 11; max++) { /* the request has 12 bytes */
		buf_init(&small, max);
		ck_assert_int_eq(otlp_json_read(&small, &signals, text, sizeof text - 1, &fault), OTLP_NO_MEMORY);
		ck_assert_uint_eq(small.len, 0);
		buf_fini(&small);
		signals = OTEL_SIGNAL_TRACES;
	}
	buf_init(&small, 13);
	ck_assert_int_eq(otlp_json_read(&small, &signals, text, sizeof text - 1, &fault), OTLP_GOOD);
	buf_fini(&small);
}
END_TEST

/* ---- answers ---- */

START_TEST(answers_become_protobuf)
{
	static const char success[] = "{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"why\"}}";
	static const char failure[] = "{\"code\":8,\"message\":\"slow down\",\"details\":[{\"@type\":\"x\"}]}";
	struct buf out;

	buf_init(&out, 100);
	ck_assert_int_eq(otlp_json_read_response(&out, success, sizeof success - 1, &fault), OTLP_GOOD);
	ck_assert_uint_eq(out.len, 9);
	ck_assert_mem_eq(out.data, "\x0a\x07\x08\x03\x12\x03why", 9);
	buf_clear(&out);
	ck_assert_int_eq(otlp_json_read_response(&out, "{}", 2, &fault), OTLP_GOOD);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_int_eq(otlp_json_read_status(&out, failure, sizeof failure - 1, &fault), OTLP_GOOD);
	ck_assert_uint_eq(out.len, 13);
	ck_assert_mem_eq(out.data, "\x08\x08\x12\x09slow down", 13);
	ck_assert_int_eq(otlp_json_read_status(&out, "<html>", 6, &fault), OTLP_MALFORMED);
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("json_read", NULL, {the_signal_is_found, 0}, {two_signals_in_one_object_are_refused, 0},
	   {integers_may_be_texts_or_numbers, 0}, {doubles_have_names_for_what_json_cannot_say, 0},
	   {members_of_a_oneof_count_even_with_their_default, 0}, {texts_have_their_escapes_undone, 0},
	   {unknown_fields_and_nulls_are_passed_over, 0}, {what_is_wrong_is_named, 0},
	   {values_nested_without_end_are_refused, 0}, {a_bound_is_kept, 0}, {answers_become_protobuf, 0})
