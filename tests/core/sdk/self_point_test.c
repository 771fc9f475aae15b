/* SPDX-License-Identifier: Apache-2.0
 *
 * self_point_test.c - metrics as OTLP bytes, field by field.
 */
#include "sdk/self_point.h"

#include <string.h>

#include "sdk/request_items.h"
#include "support/suite.h"
#include "util/wire.h"

static struct wire_field nth(struct wire_field message, uint32_t number, size_t n)
{
	struct wire_reader reader = wire_read(message.data, message.len);
	struct wire_field field;
	bool ok;

	while (wire_next(&reader, &field, &ok))
		if (field.number == number && n-- == 0)
			return field;
	ck_abort_msg("there is no field %u", number);
}

static void ck_text(struct wire_field message, uint32_t number, const char *text)
{
	const struct wire_field field = nth(message, number, 0);
	ck_assert_uint_eq(field.len, strlen(text));
	ck_assert_mem_eq(field.data, text, field.len);
}

static const struct self_attrs attrs = {.list = {{"a", "text", 0}, {"b", NULL, 4318}}, .count = 2};

START_TEST(a_counter_has_its_points_with_their_attributes_and_times)
{
	struct buf out;
	struct self_writer w;

	buf_init(&out, 1 << 20);
	self_writer_init(&w, &out, 100, 200);
	self_point(&w, 7, &attrs);
	self_point(&w, 8, &attrs);
	self_sum(&w, "otel.sdk.x", "{span}", true);
	const struct wire_field all = {.data = out.data, .len = out.len}, metric = nth(all, 2, 0),
				sum = nth(metric, 7, 0);
	const struct wire_field point = nth(sum, 1, 1);
	ck_text(metric, 1, "otel.sdk.x");
	ck_text(metric, 3, "{span}");
	ck_assert_uint_eq(nth(sum, 2, 0).value, 2);
	ck_assert_uint_eq(nth(sum, 3, 0).value, 1);
	ck_assert_uint_eq(nth(point, 2, 0).value, 100);
	ck_assert_uint_eq(nth(point, 3, 0).value, 200);
	ck_assert_uint_eq(nth(point, 6, 0).value, 8);
	ck_text(nth(point, 7, 0), 1, "a");
	ck_text(nth(nth(point, 7, 0), 2, 0), 1, "text");
	ck_assert_uint_eq(nth(nth(nth(point, 7, 1), 2, 0), 3, 0).value, 4318);
	self_writer_fini(&w);
	buf_fini(&out);
}
END_TEST

START_TEST(durations_are_a_histogram_of_one_bucket_in_seconds)
{
	struct buf out;
	struct self_writer w;
	double sum;

	buf_init(&out, 1 << 20);
	self_writer_init(&w, &out, 100, 200);
	self_durations(&w, 3, 0.25, &attrs);
	self_histogram(&w, "otel.sdk.d");
	const struct wire_field all = {.data = out.data, .len = out.len}, metric = nth(all, 2, 0);
	const struct wire_field point = nth(nth(metric, 9, 0), 1, 0), total = nth(point, 5, 0);
	ck_text(metric, 3, "s");
	ck_assert_uint_eq(nth(point, 4, 0).value, 3);
	memcpy(&sum, &total.value, sizeof sum);
	ck_assert_double_eq(sum, 0.25);
	ck_assert_uint_eq(nth(point, 6, 0).len, 8);
	ck_text(nth(point, 9, 0), 1, "a");
	self_writer_fini(&w);
	buf_fini(&out);
}
END_TEST

START_TEST(a_metric_without_points_is_none_and_too_many_fail)
{
	struct buf out;
	struct self_writer w;

	buf_init(&out, 100);
	self_writer_init(&w, &out, 100, 200);
	self_sum(&w, "nothing", "1", true);
	self_histogram(&w, "nothing");
	ck_assert_uint_eq(out.len, 0);
	for (int i = 0; i < 10; i++)
		self_point(&w, 1, &attrs);
	self_sum(&w, "too.much", "1", true);
	ck_assert(out.failed);
	self_writer_fini(&w);
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("self_point", NULL, {a_counter_has_its_points_with_their_attributes_and_times, 0},
	   {durations_are_a_histogram_of_one_bucket_in_seconds, 0},
	   {a_metric_without_points_is_none_and_too_many_fail, 0})
