/* SPDX-License-Identifier: Apache-2.0
 *
 * json_round_trip_test.c - requests to OTLP JSON and back, to the byte.
 */
#include <math.h>
#include <string.h>

#include "otlp/proto/logs_service.pb-c.h"
#include "otlp/proto/metrics_service.pb-c.h"
#include "otlp/text/check.h"
#include "otlp/text/json.h"
#include "sample.h"
#include "support/suite.h"

static struct otlp_fault fault;

static void assert_round_trip(otel_signal signal, const struct buf *request)
{
	struct buf text, again;
	uint32_t signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS;

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

/* ---- metrics: one of each kind; the messages are static, for a request points to all of them ---- */

static uint64_t counts[] = {0, 1, UINT64_MAX};
static Otlp__Metric metrics[5];

static Otlp__Metric *metric(size_t i, Otlp__Metric__DataCase kind)
{
	metrics[i] = (Otlp__Metric)OTLP__METRIC__INIT;
	metrics[i].data_case = kind;
	return &metrics[i];
}

/* A gauge and a sum of the same point. */
static void make_numbers(void)
{
	static Otlp__Exemplar exemplar = OTLP__EXEMPLAR__INIT;
	static Otlp__Exemplar *exemplars[] = {&exemplar};
	static Otlp__NumberDataPoint point = OTLP__NUMBER_DATA_POINT__INIT;
	static Otlp__NumberDataPoint *points[] = {&point};
	static Otlp__Gauge gauge = OTLP__GAUGE__INIT;
	static Otlp__Sum sum = OTLP__SUM__INIT;

	exemplar.value_case = OTLP__EXEMPLAR__VALUE_AS_INT;
	exemplar.as_int = INT64_MIN;
	exemplar.trace_id = (ProtobufCBinaryData){16, (uint8_t *)(uintptr_t)SAMPLE_TRACE_ID};
	point.time_unix_nano = UINT64_MAX;
	point.value_case = OTLP__NUMBER_DATA_POINT__VALUE_AS_DOUBLE;
	point.exemplars = exemplars;
	point.n_exemplars = 1;
	point.flags = 1;
	gauge.data_points = sum.data_points = points;
	gauge.n_data_points = sum.n_data_points = 1;
	sum.is_monotonic = true;
	sum.aggregation_temporality = OTLP__AGGREGATION_TEMPORALITY__AGGREGATION_TEMPORALITY_DELTA;
	metric(0, OTLP__METRIC__DATA_GAUGE)->gauge = &gauge;
	metrics[0].name = otlp_text_of("g\303\244uge");
	metric(1, OTLP__METRIC__DATA_SUM)->sum = &sum;
	metrics[1].unit = otlp_text_of("By");
}

static void make_histogram(void)
{
	static double bounds[] = {-0.0, 0.1, (double)INFINITY};
	static Otlp__HistogramDataPoint point = OTLP__HISTOGRAM_DATA_POINT__INIT;
	static Otlp__HistogramDataPoint *points[] = {&point};
	static Otlp__Histogram histogram = OTLP__HISTOGRAM__INIT;

	point.count = 3;
	point.sum__case = OTLP__HISTOGRAM_DATA_POINT__SUM__SUM;
	point.max__case = OTLP__HISTOGRAM_DATA_POINT__MAX__MAX;
	point.max = -1.5;
	point.bucket_counts = counts;
	point.n_bucket_counts = 3;
	point.explicit_bounds = bounds;
	point.n_explicit_bounds = 3;
	histogram.data_points = points;
	histogram.n_data_points = 1;
	metric(2, OTLP__METRIC__DATA_HISTOGRAM)->histogram = &histogram;
}

static void make_exponential_histogram(void)
{
	static Otlp__ExponentialHistogramDataPoint__Buckets buckets =
		OTLP__EXPONENTIAL_HISTOGRAM_DATA_POINT__BUCKETS__INIT;
	static Otlp__ExponentialHistogramDataPoint point = OTLP__EXPONENTIAL_HISTOGRAM_DATA_POINT__INIT;
	static Otlp__ExponentialHistogramDataPoint *points[] = {&point};
	static Otlp__ExponentialHistogram histogram = OTLP__EXPONENTIAL_HISTOGRAM__INIT;

	buckets.offset = INT32_MIN;
	buckets.bucket_counts = counts;
	buckets.n_bucket_counts = 3;
	point.scale = INT32_MAX;
	point.positive = point.negative = &buckets;
	point.zero_threshold = 5e-324;
	histogram.data_points = points;
	histogram.n_data_points = 1;
	metric(3, OTLP__METRIC__DATA_EXPONENTIAL_HISTOGRAM)->exponential_histogram = &histogram;
}

static void make_summary(void)
{
	static Otlp__SummaryDataPoint__ValueAtQuantile quantile = OTLP__SUMMARY_DATA_POINT__VALUE_AT_QUANTILE__INIT;
	static Otlp__SummaryDataPoint__ValueAtQuantile *quantiles[] = {&quantile};
	static Otlp__SummaryDataPoint point = OTLP__SUMMARY_DATA_POINT__INIT;
	static Otlp__SummaryDataPoint *points[] = {&point};
	static Otlp__Summary summary = OTLP__SUMMARY__INIT;

	quantile.quantile = 0.99;
	quantile.value = 1e300;
	point.sum = 2;
	point.quantile_values = quantiles;
	point.n_quantile_values = 1;
	summary.data_points = points;
	summary.n_data_points = 1;
	metric(4, OTLP__METRIC__DATA_SUMMARY)->summary = &summary;
}

START_TEST(metrics_of_every_kind_come_back_to_the_byte)
{
	Otlp__Metric *all[] = {&metrics[0], &metrics[1], &metrics[2], &metrics[3], &metrics[4]};
	Otlp__ScopeMetrics scope = OTLP__SCOPE_METRICS__INIT;
	Otlp__ScopeMetrics *scopes[] = {&scope};
	Otlp__ResourceMetrics resource = OTLP__RESOURCE_METRICS__INIT;
	Otlp__ResourceMetrics *resources[] = {&resource};
	Otlp__ExportMetricsServiceRequest request = OTLP__EXPORT_METRICS_SERVICE_REQUEST__INIT;

	make_numbers();
	make_histogram();
	make_exponential_histogram();
	make_summary();
	scope.metrics = all;
	scope.n_metrics = 5;
	resource.scope_metrics = scopes;
	resource.n_scope_metrics = 1;
	request.resource_metrics = resources;
	request.n_resource_metrics = 1;
	assert_packed_round_trip(OTEL_SIGNAL_METRICS, &request.base);
}
END_TEST

/* ---- logs, and lengths ---- */

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

SUITE_MAIN("json_round_trip", NULL, {spans_come_back_to_the_byte, 0}, {metrics_of_every_kind_come_back_to_the_byte, 0},
	   {log_records_come_back_to_the_byte, 0}, {messages_longer_than_127_and_16383_bytes_get_longer_lengths, 0})
