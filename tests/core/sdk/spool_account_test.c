/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_account_test.c - created = accepted + dropped + queued + spooled, whatever becomes of what was spooled.
 */
#include "sdk/spool_account.h"

#include <stddef.h>

#include "sdk/stats.h"
#include "support/suite.h"

static void setup(void)
{
	spool_account_reset();
	stats_reset();
	stats.spooled = 10; /* what the batches of these tests were counted as */
	stats.submitted_spooled = 10;
}

/* A batch of ten with so many files. */
static void settled(uint32_t files, bool are_spans)
{
	struct spool_account *account = NULL;

	for (uint32_t i = 1; i <= files; i++)
		spool_account_add(&account, i);
	spool_account_settle(account, 10, are_spans);
}

START_TEST(what_comes_back_and_is_taken_is_accepted)
{
	settled(1, true);
	ck_assert(spool_account_close(1, 0, 0));
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 10);
	ck_assert(!spool_account_close(1, 0, 0));
	ck_assert_uint_eq(stats.accepted, 10);
}
END_TEST

START_TEST(what_is_refused_or_too_old_is_dropped_for_that_reason)
{
	settled(1, true);
	ck_assert(spool_account_close(1, 4, 0));
	ck_assert_uint_eq(stats.accepted, 6);
	ck_assert_uint_eq(stats.dropped_rejected, 4);
	stats.spooled = 10;
	settled(1, true);
	ck_assert(spool_account_close(1, 0, 10));
	ck_assert_uint_eq(stats.accepted, 6);
	ck_assert_uint_eq(stats.dropped_retry, 10);
	ck_assert_uint_eq(stats.spooled, 0);
}
END_TEST

START_TEST(the_last_of_several_files_decides)
{
	settled(2, true);
	ck_assert(spool_account_close(2, 7, 0));
	ck_assert_uint_eq(stats.spooled, 10);
	ck_assert(spool_account_close(1, 7, 0));
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 0);
	ck_assert_uint_eq(stats.dropped_rejected, 10); /* not more than there are */
}
END_TEST

START_TEST(a_file_may_be_through_before_its_batch)
{
	struct spool_account *account = NULL;

	spool_account_add(&account, 1);
	ck_assert(spool_account_close(1, 0, 0));
	ck_assert_uint_eq(stats.spooled, 10);
	spool_account_settle(account, 10, true);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 10);
}
END_TEST

START_TEST(a_batch_that_another_exporter_lost_is_not_counted_twice)
{
	struct spool_account *account = NULL;

	spool_account_add(&account, 1);
	spool_account_settle(account, 0, true); /* it was counted as dropped */
	ck_assert(spool_account_close(1, 0, 0));
	ck_assert_uint_eq(stats.spooled, 10);
	ck_assert_uint_eq(stats.accepted, 0);
}
END_TEST

START_TEST(what_is_left_of_a_file_goes_on_in_another)
{
	settled(1, true);
	ck_assert(spool_account_move(1, 9, 2));
	ck_assert(!spool_account_close(1, 0, 0));
	ck_assert(spool_account_close(9, 1, 0));
	ck_assert_uint_eq(stats.accepted, 7);
	ck_assert_uint_eq(stats.dropped_rejected, 3);
	ck_assert(!spool_account_move(1, 2, 0));
}
END_TEST

START_TEST(what_plugins_submitted_is_counted_apart)
{
	settled(1, false);
	ck_assert(spool_account_close(1, 1, 0));
	ck_assert_uint_eq(stats.submitted_spooled, 0);
	ck_assert_uint_eq(stats.submitted_accepted, 9);
	ck_assert_uint_eq(stats.submitted_dropped, 1);
	ck_assert_uint_eq(stats.spooled, 10);
}
END_TEST

START_TEST(many_files_push_the_first_out_which_stay_spooled)
{
	stats.spooled = 20000;
	for (uint32_t i = 1; i <= 20000; i++) {
		struct spool_account *account = NULL;
		spool_account_add(&account, i);
		spool_account_settle(account, 1, true);
	}
	ck_assert(!spool_account_close(1, 0, 0));
	ck_assert(spool_account_close(20000, 0, 0));
	ck_assert_uint_eq(stats.spooled, 19999);
}
END_TEST

START_TEST(nothing_is_known_in_a_child)
{
	settled(1, true);
	spool_account_reset();
	ck_assert(!spool_account_close(1, 0, 0));
	spool_account_settle(NULL, 10, true);
	ck_assert_uint_eq(stats.spooled, 10);
}
END_TEST

SUITE_MAIN("spool_account", setup, {what_comes_back_and_is_taken_is_accepted, 0},
	   {what_is_refused_or_too_old_is_dropped_for_that_reason, 0}, {the_last_of_several_files_decides, 0},
	   {a_file_may_be_through_before_its_batch, 0}, {a_batch_that_another_exporter_lost_is_not_counted_twice, 0},
	   {what_is_left_of_a_file_goes_on_in_another, 0}, {what_plugins_submitted_is_counted_apart, 0},
	   {many_files_push_the_first_out_which_stay_spooled, 0}, {nothing_is_known_in_a_child, 0})
