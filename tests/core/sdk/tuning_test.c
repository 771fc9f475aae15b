/* SPDX-License-Identifier: Apache-2.0
 *
 * tuning_test.c - which number wins.
 */
#include "sdk/tuning.h"

#include "support/suite.h"

static struct config *config;

static void set_up(void)
{
	config_destroy(config);
	config = config_create();
	ck_assert_ptr_nonnull(config);
}

static void give(const char *section, const char *key, const char *value)
{
	ck_assert_int_eq(config_set(config, CONFIG_ENV, section, key, value, "test"), OTEL_OK);
}

static struct span_limits limits(void)
{
	struct span_limits limits;
	config_resolve(config);
	tuning_limits(config, &limits);
	return limits;
}

START_TEST(the_defaults_are_those_of_the_specification)
{
	struct pipeline_options options = {0};
	struct span_limits l = limits();
	ck_assert_uint_eq(l.attr_count, 128);
	ck_assert_uint_eq(l.attr_value_len, UINT32_MAX);
	ck_assert_uint_eq(l.event_count, 128);
	ck_assert_uint_eq(l.link_count, 128);
	ck_assert_uint_eq(l.event_attr_count, 128);
	ck_assert_uint_eq(l.link_attr_count, 128);
	tuning_batch(config, &options);
	ck_assert_uint_eq(options.schedule_delay_ms, 5000);
	ck_assert_uint_eq(options.export_timeout_ms, 30000);
	ck_assert_uint_eq(options.backoff.initial_ms, 1000);
	ck_assert_uint_eq(options.backoff.max_ms, 30000);
	ck_assert_uint_eq(options.backoff.elapsed_ms, 300000);
	ck_assert_uint_eq(options.max_queue_size, 2048);
	ck_assert_uint_eq(options.max_batch_size, 512);
	ck_assert_uint_eq(options.max_request_bytes, 64 << 20);
}
END_TEST

START_TEST(each_setting_is_read_from_its_own_key)
{
	struct pipeline_options options = {0};
	give("limits.span", "event_count", "11");
	give("limits.span", "link_count", "12");
	give("limits.event", "attribute_count", "13");
	give("limits.link", "attribute_count", "14");
	give("bsp", "schedule_delay", "15");
	give("bsp", "export_timeout", "16");
	give("bsp", "max_queue_size", "18");
	give("bsp", "max_export_batch_size", "17");
	struct span_limits l = limits();
	ck_assert_uint_eq(l.event_count, 11);
	ck_assert_uint_eq(l.link_count, 12);
	ck_assert_uint_eq(l.event_attr_count, 13);
	ck_assert_uint_eq(l.link_attr_count, 14);
	tuning_batch(config, &options);
	ck_assert_uint_eq(options.schedule_delay_ms, 15);
	ck_assert_uint_eq(options.export_timeout_ms, 16);
	ck_assert_uint_eq(options.max_queue_size, 18);
	ck_assert_uint_eq(options.max_batch_size, 17);
}
END_TEST

START_TEST(a_general_limit_stands_for_those_that_were_not_set)
{
	give("limits", "attribute_count", "10");
	give("limits", "attribute_value_length", "20");
	give("limits.event", "attribute_count", "3");
	struct span_limits l = limits();
	ck_assert_uint_eq(l.attr_count, 10);
	ck_assert_uint_eq(l.attr_value_len, 20);
	ck_assert_uint_eq(l.event_attr_count, 3);
	ck_assert_uint_eq(l.link_attr_count, 10);
	ck_assert_uint_eq(l.event_count, 128);
}
END_TEST

START_TEST(a_limit_for_spans_wins_over_the_general_one_even_if_it_is_0)
{
	give("limits", "attribute_count", "10");
	give("limits.span", "attribute_count", "0");
	give("limits", "attribute_value_length", "20");
	give("limits.span", "attribute_value_length", "30");
	struct span_limits l = limits();
	ck_assert_uint_eq(l.attr_count, 0);
	ck_assert_uint_eq(l.attr_value_len, 30);
}
END_TEST

START_TEST(a_batch_is_never_larger_than_the_queue)
{
	struct pipeline_options options = {0};
	give("bsp", "max_queue_size", "100");
	give("bsp", "max_export_batch_size", "300");
	config_resolve(config);
	tuning_batch(config, &options);
	ck_assert_uint_eq(options.max_batch_size, 100);
}
END_TEST

START_TEST(retries_are_as_they_were_set_and_may_be_without_end)
{
	struct pipeline_options options = {0};
	give("export", "retry_initial", "20");
	give("export", "retry_max", "50");
	give("export", "retry_elapsed", "0");
	config_resolve(config);
	tuning_batch(config, &options);
	ck_assert_uint_eq(options.backoff.initial_ms, 20);
	ck_assert_uint_eq(options.backoff.max_ms, 50);
	ck_assert_uint_eq(options.backoff.elapsed_ms, 0);
}
END_TEST

START_TEST(the_queue_is_bounded_in_bytes_too)
{
	ck_assert_uint_ge(tuning_queue_bytes(1), (size_t)1 << 20); /* one span may have 1 MiB */
	ck_assert_uint_le(tuning_queue_bytes(UINT32_MAX), (size_t)64 << 20);
	ck_assert_uint_gt(tuning_queue_bytes(2048), tuning_queue_bytes(1));
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{the_defaults_are_those_of_the_specification, 0},
		{each_setting_is_read_from_its_own_key, 0},
		{a_general_limit_stands_for_those_that_were_not_set, 0},
		{a_limit_for_spans_wins_over_the_general_one_even_if_it_is_0, 0},
		{a_batch_is_never_larger_than_the_queue, 0},
		{retries_are_as_they_were_set_and_may_be_without_end, 0},
		{the_queue_is_bounded_in_bytes_too, 0},
	};
	int status = suite_main("tuning", entries, sizeof entries / sizeof *entries, set_up);
	config_destroy(config);
	return status;
}
