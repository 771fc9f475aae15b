/* SPDX-License-Identifier: Apache-2.0
 *
 * json_read_test.c - OTLP JSON back to where it came from, and what is wrong with it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/proto/logs_service.pb-c.h"
#include "otlp/proto/metrics_service.pb-c.h"
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

/* ---- there and back ---- */

static void assert_round_trip(otel_signal signal, const struct buf *request)
{
	struct buf text, again;
	uint32_t signals = ALL;

	buf_init(&text, 1 << 20);
	buf_init(&again, 1 << 20);
	ck_assert(otlp_json_request(&text, signal, request->data, request->len));
	ck_assert_msg(otlp_json_read(&again, &signals, (const char *)text.data, text.len, &fault) == OTLP_GOOD, "%s",
		      fault.text);
	ck_assert_uint_eq(signals, signal);
	ck_assert_uint_eq(again.len, request->len);
	ck_assert_mem_eq(again.data, request->data, request->len);
	buf_fini(&text);
	buf_fini(&again);
}

/* As protobuf-c writes it: by number, defaults left out, numbers packed. */
static void assert_packed_round_trip(otel_signal signal, const ProtobufCMessage *message)
{
	struct buf request;

	buf_init(&request, 1 << 20);
	ck_assert(buf_reserve(&request, protobuf_c_message_get_packed_size(message)));
	request.len = protobuf_c_message_pack(message, request.data);
	assert_round_trip(signal, &request);
	buf_fini(&request);
}

START_TEST(spans_come_back_to_the_byte)
{
	struct otlp_request *request;
	struct buf spans;

	buf_init(&spans, 65536);
	sample_order(&spans);
	request = sample_decode(&spans);
	assert_packed_round_trip(OTEL_SIGNAL_TRACES, &request->message->base);
	otlp_request_unref(request);
}
END_TEST

START_TEST(metrics_of_every_kind_come_back_to_the_byte)
{
	Otlp__Exemplar exemplar = OTLP__EXEMPLAR__INIT;
	Otlp__Exemplar *exemplars[] = {&exemplar};
	Otlp__NumberDataPoint number = OTLP__NUMBER_DATA_POINT__INIT;
	Otlp__NumberDataPoint *numbers[] = {&number};
	Otlp__HistogramDataPoint histogram = OTLP__HISTOGRAM_DATA_POINT__INIT;
	Otlp__HistogramDataPoint *histograms[] = {&histogram};
	Otlp__ExponentialHistogramDataPoint exponential = OTLP__EXPONENTIAL_HISTOGRAM_DATA_POINT__INIT;
	Otlp__ExponentialHistogramDataPoint *exponentials[] = {&exponential};
	Otlp__ExponentialHistogramDataPoint__Buckets buckets = OTLP__EXPONENTIAL_HISTOGRAM_DATA_POINT__BUCKETS__INIT;
	Otlp__SummaryDataPoint__ValueAtQuantile quantile = OTLP__SUMMARY_DATA_POINT__VALUE_AT_QUANTILE__INIT;
	Otlp__SummaryDataPoint__ValueAtQuantile *quantiles[] = {&quantile};
	Otlp__SummaryDataPoint summary = OTLP__SUMMARY_DATA_POINT__INIT;
	Otlp__SummaryDataPoint *summaries[] = {&summary};
	Otlp__Gauge gauge = OTLP__GAUGE__INIT;
	Otlp__Sum sum = OTLP__SUM__INIT;
	Otlp__Histogram histogram_data = OTLP__HISTOGRAM__INIT;
	Otlp__ExponentialHistogram exponential_data = OTLP__EXPONENTIAL_HISTOGRAM__INIT;
	Otlp__Summary summary_data = OTLP__SUMMARY__INIT;
	Otlp__Metric rows[5] = {OTLP__METRIC__INIT, OTLP__METRIC__INIT, OTLP__METRIC__INIT, OTLP__METRIC__INIT,
				OTLP__METRIC__INIT};
	Otlp__Metric *metrics[] = {&rows[0], &rows[1], &rows[2], &rows[3], &rows[4]};
	Otlp__ScopeMetrics scope = OTLP__SCOPE_METRICS__INIT;
	Otlp__ScopeMetrics *scopes[] = {&scope};
	Otlp__ResourceMetrics resource = OTLP__RESOURCE_METRICS__INIT;
	Otlp__ResourceMetrics *resources[] = {&resource};
	Otlp__ExportMetricsServiceRequest request = OTLP__EXPORT_METRICS_SERVICE_REQUEST__INIT;
	uint64_t counts[] = {0, 1, UINT64_MAX};
	double bounds[] = {-0.0, 0.1, (double)INFINITY};

	exemplar.value_case = OTLP__EXEMPLAR__VALUE_AS_INT;
	exemplar.as_int = INT64_MIN;
	exemplar.trace_id = (ProtobufCBinaryData){16, (uint8_t *)(uintptr_t)SAMPLE_TRACE_ID};
	number.time_unix_nano = UINT64_MAX;
	number.value_case = OTLP__NUMBER_DATA_POINT__VALUE_AS_DOUBLE;
	number.exemplars = exemplars;
	number.n_exemplars = 1;
	number.flags = 1;
	histogram.count = 3;
	histogram.sum__case = OTLP__HISTOGRAM_DATA_POINT__SUM__SUM;
	histogram.max__case = OTLP__HISTOGRAM_DATA_POINT__MAX__MAX;
	histogram.max = -1.5;
	histogram.bucket_counts = counts;
	histogram.n_bucket_counts = 3;
	histogram.explicit_bounds = bounds;
	histogram.n_explicit_bounds = 3;
	buckets.offset = INT32_MIN;
	buckets.bucket_counts = counts;
	buckets.n_bucket_counts = 3;
	exponential.scale = INT32_MAX;
	exponential.positive = exponential.negative = &buckets;
	exponential.zero_threshold = 5e-324;
	quantile.quantile = 0.99;
	quantile.value = 1e300;
	summary.sum = 2;
	summary.quantile_values = quantiles;
	summary.n_quantile_values = 1;
	gauge.data_points = sum.data_points = numbers;
	gauge.n_data_points = sum.n_data_points = 1;
	sum.is_monotonic = true;
	sum.aggregation_temporality = OTLP__AGGREGATION_TEMPORALITY__AGGREGATION_TEMPORALITY_DELTA;
	histogram_data.data_points = histograms;
	histogram_data.n_data_points = 1;
	exponential_data.data_points = exponentials;
	exponential_data.n_data_points = 1;
	summary_data.data_points = summaries;
	summary_data.n_data_points = 1;
	rows[0].name = otlp_text_of("g\303\244uge");
	rows[0].data_case = OTLP__METRIC__DATA_GAUGE;
	rows[0].gauge = &gauge;
	rows[1].unit = otlp_text_of("By");
	rows[1].data_case = OTLP__METRIC__DATA_SUM;
	rows[1].sum = &sum;
	rows[2].data_case = OTLP__METRIC__DATA_HISTOGRAM;
	rows[2].histogram = &histogram_data;
	rows[3].data_case = OTLP__METRIC__DATA_EXPONENTIAL_HISTOGRAM;
	rows[3].exponential_histogram = &exponential_data;
	rows[4].data_case = OTLP__METRIC__DATA_SUMMARY;
	rows[4].summary = &summary_data;
	scope.metrics = metrics;
	scope.n_metrics = 5;
	resource.scope_metrics = scopes;
	resource.n_scope_metrics = 1;
	request.resource_metrics = resources;
	request.n_resource_metrics = 1;
	assert_packed_round_trip(OTEL_SIGNAL_METRICS, &request.base);
}
END_TEST

START_TEST(log_records_come_back_to_the_byte)
{
	Otlp__AnyValue body = OTLP__ANY_VALUE__INIT;
	Otlp__LogRecord full = OTLP__LOG_RECORD__INIT, empty = OTLP__LOG_RECORD__INIT;
	Otlp__LogRecord *records[] = {&full, &empty};
	Otlp__ScopeLogs scope = OTLP__SCOPE_LOGS__INIT;
	Otlp__ScopeLogs *scopes[] = {&scope};
	Otlp__ResourceLogs resource = OTLP__RESOURCE_LOGS__INIT;
	Otlp__ResourceLogs *resources[] = {&resource};
	Otlp__ExportLogsServiceRequest request = OTLP__EXPORT_LOGS_SERVICE_REQUEST__INIT;

	body.value_case = OTLP__ANY_VALUE__VALUE_BYTES_VALUE;
	body.bytes_value = otlp_text_of("\xff\x01\x80");
	full.body = &body;
	full.severity_number = OTLP__SEVERITY_NUMBER__SEVERITY_NUMBER_WARN;
	full.severity_text = otlp_text_of("\"quoted\"\n");
	full.flags = UINT32_MAX;
	full.event_name = otlp_text_of("e");
	scope.log_records = records;
	scope.n_log_records = 2;
	resource.scope_logs = scopes;
	resource.n_scope_logs = 1;
	request.resource_logs = resources;
	request.n_resource_logs = 1;
	assert_packed_round_trip(OTEL_SIGNAL_LOGS, &request.base);
}
END_TEST

START_TEST(messages_longer_than_127_and_16383_bytes_get_longer_lengths)
{
	struct buf spans, name, request;

	for (unsigned len = 100; len < 20000; len += 27) {
		buf_init(&spans, 65536);
		buf_init(&name, 65536);
		buf_init(&request, 65536);
		for (unsigned i = 0; i < len; i++)
			buf_append_char(&name, 'x');
		sample_span(&spans, &(struct sample_span){.id = 1, .name = buf_str(&name), .end = 1});
		sample_request(&request, &spans);
		assert_round_trip(OTEL_SIGNAL_TRACES, &request);
		buf_fini(&name);
		buf_fini(&request);
	}
}
END_TEST

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

START_TEST(what_is_wrong_is_named)
{
	static const struct {
		const char *text;
		const char *words;
	} rows[] = {
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
	struct otlp_request *request;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(read_text(rows[i].text, &request) == OTLP_MALFORMED, "%s was taken", rows[i].text);
		ck_assert_msg(strstr(fault.text, rows[i].words), "%s: %s", rows[i].text, fault.text);
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

SUITE_MAIN("json_read", NULL, {spans_come_back_to_the_byte, 0}, {metrics_of_every_kind_come_back_to_the_byte, 0},
	   {log_records_come_back_to_the_byte, 0}, {messages_longer_than_127_and_16383_bytes_get_longer_lengths, 0},
	   {the_signal_is_found, 0}, {two_signals_in_one_object_are_refused, 0}, {integers_may_be_texts_or_numbers, 0},
	   {doubles_have_names_for_what_json_cannot_say, 0}, {members_of_a_oneof_count_even_with_their_default, 0},
	   {texts_have_their_escapes_undone, 0}, {unknown_fields_and_nulls_are_passed_over, 0},
	   {what_is_wrong_is_named, 0}, {values_nested_without_end_are_refused, 0}, {a_bound_is_kept, 0},
	   {answers_become_protobuf, 0})
