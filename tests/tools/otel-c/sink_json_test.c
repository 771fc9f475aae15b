/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_json_test.c - OTLP JSON: back to where it came from, and what is wrong with it.
 */
#include "sink_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/text/check.h"
#include "otlp/text/json.h"
#include "sample.h"
#include "support/suite.h"

static struct otlp_fault fault;

static enum otlp_verdict read_text(const char *text, struct otlp_request **out)
{
	struct buf bytes;
	enum otlp_verdict verdict;

	buf_init(&bytes, 1 << 20);
	verdict = sink_json_read(text, strlen(text), &bytes, &fault);
	*out = NULL;
	if (verdict == OTLP_GOOD)
		ck_assert_msg(otlp_request_decode(bytes.data, bytes.len, out, &fault) == OTLP_GOOD, "%s", fault.text);
	buf_fini(&bytes);
	return verdict;
}

#define VALUE(json) "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":" json "}]}}]}"

/* The AnyValue that comes of it. */
static Otlp__AnyValue *value_of(const char *text, struct otlp_request **request)
{
	ck_assert_msg(read_text(text, request) == OTLP_GOOD, "%s: %s", text, fault.text);
	return (*request)->message->resource_spans[0]->resource->attributes[0]->value;
}

START_TEST(what_the_writer_wrote_comes_back_as_it_was)
{
	struct otlp_request *request, *again;
	struct buf spans;
	char *text, *text_again;

	buf_init(&spans, 65536);
	sample_order(&spans);
	request = sample_decode(&spans);
	text = otlp_json_write(request->message);
	ck_assert_msg(read_text(text, &again) == OTLP_GOOD, "%s", fault.text);
	ck_assert_uint_eq(again->spans, 4);
	ck_assert_int_eq(otlp_request_check(again, &fault), OTLP_GOOD);
	ck_assert_uint_eq(again->bytes, request->bytes);
	text_again = otlp_json_write(again->message);
	ck_assert_str_eq(text, text_again);
	free(text);
	free(text_again);
	otlp_request_unref(request);
	otlp_request_unref(again);
}
END_TEST

START_TEST(an_empty_object_is_an_empty_request)
{
	struct otlp_request *request;

	ck_assert_int_eq(read_text("{}", &request), OTLP_GOOD);
	ck_assert_uint_eq(request->spans, 0);
	otlp_request_unref(request);
}
END_TEST

START_TEST(integers_may_be_texts_or_numbers)
{
	static const char *const texts[] = {VALUE("{\"intValue\":-5}"), VALUE("{\"intValue\":\"-5\"}")};
	struct otlp_request *request;

	for (size_t i = 0; i < 2; i++) {
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
}
END_TEST

START_TEST(bytes_are_base64)
{
	static const struct {
		const char *text;
		const char *bytes;
	} rows[] = {{VALUE("{\"bytesValue\":\"\"}"), ""},
		    {VALUE("{\"bytesValue\":\"YQ==\"}"), "a"},
		    {VALUE("{\"bytesValue\":\"YWI=\"}"), "ab"},
		    {VALUE("{\"bytesValue\":\"YWJj\"}"), "abc"}};
	struct otlp_request *request;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert(otlp_text_is(value_of(rows[i].text, &request)->bytes_value, rows[i].bytes));
		otlp_request_unref(request);
	}
}
END_TEST

START_TEST(unknown_fields_and_nulls_are_passed_over)
{
	struct otlp_request *request;

	ck_assert_int_eq(read_text("{\"new\":[1,{\"a\":2}],\"resource_spans\":7,\"resourceSpans\":null}", &request),
			 OTLP_GOOD);
	ck_assert_uint_eq(request->bytes, 0);
	otlp_request_unref(request);
}
END_TEST

START_TEST(what_is_wrong_is_named)
{
	static const struct {
		const char *text;
		const char *words;
	} rows[] = {
		{"", "not JSON: "},
		{"{", "not JSON: "},
		{"{} {}", "not JSON: "},
		{"{\"a\":1,\"a\":2}", "duplicate object key"},
		{"[]", "JSON, but not an object"},
		{"{\"resourceSpans\":{}}", "\"resourceSpans\" is not an array"},
		{"{\"resourceSpans\":[7]}", "\"resourceSpans\" is not an object"},
		{"{\"resourceSpans\":[null]}", "\"resourceSpans\" is not an object"},
		{VALUE("{\"intValue\":1.5}"), "\"intValue\" is not an integer of 64 bits"},
		{VALUE("{\"intValue\":\"9223372036854775808\"}"), "\"intValue\" is not an integer"},
		{VALUE("{\"intValue\":\"\"}"), "\"intValue\" is not an integer"},
		{VALUE("{\"doubleValue\":\"much\"}"), "\"doubleValue\" is not a number"},
		{VALUE("{\"boolValue\":1}"), "\"boolValue\" is neither true nor false"},
		{VALUE("{\"stringValue\":1}"), "\"stringValue\" is not a text"},
		{VALUE("{\"bytesValue\":\"YQ\"}"), "\"bytesValue\" is not base64"},
		{VALUE("{\"bytesValue\":\"=aaa\"}"), "\"bytesValue\" is not base64"},
		{VALUE("{\"intValue\":1,\"stringValue\":\"a\"}"), "of which only one can be"},
		{"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xy\"}]}]}]}",
		 "\"traceId\" is not hex"},
		{"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"abc\"}]}]}]}",
		 "\"traceId\" is not hex"},
		{"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"SPAN_KIND_SERVER\"}]}]}]}",
		 "\"kind\" is not the number of an enum"},
		{"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"flags\":-1}]}]}]}",
		 "\"flags\" is not an integer of 32 bits without a sign"},
	};
	struct otlp_request *request;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(read_text(rows[i].text, &request) == OTLP_MALFORMED, "%s was taken", rows[i].text);
		ck_assert_msg(strstr(fault.text, rows[i].words), "%s: %s", rows[i].text, fault.text);
	}
}
END_TEST

START_TEST(values_nested_without_end_are_refused)
{
	struct otlp_request *request;
	struct buf text;

	buf_init(&text, 1 << 20);
	buf_append_str(&text, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"value\":");
	for (int i = 0; i < 400; i++)
		buf_append_str(&text, "{\"arrayValue\":{\"values\":[");
	for (int i = 0; i < 400; i++)
		buf_append_str(&text, "]}}");
	buf_append_str(&text, "}]}}]}");
	ck_assert_int_eq(read_text(buf_str(&text), &request), OTLP_MALFORMED);
	ck_assert_ptr_nonnull(strstr(fault.text, "lies deeper than 100 levels"));
	buf_fini(&text);
}
END_TEST

START_TEST(a_bound_is_kept)
{
	struct buf small;

	buf_init(&small, 8);
	ck_assert_int_eq(
		sink_json_read(VALUE("{\"intValue\":5}"), sizeof VALUE("{\"intValue\":5}") - 1, &small, &fault),
		OTLP_NO_MEMORY);
	buf_fini(&small);
}
END_TEST

SUITE_MAIN("sink_json", NULL, {what_the_writer_wrote_comes_back_as_it_was, 0}, {an_empty_object_is_an_empty_request, 0},
	   {integers_may_be_texts_or_numbers, 0}, {doubles_have_names_for_what_json_cannot_say, 0},
	   {bytes_are_base64, 0}, {unknown_fields_and_nulls_are_passed_over, 0}, {what_is_wrong_is_named, 0},
	   {values_nested_without_end_are_refused, 0}, {a_bound_is_kept, 0})
