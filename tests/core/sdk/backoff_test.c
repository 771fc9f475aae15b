/* SPDX-License-Identifier: Apache-2.0
 *
 * backoff_test.c - how waits grow, and how they are spread.
 */
#include "sdk/backoff.h"

#include "support/suite.h"

START_TEST(waits_double_up_to_the_maximum)
{
	const struct backoff backoff = {.initial_ms = 1000, .max_ms = 30000};
	ck_assert_uint_eq(backoff_full_ms(&backoff, 0), 1000);
	ck_assert_uint_eq(backoff_full_ms(&backoff, 1), 2000);
	ck_assert_uint_eq(backoff_full_ms(&backoff, 4), 16000);
	ck_assert_uint_eq(backoff_full_ms(&backoff, 5), 30000);
	ck_assert_uint_eq(backoff_full_ms(&backoff, UINT32_MAX), 30000);
}
END_TEST

START_TEST(the_largest_numbers_do_not_overflow)
{
	const struct backoff backoff = {.initial_ms = UINT32_MAX, .max_ms = UINT32_MAX};
	ck_assert_uint_eq(backoff_full_ms(&backoff, UINT32_MAX), UINT32_MAX);
	ck_assert_uint_ge(backoff_wait_ms(&backoff, UINT32_MAX), UINT32_MAX / 2);
}
END_TEST

START_TEST(a_maximum_below_the_first_wait_is_the_first_wait)
{
	const struct backoff backoff = {.initial_ms = 1000, .max_ms = 10};
	ck_assert_uint_eq(backoff_full_ms(&backoff, 0), 10);
}
END_TEST

START_TEST(a_wait_is_never_nothing)
{
	const struct backoff none = {0}, least = {.initial_ms = 1, .max_ms = 1};
	for (int i = 0; i < 100; i++) {
		ck_assert_uint_eq(backoff_wait_ms(&none, 0), 1);
		ck_assert_uint_eq(backoff_wait_ms(&least, 3), 1);
	}
}
END_TEST

START_TEST(a_wait_is_half_of_the_whole_or_more_and_not_always_the_same)
{
	const struct backoff backoff = {.initial_ms = 100000, .max_ms = 1000000};
	uint32_t least = UINT32_MAX, most = 0;
	for (int i = 0; i < 200; i++) {
		const uint32_t wait = backoff_wait_ms(&backoff, 1);
		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
	}
	ck_assert_uint_ge(least, 100000);
	ck_assert_uint_le(most, 200000);
	ck_assert_uint_gt(most - least, 50000);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{waits_double_up_to_the_maximum, 0},
		{the_largest_numbers_do_not_overflow, 0},
		{a_maximum_below_the_first_wait_is_the_first_wait, 0},
		{a_wait_is_never_nothing, 0},
		{a_wait_is_half_of_the_whole_or_more_and_not_always_the_same, 0},
	};
	return suite_main("backoff", entries, sizeof entries / sizeof *entries, NULL);
}
