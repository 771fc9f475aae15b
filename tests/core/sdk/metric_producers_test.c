/* SPDX-License-Identifier: Apache-2.0
 *
 * metric_producers_test.c - when metric producers are asked, and what becomes of their metrics.
 */
#include "core/sdk/signals_support.h"

/* A ScopeMetrics with one gauge of two data points. */
static struct bytes scope_metrics(void)
{
	struct bytes gauge = {.len = 0}, metric = {.len = 0}, scope = {.len = 0};

	put(&gauge, 1, "", 0);
	put(&gauge, 1, "", 0);
	put(&metric, 1, "a.metric", 8);
	put(&metric, 5, gauge.data, gauge.len);
	put(&scope, 2, metric.data, metric.len);
	return scope;
}

static otel_status produce(void *self, void (*give)(void *arg, const uint8_t *data, size_t len), void *arg)
{
	const struct bytes metrics = scope_metrics();

	(void)self;
	give(arg, metrics.data, metrics.len);
	return OTEL_OK;
}

static otel_status produce_half(void *self, void (*give)(void *arg, const uint8_t *data, size_t len), void *arg)
{
	produce(self, give, arg);
	return OTEL_FAILED;
}

static const otel_metric_producer producer = {.component = {.size = sizeof producer}, .produce = produce};
static const otel_metric_producer failing = {.component = {.size = sizeof failing}, .produce = produce_half};

START_TEST(metric_producers_are_asked_at_each_flush)
{
	static const otel_setting settings[] = {{"metrics.producers", "own,failing"}};

	start_signals("own", settings, 1);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "metrics 2:; ");
}
END_TEST

START_TEST(metric_producers_are_asked_by_the_interval)
{
	static const otel_setting settings[] = {{"metrics.producers", "own"}, {"metrics.export_interval", "20"}};

	start_signals("own", settings, 2);
	for (int i = 0; i < 5000 && start_counts().items_accepted < 6; i++)
		usleep(1000);
	ck_assert_uint_ge(start_counts().items_accepted, 6);
}
END_TEST

static const struct own_component components[] = {{OTEL_COMPONENT_METRIC_PRODUCER, "own", &producer},
						  {OTEL_COMPONENT_METRIC_PRODUCER, "failing", &failing},
						  {.name = NULL}};

SIGNALS_MAIN("metric_producers", components, {metric_producers_are_asked_at_each_flush, 0},
	     {metric_producers_are_asked_by_the_interval, 0})
