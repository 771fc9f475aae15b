/* SPDX-License-Identifier: Apache-2.0
 *
 * signals_test.c - several signals and exporters at a time: none holds up another.
 */
#include "core/sdk/signals_support.h"

/* Spans get lost in a black hole; the other signals do not. */
struct patient {
	unsigned exports; /* of this instance */
	otel_export_op *op;
};

static otel_export_result patient_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct patient *patient = self;

	ck_assert_ptr_null(patient->op); /* one at a time */
	patient->exports++;
	if (batch->signal != OTEL_SIGNAL_TRACES)
		return own_export(self, batch, op);
	patient->op = op;
	atomic_store(&held, true);
	return OTEL_EXPORT_PENDING;
}

static void patient_cancel(void *self, otel_export_op *op)
{
	struct patient *patient = self;

	patient->op = NULL;
	host->export_finish(op, OTEL_EXPORT_UNKNOWN, 0, 0, NULL);
}

static atomic_uint opened;

static otel_status patient_open(void *self, const otel_host *given, otel_setup *own)
{
	(void)self, (void)given, (void)own;
	opened++;
	return OTEL_OK;
}

static const otel_exporter patient = {
	.component = {.size = sizeof patient, .state_size = sizeof(struct patient), .open = patient_open},
	.signals = EVERY,
	.flags = OTEL_EXPORTER_PER_SIGNAL,
	.export_batch = patient_export,
	.cancel = patient_cancel};

/* Throttles spans, and nothing else. */
static otel_export_result throttling_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	if (batch->signal != OTEL_SIGNAL_TRACES)
		return own_export(self, batch, op);
	atomic_store(&held, true);
	return OTEL_EXPORT_RETRY;
}

static const otel_exporter throttling = {
	.component = {.size = sizeof throttling}, .signals = EVERY, .export_batch = throttling_export};

/* Spans are under way and get nowhere: what is sent next has to arrive all the same. */
static void others_get_through(const char *exporters, const char *expected)
{
	static const otel_setting settings[] = {{"bsp.schedule_delay", "1"}, {"export.retry_initial", "3600000"}};

	start_signals(exporters, settings, 2);
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "lost"));
	wait_until_held();
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	while (start_counts().items_accepted < 1)
		usleep(1000);
	ck_assert_int_eq(submit(OTEL_SIGNAL_LOGS, REQUEST("two")), OTEL_OK);
	while (start_counts().items_accepted < 2)
		usleep(1000);
	pthread_mutex_lock(&got_lock);
	ck_assert_str_eq(got, expected);
	pthread_mutex_unlock(&got_lock);
	ck_assert_uint_eq(start_counts().spans_queued, 1);
	start_stop(100);
	ck_assert_uint_eq(start_counts().dropped_shutdown, 1);
}

START_TEST(a_black_hole_for_one_signal_delays_no_other)
{
	opened = 0;
	others_get_through("patient", "logs 1: one; logs 1: two; ");
	ck_assert_uint_eq(opened, 3); /* one for each signal */
}
END_TEST

START_TEST(a_black_hole_delays_no_other_exporter)
{
	others_get_through("patient,own", "traces 1:; logs 1: one; logs 1: one; logs 1: two; logs 1: two; ");
}
END_TEST

START_TEST(a_signal_that_is_throttled_delays_no_other_of_the_same_exporter)
{
	others_get_through("throttling", "logs 1: one; logs 1: two; ");
}
END_TEST

START_TEST(exporters_are_closed_when_the_sdk_stops)
{
	start_signals("own", NULL, 0);
	start_stop(5000);
	ck_assert_uint_eq(closed, 1);
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_EXPORTER, "patient", &patient},
						  {OTEL_COMPONENT_EXPORTER, "throttling", &throttling},
						  {.name = NULL}};

SIGNALS_MAIN("signals", components, {a_black_hole_for_one_signal_delays_no_other, 0},
	     {a_black_hole_delays_no_other_exporter, 0},
	     {a_signal_that_is_throttled_delays_no_other_of_the_same_exporter, 0},
	     {exporters_are_closed_when_the_sdk_stops, 0})
