/* SPDX-License-Identifier: Apache-2.0
 *
 * json_test.c - OTLP's JSON, read back with jansson.
 */
#include "otlp/text/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "sample.h"
#include "support/suite.h"

static json_t *document;

/* The JSON of these spans, which it ends. */
static json_t *write_json(struct buf *spans)
{
	struct otlp_request *request = sample_decode(spans);
	char *text = otlp_json_write(request->message);

	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_null(strchr(text, '\n'));
	json_decref(document);
	document = json_loads(text, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	ck_assert_ptr_nonnull(document);
	free(text);
	otlp_request_unref(request);
	return document;
}

static json_t *first_of(json_t *object, const char *list)
{
	return json_array_get(json_object_get(object, list), 0);
}

static json_t *span_at(json_t *root, size_t index)
{
	json_t *scope = first_of(first_of(root, "resourceSpans"), "scopeSpans");

	return json_array_get(json_object_get(scope, "spans"), index);
}

static void assert_text(json_t *object, const char *key, const char *want)
{
	ck_assert_msg(json_is_string(json_object_get(object, key)), "%s is no string", key);
	ck_assert_str_eq(json_string_value(json_object_get(object, key)), want);
}

static void assert_number(json_t *object, const char *key, json_int_t want)
{
	ck_assert_msg(json_is_integer(json_object_get(object, key)), "%s is no number", key);
	ck_assert_int_eq(json_integer_value(json_object_get(object, key)), want);
}

/* The value of the attribute at index. */
static json_t *value_at(json_t *object, size_t index)
{
	return json_object_get(json_array_get(json_object_get(object, "attributes"), index), "value");
}

START_TEST(ids_are_hex_enums_numbers_and_times_texts)
{
	struct buf spans;
	json_t *span;

	buf_init(&spans, 65536);
	sample_order(&spans);
	span = span_at(write_json(&spans), 1);
	assert_text(span, "traceId", "67400a1b5759eac8f2f1d4c3b2a19080");
	assert_text(span, "spanId", "0000000000000003");
	assert_text(span, "parentSpanId", "0000000000000001");
	assert_text(span, "startTimeUnixNano", "1700000000002000000");
	assert_text(span, "endTimeUnixNano", "1700000000005000000");
	assert_number(span, "kind", 3);
	assert_text(first_of(span, "events"), "name", "stock_counted");
	assert_text(first_of(span, "links"), "spanId", "2222222222222222");
	assert_number(json_object_get(span_at(document, 2), "status"), "code", 2);
	assert_text(json_object_get(span_at(document, 2), "status"), "message", "no customer id");
}
END_TEST

START_TEST(every_type_of_value_has_its_key)
{
	struct buf spans;
	json_t *span;

	buf_init(&spans, 65536);
	sample_order(&spans);
	span = span_at(write_json(&spans), 0);
	assert_text(value_at(span, 0), "intValue", "1001");
	assert_text(value_at(span, 1), "stringValue", "no sugar\nplease");
	ck_assert(json_is_true(json_object_get(value_at(span, 2), "boolValue")));
	ck_assert_double_eq(json_real_value(json_object_get(value_at(span, 3), "doubleValue")), 12.5);
	assert_text(value_at(span, 4), "bytesValue", "AP8=");
	assert_text(first_of(json_object_get(value_at(span, 5), "arrayValue"), "values"), "stringValue", "tea");
}
END_TEST

START_TEST(defaults_are_left_out_except_inside_a_value)
{
	struct buf spans, more, value;
	json_t *span;

	buf_init(&spans, 4096);
	buf_init(&more, 1024);
	buf_init(&value, 64);
	sample_varint(&value, 2, 0);
	sample_attribute(&more, 9, "no", &value);
	sample_int_attribute(&more, 9, "zero", 0);
	sample_text_attribute(&more, 9, "empty", "");
	sample_span(&spans, &(struct sample_span){.id = 1, .end = 1, .more = &more});
	span = span_at(write_json(&spans), 0);
	ck_assert_ptr_null(json_object_get(span, "name"));
	ck_assert_ptr_null(json_object_get(span, "parentSpanId"));
	ck_assert_ptr_null(json_object_get(span, "events"));
	ck_assert_ptr_null(json_object_get(span, "status"));
	ck_assert_ptr_null(json_object_get(span, "flags"));
	ck_assert_ptr_null(json_object_get(span, "droppedAttributesCount"));
	ck_assert(json_is_false(json_object_get(value_at(span, 0), "boolValue")));
	assert_text(value_at(span, 1), "intValue", "0");
	assert_text(value_at(span, 2), "stringValue", "");
}
END_TEST

START_TEST(numbers_at_the_edges_survive)
{
	static const double doubles[] = {0.1, 1e300, 5e-324};
	struct buf spans, more, value;
	json_t *span;

	buf_init(&spans, 4096);
	buf_init(&more, 1024);
	buf_init(&value, 64);
	sample_int_attribute(&more, 9, "min", INT64_MIN);
	for (size_t i = 0; i < 3; i++) {
		sample_double(&value, 4, doubles[i]);
		sample_attribute(&more, 9, "d", &value);
	}
	sample_double(&value, 4, (double)NAN);
	sample_attribute(&more, 9, "nan", &value);
	sample_double(&value, 4, -(double)INFINITY);
	sample_attribute(&more, 9, "inf", &value);
	sample_fixed32(&more, 16, 0xffffffff);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
	span = span_at(write_json(&spans), 0);
	assert_text(value_at(span, 0), "intValue", "-9223372036854775808");
	for (size_t i = 0; i < 3; i++)
		ck_assert(json_real_value(json_object_get(value_at(span, 1 + i), "doubleValue")) == doubles[i]);
	assert_text(value_at(span, 4), "doubleValue", "NaN");
	assert_text(value_at(span, 5), "doubleValue", "-Infinity");
	assert_number(span, "flags", 4294967295);
}
END_TEST

START_TEST(base64_pads_every_length)
{
	static const char *const want[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
	struct buf spans, more, value;

	for (size_t len = 0; len <= 6; len++) {
		buf_init(&spans, 4096);
		buf_init(&more, 256);
		buf_init(&value, 64);
		sample_bytes(&value, 7, "foobar", len);
		sample_attribute(&more, 9, "b", &value);
		sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
		assert_text(value_at(span_at(write_json(&spans), 0), 0), "bytesValue", want[len]);
	}
}
END_TEST

START_TEST(a_zero_byte_in_a_text_survives)
{
	struct buf spans, more;
	json_t *state;

	buf_init(&spans, 4096);
	buf_init(&more, 64);
	sample_bytes(&more, 3, "a\0b", 3);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "x", .end = 1, .more = &more});
	state = json_object_get(span_at(write_json(&spans), 0), "traceState");
	ck_assert_uint_eq(json_string_length(state), 3);
	ck_assert_mem_eq(json_string_value(state), "a\0b", 3);
}
END_TEST

START_TEST(a_text_that_is_no_utf8_gives_no_line)
{
	struct buf spans;
	struct otlp_request *request;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "\xff", .end = 1});
	request = sample_decode(&spans);
	ck_assert_ptr_null(otlp_json_write(request->message));
	otlp_request_unref(request);
}
END_TEST

START_TEST(an_empty_request_has_an_empty_list)
{
	struct otlp_request *request;
	struct otlp_fault fault;
	char *text;

	ck_assert_int_eq(otlp_request_decode(NULL, 0, &request, &fault), OTLP_GOOD);
	text = otlp_json_write(request->message);
	ck_assert_str_eq(text, "{\"resourceSpans\":[]}");
	free(text);
	otlp_request_unref(request);
	json_decref(document);
	document = NULL;
}
END_TEST

SUITE_MAIN("json", NULL, {ids_are_hex_enums_numbers_and_times_texts, 0}, {every_type_of_value_has_its_key, 0},
	   {defaults_are_left_out_except_inside_a_value, 0}, {numbers_at_the_edges_survive, 0},
	   {base64_pads_every_length, 0}, {a_zero_byte_in_a_text_survives, 0},
	   {a_text_that_is_no_utf8_gives_no_line, 0}, {an_empty_request_has_an_empty_list, 0})
