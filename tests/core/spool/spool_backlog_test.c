/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_backlog_test.c - the oldest of what waits, in order.
 */
#include "spool/spool_backlog.h"

#include "support/suite.h"

static struct spool_backlog backlog;

static void offer(uint64_t stored_ms)
{
	spool_backlog_offer(&backlog, &(struct spool_name){.stored_ms = stored_ms, .exporter = 9, .signal = 1});
}

static void setup(void)
{
	spool_backlog_init(&backlog, 9, 1 | 4);
}

START_TEST(the_oldest_comes_first)
{
	offer(3);
	offer(1);
	offer(2);
	for (uint64_t want = 1; want <= 3; want++)
		ck_assert_uint_eq(spool_backlog_pop(&backlog)->stored_ms, want);
	ck_assert_ptr_null(spool_backlog_pop(&backlog));
}
END_TEST

START_TEST(of_too_many_the_oldest_are_kept)
{
	for (uint64_t i = 0; i < 1000; i++)
		offer((i * 7919) % 1000); /* each once, in a mess */
	for (uint64_t want = 0; want < SPOOL_BACKLOG_MAX; want++)
		ck_assert_uint_eq(spool_backlog_pop(&backlog)->stored_ms, want);
	ck_assert_ptr_null(spool_backlog_pop(&backlog));
}
END_TEST

START_TEST(others_are_not_for_it)
{
	spool_backlog_offer(&backlog, &(struct spool_name){.exporter = 8, .signal = 1});
	spool_backlog_offer(&backlog, &(struct spool_name){.exporter = 9, .signal = 2});
	ck_assert_ptr_null(spool_backlog_pop(&backlog));
	spool_backlog_offer(&backlog, &(struct spool_name){.exporter = 9, .signal = 4});
	ck_assert_ptr_nonnull(spool_backlog_pop(&backlog));
}
END_TEST

SUITE_MAIN("spool_backlog", setup, {the_oldest_comes_first, 0}, {of_too_many_the_oldest_are_kept, 0},
	   {others_are_not_for_it, 0})
