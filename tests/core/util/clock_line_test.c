/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_line_test.c - a line over a counter follows a clock that is slewed, set, and stopped.
 */
#include "util/clock_line.h"

#include <support/suite.h>

#define GHZ    3
#define SECOND UINT64_C(1000000000)
#define EPOCH  (UINT64_C(1790000000) * SECOND)

/* Of a machine that has been up for so long, its counter exact. */
static struct clock_sample after(uint64_t ns)
{
	return (struct clock_sample){1000000 + GHZ * ns, EPOCH + ns, SECOND + ns};
}

/* From a sample to the next, `ns` apart. */
static struct clock_line drawn(uint64_t ns)
{
	const struct clock_sample a = after(0), b = after(ns);
	struct clock_line line = {0};

	ck_assert(clock_line_draw(&line, &a, &b));
	return line;
}

/* How far the line is from the clock of a sample. */
static int64_t error_of(const struct clock_line *line, const struct clock_sample *now)
{
	uint64_t ns;

	ck_assert(clock_line_read(line, now->ticks, &ns));
	return (int64_t)(ns - now->real_ns);
}

START_TEST(two_samples_make_a_line)
{
	const struct clock_line line = drawn(SECOND / 10);
	const struct clock_sample later = after(2 * SECOND);

	ck_assert_int_le(llabs(error_of(&line, &later)), 2);
}
END_TEST

START_TEST(a_line_is_not_followed_for_ever)
{
	const struct clock_line line = drawn(SECOND);
	const struct clock_sample too_late = after(SECOND + CLOCK_LINE_VALID_NS + 1000), before = after(SECOND - 1000);
	uint64_t ns;

	ck_assert(!clock_line_read(&line, too_late.ticks, &ns));
	ck_assert(!clock_line_read(&line, before.ticks, &ns));
	ck_assert(!clock_line_read(&(struct clock_line){0}, before.ticks, &ns));
}
END_TEST

/* A clock that runs 500 ppm fast, the most that NTP does. */
static struct clock_sample slewed(uint64_t ns)
{
	struct clock_sample s = after(ns);

	s.real_ns += ns / 2000;
	s.mono_ns += ns / 2000;
	return s;
}

START_TEST(a_slewed_clock_is_followed_without_an_edge)
{
	struct clock_line line = drawn(SECOND);
	struct clock_sample before = after(SECOND), now = before;

	for (uint64_t second = 1; second < 20; second++) {
		uint64_t old_ns, new_ns;
		now = slewed(second * SECOND);
		now.real_ns -= SECOND / 2000; /* it began a second later */
		now.mono_ns -= SECOND / 2000;
		if (second == 1)
			continue;
		ck_assert(clock_line_read(&line, now.ticks, &old_ns));
		ck_assert(clock_line_draw(&line, &before, &now));
		ck_assert(clock_line_read(&line, now.ticks, &new_ns));
		ck_assert_uint_eq(old_ns, new_ns);
		before = now;
	}
	ck_assert_int_le(llabs(error_of(&line, &now)), 1000);
}
END_TEST

START_TEST(a_clock_that_is_set_is_followed_at_once)
{
	static const int64_t steps[] = {3600 * (int64_t)SECOND, -3600 * (int64_t)SECOND, 2000000, -2000000};
	struct clock_line line = drawn(SECOND);
	const struct clock_sample before = after(SECOND);
	struct clock_sample now = after(2 * SECOND);

	now.real_ns += (uint64_t)steps[_i];
	ck_assert(clock_line_draw(&line, &before, &now));
	ck_assert_int_eq(error_of(&line, &now), 0);
	now.ticks += GHZ * SECOND;
	now.real_ns += SECOND;
	ck_assert_int_le(llabs(error_of(&line, &now)), 2);
}
END_TEST

START_TEST(after_a_pause_the_line_begins_at_the_clock)
{
	struct clock_line line = drawn(SECOND);
	const struct clock_sample before = after(SECOND);
	struct clock_sample now = after(60 * SECOND);

	now.real_ns += 900; /* little enough to be slewed, if anybody had followed the line so far */
	ck_assert(clock_line_draw(&line, &before, &now));
	ck_assert_int_eq(error_of(&line, &now), 0);
}
END_TEST

START_TEST(a_counter_that_is_not_the_one_it_was_makes_no_line)
{
	const struct clock_sample before = after(SECOND);
	struct clock_sample slower = after(2 * SECOND), reset = after(2 * SECOND), stopped = after(2 * SECOND),
			    frozen = before;
	struct clock_sample *const samples[] = {&slower, &reset, &stopped, &frozen};
	struct clock_line line = drawn(SECOND);
	uint64_t ns;

	slower.ticks -= GHZ * SECOND / 100; /* one per cent, as after a move to another machine */
	reset.ticks = 5;
	stopped.mono_ns = before.mono_ns;
	ck_assert(!clock_line_draw(&line, &before, samples[_i]));
	ck_assert(!clock_line_read(&line, before.ticks + 1, &ns));
	/* And begins anew. */
	const struct clock_sample again = *samples[_i];
	struct clock_sample then = again;
	then.ticks += GHZ * SECOND;
	then.real_ns += SECOND;
	then.mono_ns += SECOND;
	ck_assert(clock_line_draw(&line, &again, &then));
	ck_assert_int_eq(error_of(&line, &then), 0);
}
END_TEST

SUITE_MAIN("clock_line", NULL, {two_samples_make_a_line, 0}, {a_line_is_not_followed_for_ever, 0},
	   {a_slewed_clock_is_followed_without_an_edge, 0}, {a_clock_that_is_set_is_followed_at_once, 4},
	   {after_a_pause_the_line_begins_at_the_clock, 0}, {a_counter_that_is_not_the_one_it_was_makes_no_line, 4})
