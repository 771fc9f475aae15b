/* SPDX-License-Identifier: Apache-2.0
 *
 * self_metrics_test.c - what the SDK counts about itself, as an exporter of metrics gets it; in the whole SDK, with an
 * exporter of the program's own.
 */
#include "sdk/self_metrics.h"

#include <inttypes.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <otel/semconv/schema.h>
#include <stdatomic.h>

#include "start_support.h"
#include "util/wire.h"

/* ---- the exporter ---- */

static uint8_t request[1 << 16];
static size_t request_len;
static atomic_uint requests; /* of metrics */
static otel_export_result answer; /* for spans */

static otel_export_result own_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	(void)self, (void)op;
	if (batch->signal != OTEL_SIGNAL_METRICS)
		return answer;
	ck_assert_uint_lt(batch->len, sizeof request);
	memcpy(request, batch->data, batch->len);
	request_len = batch->len;
	requests++;
	return OTEL_EXPORT_DONE;
}

static const otel_exporter exporter = {.component = {.size = sizeof exporter},
				       .signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS,
				       .export_batch = own_export};

static const otel_host *own_host;
static otel_setup *own_handle;

static otel_status own_setup(const otel_host *host, otel_setup *setup)
{
	own_host = host;
	own_handle = setup;
	return host->add(setup, OTEL_COMPONENT_EXPORTER, "own", &exporter, NULL);
}

static const otel_plugin own = {.size = sizeof own,
				.abi_major = OTEL_PLUGIN_ABI_MAJOR,
				.abi_minor = OTEL_PLUGIN_ABI_MINOR,
				.name = "own",
				.version = "1.0.0",
				.license = "Apache-2.0",
				.setup = own_setup};

/* ---- reading metrics ---- */

/* The n-th field of that number, from 0. */
static bool nth(struct wire_field message, uint32_t number, size_t n, struct wire_field *out)
{
	struct wire_reader reader = wire_read(message.data, message.len);
	bool ok;

	while (wire_next(&reader, out, &ok))
		if (out->number == number && n-- == 0)
			return true;
	ck_assert(ok);
	return false;
}

static bool text_is(struct wire_field field, const char *text)
{
	return field.len == strlen(text) && memcmp(field.data, text, field.len) == 0;
}

static bool attr_is(struct wire_field point, uint32_t attrs, const char *key, const char *text)
{
	struct wire_field attr, name, value, string;

	for (size_t i = 0; nth(point, attrs, i, &attr); i++)
		if (nth(attr, 1, 0, &name) && text_is(name, key) && nth(attr, 2, 0, &value) &&
		    nth(value, 1, 0, &string))
			return text_is(string, text);
	return false;
}

static bool has_attr(struct wire_field point, uint32_t attrs, const char *key)
{
	struct wire_field attr, name;

	for (size_t i = 0; nth(point, attrs, i, &attr); i++)
		if (nth(attr, 1, 0, &name) && text_is(name, key))
			return true;
	return false;
}

static bool find_metric(const char *name, struct wire_field *metric)
{
	const struct wire_field all = {.data = request, .len = request_len};
	struct wire_field resource, scope, text;

	ck_assert(nth(all, 1, 0, &resource) && nth(resource, 2, 0, &scope));
	for (size_t i = 0; nth(scope, 2, i, metric); i++)
		if (nth(*metric, 1, 0, &text) && text_is(text, name))
			return true;
	return false;
}

enum { SUM = 7, HISTOGRAM = 9, SUM_ATTRS = 7, HISTOGRAM_ATTRS = 9, AS_INT = 6, COUNT = 4 };

/* The point of a metric that has this attribute; key with text NULL: that does not have it. -1: there is none. */
static int64_t value_in(uint32_t kind, const char *name, const char *key, const char *text)
{
	const uint32_t attrs = kind == SUM ? SUM_ATTRS : HISTOGRAM_ATTRS;
	struct wire_field metric, data, point, value;

	if (!find_metric(name, &metric))
		return -1;
	ck_assert(nth(metric, kind, 0, &data));
	for (size_t i = 0; nth(data, 1, i, &point); i++) {
		if (text ? !attr_is(point, attrs, key, text) : has_attr(point, attrs, key))
			continue;
		ck_assert(nth(point, kind == SUM ? AS_INT : COUNT, 0, &value));
		return (int64_t)value.value;
	}
	return -1;
}

static int64_t sum(const char *name, const char *key, const char *text)
{
	return value_in(SUM, name, key, text);
}

/* ---- the tests ---- */

static void set_up(void)
{
	start_stop(5000);
	start_set_up();
	unsetenv("OTEL_TRACES_EXPORTER");
	answer = OTEL_EXPORT_DONE;
	requests = 0;
	request_len = 0;
}

static void start(const char *key, const char *value)
{
	static const otel_plugin *const plugins[] = {&own};
	const otel_setting settings[] = {
		{"traces.exporter", "own"}, {"metrics.exporter", "own"}, {"logs.exporter", "own"}, {key, value}};

	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 4, .plugins = plugins,
							 .plugin_count = 1)),
			 OTEL_OK);
}

static void spans(int count)
{
	while (count-- > 0)
		otel_span_end(otel_span_start(otel_tracer("test", NULL), "span"));
}

/* Metrics are collected before the spans of the same flush go out. */
static void flush_twice(void)
{
	otel_status ignored = otel_sdk_flush(10000);
	ignored = otel_sdk_flush(10000);
	(void)ignored;
}

START_TEST(nothing_is_exported_unless_it_is_asked_for)
{
	start("sdk.self_metrics", "false");
	spans(1);
	flush_twice();
	ck_assert_uint_eq(requests, 0);
}
END_TEST

START_TEST(spans_are_counted_on_their_whole_way)
{
	start("sdk.self_metrics", "true");
	const otel_span open = otel_span_start(otel_tracer("test", NULL), "open");
	spans(7);
	flush_twice();
	ck_assert_int_eq(sum("otel.sdk.span.started", "otel.span.sampling_result", "RECORD_AND_SAMPLE"), 8);
	ck_assert_int_eq(sum("otel.sdk.span.live", "otel.span.sampling_result", "RECORD_AND_SAMPLE"), 1);
	ck_assert_int_eq(sum("otel.sdk.span.live", "otel.span.sampling_result", "RECORD_ONLY"), 0);
	ck_assert_int_eq(sum("otel.sdk.processor.span.processed", "error.type", NULL), 7);
	ck_assert_int_eq(
		sum("otel.sdk.processor.span.queue.capacity", "otel.component.type", "batching_span_processor"), 2048);
	ck_assert_int_eq(sum("otel.sdk.processor.span.queue.size", "otel.component.name", "batching_span_processor/0"),
			 0);
	ck_assert_int_eq(sum("otel.sdk.exporter.span.exported", "otel.component.name", "own_span_exporter/0"), 7);
	ck_assert_int_eq(sum("otel.sdk.exporter.span.inflight", "otel.component.type", "own_span_exporter"), 0);
	ck_assert_int_eq(value_in(HISTOGRAM, "otel.sdk.exporter.operation.duration", "otel.component.name",
				  "own_span_exporter/0"),
			 1);
	ck_assert_int_eq(value_in(HISTOGRAM, "otel.sdk.metric_reader.collection.duration", "otel.component.type",
				  "periodic_metric_reader"),
			 1);
	otel_span_end(open);
}
END_TEST

START_TEST(the_schema_of_the_resource_is_named_beside_it)
{
	struct wire_field all = {.data = request}, resource, url;

	start("sdk.self_metrics", "true");
	flush_twice();
	all.len = request_len;
	ck_assert(nth(all, 1, 0, &resource) && nth(resource, 3, 0, &url));
	ck_assert(text_is(url, OTEL_SEMCONV_SCHEMA_URL));
}
END_TEST

START_TEST(log_records_and_data_points_are_counted_by_exporter)
{
	/* {resource_logs: {scope_logs: {log_records: {}, {}}}} */
	static const uint8_t logs[] = {0x0a, 6, 0x12, 4, 0x12, 0, 0x12, 0};
	start("sdk.self_metrics", "true");
	ck_assert_int_eq(own_host->submit(own_handle, OTEL_SIGNAL_LOGS, logs, sizeof logs), OTEL_OK);
	flush_twice();
	ck_assert_int_eq(sum("otel.sdk.exporter.log.exported", "otel.component.name", "own_log_exporter/0"), 2);
	ck_assert_int_eq(sum("otel.sdk.exporter.log.inflight", "otel.component.type", "own_log_exporter"), 0);
	const int64_t points =
		sum("otel.sdk.exporter.metric_data_point.exported", "otel.component.type", "own_metric_exporter");
	ck_assert_int_gt(points, 0); /* of the first flush */
	ck_assert_int_eq(sum("otel.sdk.exporter.metric_data_point.inflight", "error.type", NULL), 0);
}
END_TEST

START_TEST(failures_have_a_type)
{
	start("sdk.self_metrics", "true");
	answer = OTEL_EXPORT_DROP;
	spans(3);
	flush_twice();
	ck_assert_int_eq(sum("otel.sdk.exporter.span.exported", "error.type", NULL), 0);
	ck_assert_int_eq(sum("otel.sdk.exporter.span.exported", "error.type", "rejected"), 3);
	ck_assert_int_eq(value_in(HISTOGRAM, "otel.sdk.exporter.operation.duration", "error.type", "rejected"), 1);
	ck_assert_int_eq(sum("otel.sdk.processor.span.processed", "error.type", NULL), 3);
}
END_TEST

START_TEST(what_waits_for_a_retry_is_in_flight)
{
	start("sdk.self_metrics", "true");
	answer = OTEL_EXPORT_RETRY;
	spans(4);
	flush_twice();
	ck_assert_int_eq(sum("otel.sdk.exporter.span.inflight", "otel.component.type", "own_span_exporter"), 4);
	ck_assert_int_eq(sum("otel.sdk.processor.span.queue.size", "error.type", NULL), 4);
	ck_assert_int_eq(sum("otel.sdk.exporter.span.exported", "error.type", NULL), 0);
}
END_TEST

START_TEST(the_producer_may_be_named_as_well)
{
	start("metrics.producers", "self");
	flush_twice();
	ck_assert_int_eq(sum("otel.sdk.span.started", "error.type", NULL), 0);
	const otel_sdk_stats before = {.size = sizeof before};
	otel_sdk_stats now = before;
	otel_sdk_get_stats(&now);
	ck_assert_uint_eq(now.items_dropped, 0);
	ck_assert_uint_eq(now.items_accepted, now.items_submitted);
}
END_TEST

START_TEST(the_counters_of_the_sdk_tell_what_is_sampled_and_the_newest_problem)
{
	otel_sdk_stats stats = {.size = sizeof stats};
	start("metrics.producers", "none");
	const otel_span open = otel_span_start(otel_tracer("test", NULL), "open");
	spans(2);
	otel_sdk_get_stats(&stats);
	ck_assert_uint_eq(stats.spans_created, 2);
	ck_assert_uint_eq(stats.spans_sampled, 3);
	ck_assert_ptr_nonnull(stats.last_error);
	otel_span_end(open);
	start_stop(5000);
	start("bsp.schedule_delay", "rubbish-as-a-duration");
	otel_sdk_get_stats(&stats);
	ck_assert_ptr_nonnull(strstr(stats.last_error, "rubbish-as-a-duration"));
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{nothing_is_exported_unless_it_is_asked_for, 0},
		{spans_are_counted_on_their_whole_way, 0},
		{the_schema_of_the_resource_is_named_beside_it, 0},
		{log_records_and_data_points_are_counted_by_exporter, 0},
		{failures_have_a_type, 0},
		{what_waits_for_a_retry_is_in_flight, 0},
		{the_producer_may_be_named_as_well, 0},
		{the_counters_of_the_sdk_tell_what_is_sampled_and_the_newest_problem, 0},
	};
	int status = suite_main("self_metrics", entries, sizeof entries / sizeof *entries, set_up);

	start_stop(5000);
	start_clean_up();
	return status;
}
