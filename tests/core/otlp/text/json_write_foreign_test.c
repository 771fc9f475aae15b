/* SPDX-License-Identifier: Apache-2.0
 *
 * json_write_foreign_test.c - OTLP's JSON of what other writers of protobuf may send, and of what is no request.
 */
#include "otlp/text/json.h"

#include <stdlib.h>

#include "sample.h"
#include "support/suite.h"

static void assert_json(const char *want, const struct buf *request)
{
	struct buf text;

	buf_init(&text, 1 << 20);
	ck_assert(otlp_json_request(&text, OTEL_SIGNAL_TRACES, request->data, request->len));
	ck_assert_str_eq(buf_str(&text), want);
	buf_fini(&text);
}

START_TEST(elements_of_a_list_find_together_whatever_lies_between)
{
	struct buf resource, request;

	buf_init(&resource, 100);
	buf_init(&request, 100);
	sample_bytes(&resource, 2, "", 0);
	sample_text(&resource, 3, "one");
	sample_varint(&resource, 99, 1);
	sample_bytes(&resource, 2, "", 0);
	sample_text(&resource, 3, "two");
	sample_message(&request, 1, &resource);
	assert_json("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[]},{\"spans\":[]}],\"schemaUrl\":\"two\"}]}",
		    &request);
	buf_fini(&request);
}
END_TEST

START_TEST(a_field_of_another_type_is_passed_over)
{
	struct buf resource, request;

	buf_init(&resource, 100);
	buf_init(&request, 100);
	sample_varint(&resource, 3, 7); /* a text */
	sample_varint(&resource, 2, 7); /* a list of messages */
	sample_bytes(&resource, 2, "", 0);
	sample_varint(&resource, 2, 7);
	sample_bytes(&resource, 2, "", 0);
	sample_varint(&request, 1, 1);
	sample_message(&request, 1, &resource);
	assert_json("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[]},{\"spans\":[]}]}]}", &request);
	buf_fini(&request);
}
END_TEST

START_TEST(of_a_oneof_the_last_counts)
{
	struct buf value, attributes, resource, request;

	buf_init(&value, 100);
	buf_init(&attributes, 100);
	buf_init(&resource, 100);
	buf_init(&request, 100);
	sample_varint(&value, 3, 1);
	sample_text(&value, 1, "a");
	sample_varint(&value, 3, 0);
	sample_attribute(&attributes, 1, "k", &value);
	sample_message(&resource, 1, &attributes);
	sample_message(&request, 1, &resource);
	assert_json(
		"{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":{\"intValue\":\"0\"}}]},"
		"\"scopeSpans\":[]}]}",
		&request);
	buf_fini(&request);
}
END_TEST

START_TEST(what_is_no_request_leaves_nothing_behind)
{
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {{"\x0a\x05", 2}, {"\x0a", 1}, {"\x0b", 1}, {"\x0a\x02\x0a\x09", 4}};
	struct buf text;

	buf_init(&text, 1000);
	buf_append_str(&text, "before");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(
			!otlp_json_request(&text, OTEL_SIGNAL_TRACES, (const uint8_t *)rows[i].bytes, rows[i].len),
			"row %zu was taken", i);
		ck_assert_str_eq(buf_str(&text), "before");
	}
	buf_fini(&text);
}
END_TEST

/* An attribute whose value is that many lists deep. */
static void nest(struct buf *request, unsigned lists)
{
	struct buf inner, outer, attribute, resource, envelope;

	buf_init(&inner, 1 << 16);
	for (unsigned i = 0; i < lists; i++) {
		for (unsigned field = 1; field <= 5; field += 4) { /* an ArrayValue's, then an AnyValue's */
			buf_init(&outer, 1 << 16);
			sample_message(&outer, field, &inner);
			inner = outer;
		}
	}
	buf_init(&attribute, 1 << 16);
	buf_init(&resource, 1 << 16);
	buf_init(&envelope, 1 << 16);
	sample_message(&attribute, 2, &inner);
	sample_message(&resource, 1, &attribute);
	sample_message(&envelope, 1, &resource);
	buf_init(request, 1 << 16);
	sample_message(request, 1, &envelope);
}

START_TEST(values_nested_without_end_are_refused)
{
	struct buf request, text;

	buf_init(&text, 1 << 16);
	nest(&request, 48);
	ck_assert(otlp_json_request(&text, OTEL_SIGNAL_TRACES, request.data, request.len));
	buf_fini(&request);
	nest(&request, 49);
	ck_assert(!otlp_json_request(&text, OTEL_SIGNAL_TRACES, request.data, request.len));
	buf_fini(&request);
	buf_fini(&text);
}
END_TEST

START_TEST(a_bound_is_kept)
{
	struct buf spans, request, small;

	buf_init(&spans, 65536);
	buf_init(&request, 65536);
	buf_init(&small, 100);
	sample_order(&spans);
	sample_request(&request, &spans);
	ck_assert(!otlp_json_request(&small, OTEL_SIGNAL_TRACES, request.data, request.len));
	ck_assert(small.failed);
	ck_assert_uint_eq(small.len, 0);
	buf_fini(&small);
	buf_fini(&request);
}
END_TEST

SUITE_MAIN("json_write_foreign", NULL, {elements_of_a_list_find_together_whatever_lies_between, 0},
	   {a_field_of_another_type_is_passed_over, 0}, {of_a_oneof_the_last_counts, 0},
	   {what_is_no_request_leaves_nothing_behind, 0}, {values_nested_without_end_are_refused, 0},
	   {a_bound_is_kept, 0})
