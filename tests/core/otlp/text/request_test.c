/* SPDX-License-Identifier: Apache-2.0
 *
 * request_test.c - decoding bytes nobody vouches for.
 */
#include "otlp/text/request.h"

#include "sample.h"
#include "support/suite.h"

static enum otlp_verdict decode(struct buf *bytes, struct otlp_fault *fault)
{
	struct otlp_request *request;
	enum otlp_verdict verdict = otlp_request_decode(bytes->data, bytes->len, &request, fault);

	ck_assert(verdict == OTLP_GOOD ? request != NULL : request == NULL);
	otlp_request_unref(request);
	buf_fini(bytes);
	return verdict;
}

START_TEST(spans_are_counted_and_keep_their_fields)
{
	struct buf spans;
	struct otlp_request *request;
	const Otlp__Span *span;

	buf_init(&spans, 65536);
	sample_order(&spans);
	request = sample_decode(&spans);
	ck_assert_uint_eq(request->spans, 4);
	span = request->message->resource_spans[0]->scope_spans[0]->spans[1];
	ck_assert(otlp_text_is(span->name, "check_inventory"));
	ck_assert_int_eq(span->kind, OTLP__SPAN_KIND__SPAN_KIND_CLIENT);
	ck_assert_mem_eq(span->parent_span_id.data, "\0\0\0\0\0\0\0\x01", 8);
	ck_assert_uint_eq(span->end_time_unix_nano - span->start_time_unix_nano, 3000000);
	otlp_request_unref(request);
}
END_TEST

START_TEST(no_bytes_at_all_are_an_empty_request)
{
	struct otlp_request *request;
	struct otlp_fault fault;

	ck_assert_int_eq(otlp_request_decode(NULL, 0, &request, &fault), OTLP_GOOD);
	ck_assert_uint_eq(request->spans, 0);
	otlp_request_unref(request);
}
END_TEST

START_TEST(a_zero_byte_inside_a_text_is_kept)
{
	struct buf spans, more;
	struct otlp_request *request;
	ProtobufCBinaryData state;

	buf_init(&spans, 4096);
	buf_init(&more, 64);
	sample_bytes(&more, 3, "a\0b", 3);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
	request = sample_decode(&spans);
	state = request->message->resource_spans[0]->scope_spans[0]->spans[0]->trace_state;
	ck_assert_uint_eq(state.len, 3);
	ck_assert_mem_eq(state.data, "a\0b", 3);
	otlp_request_unref(request);
}
END_TEST

START_TEST(every_request_cut_short_inside_a_field_is_refused)
{
	struct buf spans, whole;

	buf_init(&spans, 65536);
	buf_init(&whole, 65536);
	sample_order(&spans);
	sample_request(&whole, &spans);
	for (size_t len = 1; len < whole.len; len++) {
		struct otlp_request *request;
		struct otlp_fault fault = {""};
		ck_assert_int_eq(otlp_request_decode(whole.data, len, &request, &fault), OTLP_MALFORMED);
		ck_assert_ptr_null(request);
		ck_assert(fault.text[0]);
	}
	buf_fini(&whole);
}
END_TEST

START_TEST(a_field_of_another_type_is_refused)
{
	struct otlp_fault fault;
	struct buf bytes;

	buf_init(&bytes, 64);
	sample_varint(&bytes, 1, 7);
	ck_assert_int_eq(decode(&bytes, &fault), OTLP_MALFORMED);
	ck_assert_ptr_nonnull(strstr(fault.text, "another type"));
}
END_TEST

START_TEST(unknown_fields_are_allowed)
{
	struct otlp_fault fault;
	struct buf bytes;

	buf_init(&bytes, 64);
	sample_text(&bytes, 77, "from the future");
	ck_assert_int_eq(decode(&bytes, &fault), OTLP_GOOD);
}
END_TEST

/* Each level of a list in a list is an AnyValue and an ArrayValue. */
static void nest(struct buf *value, unsigned levels)
{
	struct buf list;

	buf_init(value, 1024 * 1024);
	sample_varint(value, 2, 1);
	for (unsigned i = 0; i < levels; i++) {
		buf_init(&list, 1024 * 1024);
		sample_message(&list, 1, value);
		sample_message(value, 5, &list);
	}
}

static enum otlp_verdict decode_nested(unsigned levels, struct otlp_fault *fault)
{
	struct buf value, more, spans, bytes;

	nest(&value, levels);
	buf_init(&more, 1024 * 1024);
	buf_init(&spans, 1024 * 1024);
	buf_init(&bytes, 1024 * 1024);
	sample_attribute(&more, 9, "deep", &value);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
	sample_request(&bytes, &spans);
	return decode(&bytes, fault);
}

START_TEST(lists_may_be_nested_but_not_without_end)
{
	struct otlp_fault fault;

	ck_assert_int_eq(decode_nested(40, &fault), OTLP_GOOD);
	ck_assert_int_eq(decode_nested(10000, &fault), OTLP_MALFORMED);
	ck_assert_ptr_nonnull(strstr(fault.text, "deeper than 100"));
}
END_TEST

START_TEST(a_small_request_that_would_take_much_memory_is_refused)
{
	struct otlp_fault fault;
	struct buf bytes;

	buf_init(&bytes, 64 * 1024 * 1024);
	for (int i = 0; i < 9 * 1024 * 1024; i++)
		buf_append(&bytes, "\x0a\x00", 2);
	ck_assert_int_eq(decode(&bytes, &fault), OTLP_TOO_LARGE);
	ck_assert_ptr_nonnull(strstr(fault.text, "fields"));
}
END_TEST

SUITE_MAIN("request", NULL, {spans_are_counted_and_keep_their_fields, 0}, {no_bytes_at_all_are_an_empty_request, 0},
	   {a_zero_byte_inside_a_text_is_kept, 0}, {every_request_cut_short_inside_a_field_is_refused, 0},
	   {a_field_of_another_type_is_refused, 0}, {unknown_fields_are_allowed, 0},
	   {lists_may_be_nested_but_not_without_end, 0}, {a_small_request_that_would_take_much_memory_is_refused, 0})
