/* SPDX-License-Identifier: Apache-2.0
 *
 * kept_test.c - how far kept connections are trusted.
 */
#include "http/kept.h"

#include <unistd.h>

#include "support/suite.h"

START_TEST(nothing_happened_so_any_age_will_do)
{
	kept_look();
	kept_look();
	ck_assert_int_eq(kept_max_age(), -1);
}
END_TEST

static long age_after(long before)
{
	while (kept_max_age() == before)
		usleep(10000);
	return kept_max_age();
}

START_TEST(after_a_doubt_only_younger_connections_are_used)
{
	kept_doubt();
	ck_assert_int_eq(kept_max_age(), 0);
	const long age = age_after(0);
	ck_assert_int_gt(age_after(age), age);
}
END_TEST

SUITE_MAIN("kept", NULL, {nothing_happened_so_any_age_will_do, 0}, {after_a_doubt_only_younger_connections_are_used, 0})
