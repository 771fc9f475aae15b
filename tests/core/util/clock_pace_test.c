/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_pace_test.c - the pace of a counter, and when it is another counter's.
 */
#include "util/clock_pace.h"

#include <support/suite.h>

#define GHZ    3
#define SECOND UINT64_C(1000000000)

/* A counter that is exact. */
static struct clock_sample after(uint64_t ns)
{
	return (struct clock_sample){1000000 + GHZ * ns, SECOND + ns};
}

static uint64_t pace_of(uint64_t from_ns, struct clock_sample now)
{
	const struct clock_sample before = after(from_ns);

	return clock_pace(&before, &now);
}

START_TEST(two_samples_say_what_a_tick_is)
{
	const uint64_t scale = pace_of(0, after(SECOND / 10));

	ck_assert_uint_le(GHZ * SECOND / 1000 - clock_pace_ns(GHZ * GHZ * SECOND / 1000, scale), 1);
	ck_assert_uint_le(3600 * SECOND - clock_pace_ns(3600 * GHZ * SECOND, scale), 3600);
}
END_TEST

START_TEST(a_clock_that_is_slewed_is_the_same_pace)
{
	struct clock_sample slewed = after(2 * SECOND);

	slewed.ns += SECOND / 2000; /* the most that NTP does */
	ck_assert(clock_pace_holds(pace_of(0, after(SECOND)), pace_of(SECOND, slewed)));
}
END_TEST

START_TEST(a_counter_that_is_not_the_one_it_was_is_found_out)
{
	struct clock_sample slower = after(2 * SECOND), reset = after(2 * SECOND), stopped = after(2 * SECOND),
			    frozen = after(SECOND), set = after(2 * SECOND);
	struct clock_sample *const samples[] = {&slower, &reset, &stopped, &frozen, &set};

	slower.ticks -= GHZ * SECOND / 100; /* as after a move to another machine */
	reset.ticks = 5;
	stopped.ns = SECOND;
	set.ns += 3600 * SECOND;
	ck_assert(!clock_pace_holds(pace_of(0, after(SECOND)), pace_of(SECOND, *samples[_i])));
}
END_TEST

START_TEST(what_no_counter_does_is_no_pace)
{
	ck_assert_uint_eq(pace_of(0, (struct clock_sample){1000001, 3600 * SECOND}), 0);
	ck_assert_uint_eq(pace_of(0, (struct clock_sample){UINT64_MAX, SECOND + 1}), 0);
	ck_assert_uint_eq(pace_of(0, after(0)), 0);
}
END_TEST

SUITE_MAIN("clock_pace", NULL, {two_samples_say_what_a_tick_is, 0}, {a_clock_that_is_slewed_is_the_same_pace, 0},
	   {a_counter_that_is_not_the_one_it_was_is_found_out, 5}, {what_no_counter_does_is_no_pace, 0})
