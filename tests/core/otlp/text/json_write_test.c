/* SPDX-License-Identifier: Apache-2.0
 *
 * json_write_test.c - OTLP's JSON, read back with jansson.
 */
#include "otlp/text/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "sample.h"
#include "support/suite.h"

static json_t *document;

static json_t *load(struct buf *text)
{
	json_decref(document);
	ck_assert_ptr_null(memchr(text->data, '\n', text->len));
	document = json_loadb((const char *)text->data, text->len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	ck_assert_msg(document, "%s", buf_str(text));
	buf_fini(text);
	return document;
}

static json_t *write_signal(otel_signal signal, struct buf *request)
{
	struct buf text;

	buf_init(&text, 1 << 20);
	ck_assert(otlp_json_request(&text, signal, request->data, request->len));
	buf_fini(request);
	return load(&text);
}

/* The JSON of these spans, which it ends. */
static json_t *write_json(struct buf *spans)
{
	struct buf request;

	buf_init(&request, 1 << 20);
	sample_request(&request, spans);
	return write_signal(OTEL_SIGNAL_TRACES, &request);
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

START_TEST(what_is_no_utf8_is_replaced)
{
	struct buf spans;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "\377a\303\244\342\202", .end = 1});
	assert_text(span_at(write_json(&spans), 0), "name", "\357\277\275a\303\244\357\277\275\357\277\275");
}
END_TEST

START_TEST(characters_that_json_forbids_are_escaped)
{
	struct buf spans;

	buf_init(&spans, 4096);
	sample_span(&spans, &(struct sample_span){.id = 1, .name = "\"\\\b\f\n\r\t\x01\x1f/\x7f", .end = 1});
	assert_text(span_at(write_json(&spans), 0), "name", "\"\\\b\f\n\r\t\x01\x1f/\x7f");
}
END_TEST

START_TEST(an_empty_request_has_an_empty_list)
{
	static const struct {
		otel_signal signal;
		const char *text;
	} rows[] = {{OTEL_SIGNAL_TRACES, "{\"resourceSpans\":[]}"},
		    {OTEL_SIGNAL_METRICS, "{\"resourceMetrics\":[]}"},
		    {OTEL_SIGNAL_LOGS, "{\"resourceLogs\":[]}"}};
	struct buf text;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_init(&text, 100);
		ck_assert(otlp_json_request(&text, rows[i].signal, NULL, 0));
		ck_assert_str_eq(buf_str(&text), rows[i].text);
		buf_fini(&text);
	}
}
END_TEST

/* ---- metrics and logs ---- */

/* A request with one metric that has one data point; ends `point`. */
static json_t *write_metric(unsigned kind, struct buf *point)
{
	struct buf data, metric, scope, resource, request;

	buf_init(&data, 4096);
	buf_init(&metric, 4096);
	buf_init(&scope, 4096);
	buf_init(&resource, 4096);
	buf_init(&request, 4096);
	sample_message(&data, 1, point);
	sample_varint(&data, 2, 2);
	sample_text(&metric, 1, "m");
	sample_message(&metric, kind, &data);
	sample_message(&scope, 2, &metric);
	sample_message(&resource, 2, &scope);
	sample_message(&request, 1, &resource);
	write_signal(OTEL_SIGNAL_METRICS, &request);
	return first_of(first_of(first_of(document, "resourceMetrics"), "scopeMetrics"), "metrics");
}

START_TEST(a_histogram_tells_zero_from_nothing_and_its_counts_are_texts)
{
	static const uint64_t counts[] = {1, UINT64_MAX};
	static const double bounds[] = {0.5};
	struct buf point;
	json_t *json;

	buf_init(&point, 4096);
	sample_fixed64(&point, 4, 7);
	sample_double(&point, 5, 0);
	sample_bytes(&point, 6, counts, sizeof counts);
	sample_bytes(&point, 7, bounds, sizeof bounds);
	json = write_metric(9, &point);
	assert_number(json_object_get(json, "histogram"), "aggregationTemporality", 2);
	json = first_of(json_object_get(json, "histogram"), "dataPoints");
	assert_text(json, "count", "7");
	ck_assert(json_number_value(json_object_get(json, "sum")) == 0 && json_object_get(json, "sum"));
	ck_assert_ptr_null(json_object_get(json, "min"));
	ck_assert_uint_eq(json_array_size(json_object_get(json, "bucketCounts")), 2);
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(json, "bucketCounts"), 1)),
			 "18446744073709551615");
	ck_assert(json_real_value(first_of(json, "explicitBounds")) == 0.5);
}
END_TEST

START_TEST(lists_of_numbers_may_come_in_pieces)
{
	struct buf point, buckets;
	json_t *json;

	buf_init(&point, 4096);
	buf_init(&buckets, 100);
	sample_varint(&buckets, 1, 5); /* -3 */
	sample_varint(&buckets, 2, 1);
	sample_bytes(&buckets, 2, "\x02\x80\x01", 3);
	sample_bytes(&buckets, 2, "", 0);
	sample_varint(&buckets, 2, 4);
	sample_message(&point, 8, &buckets);
	sample_varint(&point, 6, 1); /* -1 */
	json = first_of(json_object_get(write_metric(10, &point), "exponentialHistogram"), "dataPoints");
	assert_number(json, "scale", -1);
	json = json_object_get(json, "positive");
	assert_number(json, "offset", -3);
	json = json_object_get(json, "bucketCounts");
	ck_assert_uint_eq(json_array_size(json), 4);
	ck_assert_str_eq(json_string_value(json_array_get(json, 2)), "128");
	ck_assert_str_eq(json_string_value(json_array_get(json, 3)), "4");
}
END_TEST

START_TEST(a_number_is_whole_or_not_as_it_was_and_an_exemplar_has_ids_in_hex)
{
	struct buf point, exemplar;
	json_t *json;

	buf_init(&point, 4096);
	buf_init(&exemplar, 100);
	sample_fixed64(&exemplar, 6, (uint64_t)-7);
	sample_bytes(&exemplar, 5, SAMPLE_TRACE_ID, 16);
	sample_message(&point, 5, &exemplar);
	sample_double(&point, 4, 0);
	json = first_of(json_object_get(write_metric(7, &point), "sum"), "dataPoints");
	ck_assert_ptr_nonnull(json_object_get(json, "asDouble"));
	assert_text(first_of(json, "exemplars"), "asInt", "-7");
	assert_text(first_of(json, "exemplars"), "traceId", "67400a1b5759eac8f2f1d4c3b2a19080");
}
END_TEST

START_TEST(a_log_record_has_its_body)
{
	struct buf body, record, scope, resource, request;
	json_t *json;

	buf_init(&body, 100);
	buf_init(&record, 4096);
	buf_init(&scope, 4096);
	buf_init(&resource, 4096);
	buf_init(&request, 4096);
	sample_text(&body, 1, "it is cold");
	sample_varint(&record, 2, 9);
	sample_message(&record, 5, &body);
	sample_fixed64(&record, 11, SAMPLE_EPOCH_NS);
	sample_bytes(&record, 10, "\1\2\3\4\5\6\7\x08", 8);
	sample_message(&scope, 2, &record);
	sample_message(&resource, 2, &scope);
	sample_message(&request, 1, &resource);
	json = write_signal(OTEL_SIGNAL_LOGS, &request);
	json = first_of(first_of(first_of(json, "resourceLogs"), "scopeLogs"), "logRecords");
	assert_number(json, "severityNumber", 9);
	assert_text(json_object_get(json, "body"), "stringValue", "it is cold");
	assert_text(json, "observedTimeUnixNano", "1700000000000000000");
	assert_text(json, "spanId", "0102030405060708");
	json_decref(document);
	document = NULL;
}
END_TEST

SUITE_MAIN("json_write", NULL, {ids_are_hex_enums_numbers_and_times_texts, 0}, {every_type_of_value_has_its_key, 0},
	   {defaults_are_left_out_except_inside_a_value, 0}, {numbers_at_the_edges_survive, 0},
	   {base64_pads_every_length, 0}, {a_zero_byte_in_a_text_survives, 0}, {what_is_no_utf8_is_replaced, 0},
	   {characters_that_json_forbids_are_escaped, 0}, {an_empty_request_has_an_empty_list, 0},
	   {a_histogram_tells_zero_from_nothing_and_its_counts_are_texts, 0}, {lists_of_numbers_may_come_in_pieces, 0},
	   {a_number_is_whole_or_not_as_it_was_and_an_exemplar_has_ids_in_hex, 0}, {a_log_record_has_its_body, 0})
