/* SPDX-License-Identifier: Apache-2.0
 *
 * timer_test.c - timers fire once, when they are due, and not after they were cleared.
 */
#include "sdk/timer.h"

#include "support/suite.h"

static int fired[4];

static void setup(void)
{
	timer_clear();
	for (int i = 0; i < 4; i++)
		fired[i] = 0;
}

static void count_up(void *arg)
{
	++*(int *)arg;
}

START_TEST(a_timer_fires_once_when_it_is_due)
{
	ck_assert_int_eq(timer_add(100, count_up, &fired[0]), OTEL_OK);
	ck_assert_int_eq(timer_add(50, count_up, &fired[1]), OTEL_OK);
	ck_assert_uint_eq(timer_due(), 50);
	timer_fire(49);
	ck_assert_int_eq(fired[1], 0);
	timer_fire(50);
	ck_assert_int_eq(fired[1], 1);
	ck_assert_uint_eq(timer_due(), 100);
	timer_fire(1000);
	timer_fire(1000);
	ck_assert_int_eq(fired[0], 1);
	ck_assert_int_eq(fired[1], 1);
	ck_assert_uint_eq(timer_due(), UINT64_MAX);
}
END_TEST

static void again(void *arg)
{
	count_up(arg);
	timer_add(0, again, arg);
}

START_TEST(one_that_sets_itself_again_does_not_hold_up_the_rest)
{
	timer_add(0, again, &fired[0]);
	timer_add(1, count_up, &fired[1]);
	timer_fire(10);
	ck_assert_int_eq(fired[0] > 0, 1);
	timer_clear();
	timer_fire(1000);
	ck_assert_uint_eq(timer_due(), UINT64_MAX);
}
END_TEST

START_TEST(there_is_an_end_to_them)
{
	for (int i = 0; i < TIMERS_MAX; i++)
		ck_assert_int_eq(timer_add(1, count_up, &fired[0]), OTEL_OK);
	ck_assert_int_eq(timer_add(1, count_up, &fired[0]), OTEL_UNSUPPORTED);
	ck_assert_int_eq(timer_add(1, NULL, NULL), OTEL_INVALID);
	timer_fire(1);
	ck_assert_int_eq(fired[0], TIMERS_MAX);
}
END_TEST

SUITE_MAIN("timer", setup, {a_timer_fires_once_when_it_is_due, 0},
	   {one_that_sets_itself_again_does_not_hold_up_the_rest, 0}, {there_is_an_end_to_them, 0})
