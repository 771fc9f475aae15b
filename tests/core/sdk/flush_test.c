/* SPDX-License-Identifier: Apache-2.0
 *
 * flush_test.c - what a flush waits for, and what makes it fail.
 */
#include "sdk/flush.h"

#include "support/suite.h"

/* Two queues; the first has entries 1 and 2, the second none. Nothing is exported here. */
static struct export_queue queues[2];
static struct batch_entry entries[2];
static struct flush_list list;

static void set_up(void)
{
	entries[0] = (struct batch_entry){.seq = 1, .next = &entries[1]};
	entries[1] = (struct batch_entry){.seq = 2};
	queues[0] = (struct export_queue){.first = &entries[0], .last = &entries[1], .last_seq = 2};
	queues[1] = (struct export_queue){.last_seq = 7};
	list = (struct flush_list){0};
}

static void begin(void)
{
	ck_assert(flush_list_fresh(&list));
	flush_list_begin(&list);
	flush_list_aim(&list, queues, 2);
	ck_assert(!flush_list_fresh(&list));
}

static bool settle(void)
{
	return flush_list_settle(&list, queues, 2);
}

START_TEST(it_is_through_when_every_entry_was_tried_since_it_began)
{
	set_up();
	struct flush *flush = flush_create(&list);
	ck_assert(!settle());
	begin();
	ck_assert_uint_eq(queues[0].owed_seq, 2);
	ck_assert(!settle());
	entries[0].tried = list.last_number;
	ck_assert(!settle());
	entries[1].tried = list.last_number;
	ck_assert(settle());
	ck_assert(flush->done);
	ck_assert(!flush->failed);
	flush_unref(flush);
}
END_TEST

START_TEST(entries_that_come_later_are_not_waited_for)
{
	set_up();
	struct flush *flush = flush_create(&list);
	begin();
	entries[0].seq = 3; /* the old ones are gone */
	entries[1].seq = 4;
	flush_list_failure(&list, 0, 3);
	ck_assert(settle());
	ck_assert(!flush->failed);
	flush_unref(flush);
}
END_TEST

START_TEST(it_fails_when_an_entry_it_covers_does)
{
	set_up();
	struct flush *flush = flush_create(&list);
	begin();
	flush_list_failure(&list, 1, 7);
	queues[0].first = NULL;
	ck_assert(settle());
	ck_assert(flush->failed);
	flush_unref(flush);
}
END_TEST

START_TEST(a_second_one_has_everything_tried_again)
{
	set_up();
	struct flush *first = flush_create(&list);
	begin();
	entries[0].tried = entries[1].tried = list.last_number;
	struct flush *second = flush_create(&list);
	begin();
	ck_assert(settle());
	ck_assert(first->done);
	ck_assert(!second->done);
	entries[0].tried = entries[1].tried = list.last_number;
	ck_assert(settle());
	ck_assert(second->done);
	flush_unref(first);
	flush_unref(second);
}
END_TEST

START_TEST(one_that_nobody_waits_for_any_more_goes_away)
{
	set_up();
	flush_unref(flush_create(&list));
	ck_assert(!settle()); /* it must still begin */
	begin();
	ck_assert(settle());
	ck_assert_ptr_null(list.first);
}
END_TEST

START_TEST(at_the_end_of_the_pipeline_all_fail)
{
	set_up();
	struct flush *a = flush_create(&list), *b = flush_create(&list);
	flush_list_fail(&list);
	ck_assert(a->done && a->failed && b->done && b->failed);
	flush_unref(a);
	flush_unref(b);
	ck_assert_ptr_null(list.first);
}
END_TEST

SUITE_MAIN("flush", NULL, {it_is_through_when_every_entry_was_tried_since_it_began, 0},
	   {entries_that_come_later_are_not_waited_for, 0}, {it_fails_when_an_entry_it_covers_does, 0},
	   {a_second_one_has_everything_tried_again, 0}, {one_that_nobody_waits_for_any_more_goes_away, 0},
	   {at_the_end_of_the_pipeline_all_fail, 0})
