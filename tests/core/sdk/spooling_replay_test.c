/* SPDX-License-Identifier: Apache-2.0
 *
 * spooling_replay_test.c - batches on their way from the spool back to the exporter: when, in which order, and how they
 * are counted.
 */
#include "core/sdk/spooling_support.h"

/* What is stored is another process's from now on. */
static void become_another(void)
{
	spool_account_reset();
	spooling_fork_child();
	stats_reset();
}

/* One try, as at exit; then things go on, as they do not there. */
static void fail_once(void)
{
	now.exiting = true;
	step(0);
	now.exiting = false;
	ck_assert(!queue.replay.is_due); /* nobody replays at exit */
	queue.replay.is_due = true;
}

START_TEST(it_comes_back_when_the_backend_answers)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(waiting(), 1);
	fake.answer = answer_done;
	step(20000);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert_uint_eq(stats.replayed, 0);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(so_does_what_another_process_left_and_it_is_counted_apart)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	become_another();
	set_up(answer_done, false);
	step(20000);
	ck_assert_int_eq(fake.calls, 0); /* nobody knows that there is a backend */
	add(2);
	step(0);
	step(0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(stats.accepted, 2);
	ck_assert_uint_eq(stats.replayed, 3);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(the_oldest_comes_first_and_not_too_fast)
{
	set_up(answer_retry, false);
	for (uint32_t i = 1; i <= 3; i++)
		add(i);
	fail_once();
	ck_assert_uint_eq(waiting(), 3);
	fake.answer = answer_done;
	fake.calls = 0;
	fake.spans = 0;
	step(20000);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(fake.spans, 1);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 100);
	step(99);
	ck_assert_int_eq(fake.calls, 1);
	step(1);
	ck_assert_uint_eq(fake.spans, 3);
	step(100);
	ck_assert_uint_eq(fake.spans, 6);
	step(100);
	ck_assert_int_eq(fake.calls, 3);
	ck_assert_uint_eq(export_queue_due(&queue), UINT64_MAX);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 6);
}
END_TEST

START_TEST(what_fails_again_stays_in_the_spool)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	for (int calls = 2; calls < 5; calls++) {
		step(20000);
		ck_assert_int_eq(fake.calls, calls);
		ck_assert_uint_eq(waiting(), 1);
		ck_assert(export_queue_due(&queue) >= now.now + 50);
	}
	ck_assert_uint_eq(stats.spooled, 3);
	ck_assert_uint_eq(stats.retried, 2);
	ck_assert(support_balanced());
}
END_TEST

/* Of three batches, the first of which this backend cannot digest. */
static otel_export_result answer_but_three(struct fake_exporter *exporter, const otel_batch *batch, otel_export_op *op)
{
	(void)exporter, (void)op;
	return batch->items == 3 ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DONE;
}

START_TEST(one_that_always_fails_holds_up_neither_the_others_nor_what_is_new)
{
	set_up(answer_retry, false);
	add(3);
	add(2);
	add(1);
	fail_once();
	fake.answer = answer_but_three;
	step(20000);
	ck_assert_uint_eq(waiting(), 3);
	add(4);
	step(0);
	ck_assert_uint_eq(stats.accepted, 4);
	step(1000);
	step(1000);
	ck_assert_uint_eq(stats.accepted, 7);
	ck_assert_uint_eq(waiting() + spool_test_count(".held"), 1);
	ck_assert_uint_eq(stats.spooled, 3);
}
END_TEST

START_TEST(what_the_backend_refuses_for_good_is_not_kept_when_it_comes_back)
{
	set_up(answer_retry, false);
	add(3);
	fail_once();
	fake.answer = answer_drop;
	step(20000);
	ck_assert_uint_eq(waiting() + spool_test_count(".held"), 0);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.dropped_rejected, 3);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(of_what_came_back_in_parts_the_rest_is_spooled_again)
{
	set_up(answer_retry, false);
	add(6);
	export_queue_drop(&queue);
	if (_i == 1) { /* as if it were another process's */
		become_another();
		span_log_setup(10000, 64 << 20);
	}
	fake.answer = answer_two;
	fake.number = 1;
	queue.replay.is_due = true;
	step(20000);
	export_queue_drop(&queue);
	ck_assert_uint_eq(waiting(), 1);
	fake.answer = answer_done;
	queue.replay.is_due = true;
	step(20000);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert_uint_eq(_i == 1 ? stats.replayed : stats.accepted, 6);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(each_exporter_has_its_own_copy)
{
	static struct fake_exporter other_fake;
	static struct export_queue other_queue;

	set_up(answer_retry, false);
	queue_beside(&other_queue, &other_fake, answer_retry);
	set_up_queue(&other_queue);
	struct batch *batch = make_batch(3, 8, 2);
	export_queue_add(&other_queue, batch);
	queue_put(batch);
	export_queue_drop(&queue);
	ck_assert_uint_eq(span_log_queued(), 3);
	export_queue_drop(&other_queue);
	ck_assert_uint_eq(waiting(), 2);
	ck_assert_uint_eq(stats.spooled, 3);
	fake.answer = answer_done;
	queue.replay.is_due = true;
	step(20000);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(stats.spooled, 3); /* the other one has not had it */
	other_fake.answer = answer_done;
	other_queue.replay.is_due = true;
	export_queue_step(&other_queue, &now);
	ck_assert_uint_eq(stats.spooled, 0);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert(support_balanced());
	fake_exporter_fini(&other_fake);
}
END_TEST

START_TEST(what_is_no_request_is_left_aside)
{
	set_up(answer_done, false);
	spool_test_store("request", 1, 1);
	struct spool_name file;
	struct spool_record record = spool_test_record("fake", "no request at all");
	ck_assert(spool_store(&record, false, &file));
	queue.replay.is_due = true;
	step(20000);
	ck_assert_int_eq(fake.calls, 0);
	ck_assert_uint_eq(spool_test_count(".bad"), 1);
	ck_assert_uint_eq(waiting(), 1); /* of another exporter */
}
END_TEST

SUITE_MAIN("spooling_replay", setup, {it_comes_back_when_the_backend_answers, 0},
	   {so_does_what_another_process_left_and_it_is_counted_apart, 0}, {the_oldest_comes_first_and_not_too_fast, 0},
	   {what_fails_again_stays_in_the_spool, 0},
	   {one_that_always_fails_holds_up_neither_the_others_nor_what_is_new, 0},
	   {what_the_backend_refuses_for_good_is_not_kept_when_it_comes_back, 0},
	   {of_what_came_back_in_parts_the_rest_is_spooled_again, 2}, {each_exporter_has_its_own_copy, 0},
	   {what_is_no_request_is_left_aside, 0})
