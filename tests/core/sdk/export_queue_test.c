/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue_test.c - when one exporter is called, and what follows from its answers.
 */
#include "core/sdk/export_queue_support.h"

static void set_up(queue_answer *answer)
{
	queue_renew(answer);
	queue_reset();
	queue.limit = 10;
}

static void add_batch(uint32_t spans)
{
	queue_put(make_batch(spans, 8, 1));
}

START_TEST(batches_go_out_in_order_while_the_exporter_takes_them)
{
	set_up(answer_done);
	add_batch(1);
	add_batch(2);
	add_batch(3);
	step(0);
	ck_assert_int_eq(fake.calls, 3);
	ck_assert_uint_eq(fake.spans, 6);
	ck_assert_uint_eq(stats.accepted, 6);
	ck_assert_uint_eq(export_queue_due(&queue), UINT64_MAX);
	ck_assert_uint_eq(failed_seq, 0);
}
END_TEST

START_TEST(one_export_is_under_way_at_a_time)
{
	set_up(answer_pending);
	add_batch(1);
	add_batch(1);
	step(0);
	step(0);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert(tell(OTEL_EXPORT_DONE, 0));
	step(0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert(tell(OTEL_EXPORT_DONE, 0));
	step(0);
	ck_assert_uint_eq(stats.accepted, 2);
}
END_TEST

START_TEST(what_is_refused_for_good_is_not_sent_again)
{
	set_up(answer_drop);
	add_batch(1);
	step(0);
	step(100000);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	ck_assert_uint_eq(stats.dropped_retry, 0);
}
END_TEST

START_TEST(what_was_taken_in_part_is_not_sent_again)
{
	struct export_outcome partly = {.result = OTEL_EXPORT_DONE, .rejected = 2};
	set_up(answer_pending);
	add_batch(5);
	step(0);
	ck_assert(export_queue_finish(&queue, fake.op, &partly));
	step(0);
	step(100000);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert_uint_eq(stats.dropped_rejected, 2);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_refused_batch_is_dropped_and_the_next_one_tried)
{
	set_up(answer_drop);
	add_batch(2);
	add_batch(1);
	step(0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(stats.dropped_rejected, 3);
	ck_assert_uint_eq(failed_seq, 2);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(an_export_that_takes_too_long_is_cancelled_once)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 1000);
	step(999);
	ck_assert_int_eq(fake.cancels, 0);
	step(1);
	step(1);
	ck_assert_int_eq(fake.cancels, 1);
	ck_assert_uint_eq(export_queue_due(&queue), UINT64_MAX);
	ck_assert(tell(OTEL_EXPORT_UNKNOWN, 0));
	step(0);
	ck_assert_uint_eq(stats.ambiguous, 1);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(an_op_can_be_finished_once_only_even_long_after)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	otel_export_op *first = fake.op;
	struct export_outcome done = {.result = OTEL_EXPORT_DONE};
	ck_assert(export_queue_finish(&queue, first, &done));
	ck_assert(!export_queue_finish(&queue, first, &done));
	step(0);
	add_batch(1);
	step(0);
	ck_assert(!export_queue_finish(&queue, first, &done));
	ck_assert_ptr_ne(first, fake.op);
	ck_assert_uint_eq(export_op_queue(fake.op), 3);
	ck_assert(export_queue_finish(&queue, fake.op, &done));
	step(0);
	ck_assert_uint_eq(stats.accepted, 2);
}
END_TEST

START_TEST(a_full_queue_refuses_new_batches)
{
	set_up(answer_retry);
	add_batch(6);
	add_batch(4);
	add_batch(1);
	ck_assert_uint_eq(stats.dropped_queue_full, 1);
	ck_assert_uint_eq(failed_seq, 3);
	export_queue_drop(&queue);
	ck_assert_uint_eq(stats.dropped_shutdown, 10);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(an_empty_queue_takes_a_batch_above_its_limit)
{
	set_up(answer_done);
	add_batch(11);
	step(0);
	ck_assert_uint_eq(stats.accepted, 11);
}
END_TEST

START_TEST(at_exit_the_first_failure_ends_it)
{
	set_up(answer_retry);
	add_batch(1);
	add_batch(2);
	now.exiting = true;
	step(0);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(stats.dropped_shutdown, 3);
	ck_assert_ptr_null(queue.first);
}
END_TEST

START_TEST(nothing_begins_while_ending)
{
	set_up(answer_done);
	add_batch(1);
	now.ending = true;
	step(0);
	ck_assert_int_eq(fake.calls, 0);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(the_bytes_of_an_unfinished_export_stay_readable_after_a_drop)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	struct batch *batch = queue.flying->batch;
	export_queue_drop(&queue);
	ck_assert_uint_eq(batch->wire.items, 1);
	ck_assert_mem_eq(batch->wire.data, fake.last.data, batch->wire.len);
	ck_assert(!tell(OTEL_EXPORT_DONE, 0));
	ck_assert(export_op_given_up(fake.op));
	ck_assert_uint_eq(stats.dropped_shutdown, 1);
}
END_TEST

SUITE_MAIN("export_queue", NULL, {batches_go_out_in_order_while_the_exporter_takes_them, 0},
	   {one_export_is_under_way_at_a_time, 0}, {what_is_refused_for_good_is_not_sent_again, 0},
	   {what_was_taken_in_part_is_not_sent_again, 0}, {a_refused_batch_is_dropped_and_the_next_one_tried, 0},
	   {an_export_that_takes_too_long_is_cancelled_once, 0}, {an_op_can_be_finished_once_only_even_long_after, 0},
	   {a_full_queue_refuses_new_batches, 0}, {an_empty_queue_takes_a_batch_above_its_limit, 0},
	   {at_exit_the_first_failure_ends_it, 0}, {nothing_begins_while_ending, 0},
	   {the_bytes_of_an_unfinished_export_stay_readable_after_a_drop, 0})
