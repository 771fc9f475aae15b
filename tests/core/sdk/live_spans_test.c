/* SPDX-License-Identifier: Apache-2.0
 *
 * live_spans_test.c - how many spans are being recorded.
 */
#include "sdk/live_spans.h"

#include "core/sdk/span_support.h"
#include "sdk/span.h"
#include "support/suite.h"

START_TEST(spans_count_from_their_start_to_their_end)
{
	test_provider("always_on");
	ck_assert_uint_eq(live_spans().sampled, 0);
	const otel_span one = test_start("one"), two = test_child("two", one);
	ck_assert_uint_eq(live_spans().sampled, 2);
	test_end(two);
	ck_assert_uint_eq(live_spans().sampled, 1);
	test_end(one);
	ck_assert_uint_eq(live_spans().sampled, 0);
	ck_assert_uint_eq(live_spans().unsampled, 0);
}
END_TEST

START_TEST(what_is_not_recorded_does_not_count)
{
	test_provider("always_off");
	const otel_span span = test_start("dropped");
	ck_assert_uint_eq(live_spans().sampled + live_spans().unsampled, 0);
	test_end(span);
}
END_TEST

START_TEST(thousands_at_once_are_all_counted)
{
	enum { MANY = 5000 };
	static otel_span spans[MANY];

	test_provider("always_on");
	for (int i = 0; i < MANY; i++)
		spans[i] = test_start("open");
	ck_assert_uint_eq(live_spans().sampled, MANY);
	for (int i = 0; i < MANY; i++)
		test_end(spans[i]);
	ck_assert_uint_eq(live_spans().sampled, 0);
}
END_TEST

SUITE_MAIN("live_spans", NULL, {spans_count_from_their_start_to_their_end, 0}, {what_is_not_recorded_does_not_count, 0},
	   {thousands_at_once_are_all_counted, 0})
