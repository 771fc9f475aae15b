/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue_test.c - when one exporter is called, and what follows from its answers. No threads, no clock.
 */
#include "sdk/export_queue.h"

#include <check.h>
#include <string.h>

#include "core/sdk/pipeline_support.h"

static struct fake_exporter fake;
static struct export_queue queue;
static struct batcher batcher;
static uint64_t failed_seq;
static const struct backoff backoff = {.initial_ms = 100, .max_ms = 1000, .elapsed_ms = 5000};
static struct export_round now;

static void on_failure(uint32_t index, uint64_t seq)
{
	ck_assert_uint_eq(index, 3);
	failed_seq = seq;
}

/* For the exporters' convenience functions only; nothing runs. */
static void set_up(otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *))
{
	fake_exporter_fini(&fake);
	fake_exporter_init(&fake, "fake", answer);
	memset(&queue, 0, sizeof(queue));
	export_queue_init(&queue, &fake.component, 3, 1000, &backoff, on_failure);
	queue.limit = 10;
	failed_seq = 0;
	now = (struct export_round){.now = 1000};
	stats_reset();
	span_log_setup(1000, 1 << 20);
	batcher_forget(&batcher);
}

static void add_batch(uint32_t spans)
{
	bool lost = false;
	support_spans(spans, 0, 8);
	batcher_add(&batcher, span_log_take());
	struct batch *batch = batcher_next(&batcher, spans, BATCH_MAX_BYTES, 1, &lost);
	export_queue_add(&queue, batch);
	batch_unref(batch);
}

static void step(uint64_t later_ms)
{
	now.now += later_ms;
	export_queue_step(&queue, &now);
}

static bool finish(otel_export_result result, uint32_t retry_after_ms)
{
	struct export_outcome outcome = {.result = result, .retry_after_ms = retry_after_ms};
	return export_queue_finish(&queue, fake.op, &outcome);
}

static uint64_t wait_ms(void)
{
	return export_queue_due(&queue) - now.now;
}

static bool wait_within(uint64_t least, uint64_t most)
{
	return wait_ms() >= least && wait_ms() <= most;
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
	ck_assert(finish(OTEL_EXPORT_DONE, 0));
	step(0);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert(finish(OTEL_EXPORT_DONE, 0));
	step(0);
	ck_assert_uint_eq(stats.accepted, 2);
}
END_TEST

START_TEST(a_batch_to_be_retried_waits_and_holds_the_others_back)
{
	set_up(answer_retry);
	add_batch(1);
	add_batch(1);
	step(0);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert(wait_within(50, 100));
	step(wait_ms() - 1);
	ck_assert_int_eq(fake.calls, 1);
	fake.answer = answer_done;
	step(1);
	ck_assert_int_eq(fake.calls, 3);
	ck_assert_uint_eq(stats.accepted, 2);
	ck_assert_uint_eq(stats.export_attempts, 3);
	ck_assert_uint_eq(stats.export_failures, 1);
}
END_TEST

START_TEST(what_the_backend_asks_for_decides_the_wait_within_reason)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	finish(OTEL_EXPORT_RETRY, 70);
	step(0);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 70);
	step(70);
	finish(OTEL_EXPORT_RETRY, UINT32_MAX);
	step(0);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 300000);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(each_failure_doubles_the_wait_up_to_the_maximum)
{
	static const uint64_t full[] = {100, 200, 400, 800, 1000, 1000};
	set_up(answer_retry);
	add_batch(1);
	step(0);
	for (size_t i = 0; i < sizeof full / sizeof *full; i++) {
		ck_assert(wait_within(full[i] / 2, full[i]));
		step(wait_ms());
		ck_assert_int_eq(fake.calls, (int)i + 2);
	}
	export_queue_drop(&queue);
}
END_TEST

START_TEST(after_a_success_the_waits_begin_anew)
{
	set_up(answer_retry);
	add_batch(1);
	step(0);
	for (int i = 0; i < 4; i++)
		step(wait_ms());
	ck_assert(wait_within(500, 1000));
	fake.answer = answer_done;
	step(wait_ms());
	ck_assert_uint_eq(stats.accepted, 1);
	fake.answer = answer_retry;
	add_batch(1);
	step(0);
	ck_assert(wait_within(50, 100));
	export_queue_drop(&queue);
}
END_TEST

START_TEST(what_the_backend_asked_for_once_does_not_hold_for_the_next_wait)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	finish(OTEL_EXPORT_RETRY, 3000);
	step(0);
	ck_assert_uint_eq(wait_ms(), 3000);
	step(3000);
	finish(OTEL_EXPORT_RETRY, 0);
	step(0);
	ck_assert(wait_within(100, 200));
	export_queue_drop(&queue);
}
END_TEST

START_TEST(a_batch_whose_try_fails_after_its_time_is_given_up_and_counted_on_its_own)
{
	set_up(answer_retry);
	add_batch(3);
	step(0);
	const uint64_t began = now.now;
	for (; now.now < began + backoff.elapsed_ms; step(wait_ms()))
		ck_assert_uint_eq(stats.dropped_retry, 0);
	ck_assert_uint_eq(stats.dropped_retry, 3);
	ck_assert_uint_le(now.now, began + backoff.elapsed_ms + backoff.max_ms);
	ck_assert_uint_eq(failed_seq, 1);
	ck_assert_uint_eq(stats.dropped_rejected + stats.ambiguous, 0);
	ck_assert_ptr_null(queue.first);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(the_batch_behind_one_that_was_given_up_waits_its_turn_and_has_its_own_time)
{
	set_up(answer_retry);
	add_batch(1);
	add_batch(2);
	step(0);
	for (int i = 0; i < 100 && !stats.dropped_retry; i++)
		step(wait_ms());
	const int calls = fake.calls;
	ck_assert(wait_within(500, 1000));
	step(wait_ms() - 1);
	ck_assert_int_eq(fake.calls, calls);
	step(1);
	ck_assert_int_eq(fake.calls, calls + 1);
	ck_assert_uint_eq(stats.dropped_retry, 1);
	fake.answer = answer_done;
	step(wait_ms());
	ck_assert_uint_eq(stats.accepted, 2);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(a_backend_that_asks_for_more_time_than_there_is_gets_one_more_try)
{
	set_up(answer_pending);
	add_batch(1);
	step(0);
	finish(OTEL_EXPORT_RETRY, 60000);
	step(0);
	ck_assert_uint_eq(stats.dropped_retry, 0);
	step(60000);
	ck_assert_int_eq(fake.calls, 2);
	finish(OTEL_EXPORT_DONE, 0);
	step(0);
	ck_assert_uint_eq(stats.accepted, 1);
}
END_TEST

START_TEST(without_a_limit_a_batch_is_tried_for_ever)
{
	set_up(answer_retry);
	queue.backoff.elapsed_ms = 0;
	add_batch(1);
	step(0);
	for (int i = 0; i < 5000; i++)
		step(wait_ms());
	ck_assert_int_eq(fake.calls, 5001);
	ck_assert(wait_within(500, 1000));
	export_queue_drop(&queue);
}
END_TEST

START_TEST(flushes_during_an_outage_do_not_lengthen_the_wait)
{
	set_up(answer_retry);
	add_batch(1);
	add_batch(1);
	step(0);
	const uint64_t due = export_queue_due(&queue);
	for (now.flush = 1; now.flush < 10; now.flush++) {
		queue.owed_seq = queue.last_seq;
		step(1);
		ck_assert_uint_eq(export_queue_due(&queue), due);
	}
	ck_assert_int_eq(fake.calls, 19);
	step(wait_ms());
	ck_assert(wait_within(100, 200));
	export_queue_drop(&queue);
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

static void ignore_failure(uint32_t index, uint64_t seq)
{
	(void)index;
	(void)seq;
}

START_TEST(one_exporters_wait_delays_no_other)
{
	static struct fake_exporter other;
	static struct export_queue beside;
	bool lost = false;
	set_up(answer_retry);
	memset(&beside, 0, sizeof(beside));
	fake_exporter_init(&other, "other", answer_done);
	export_queue_init(&beside, &other.component, 4, 1000, &backoff, ignore_failure);
	for (int i = 0; i < 3; i++) {
		support_spans(1, 0, 8);
		batcher_add(&batcher, span_log_take());
		struct batch *batch = batcher_next(&batcher, 1, BATCH_MAX_BYTES, 2, &lost);
		export_queue_add(&queue, batch);
		export_queue_add(&beside, batch);
		batch_unref(batch);
		step(1);
		export_queue_step(&beside, &now);
	}
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_int_eq(other.calls, 3);
	ck_assert_uint_eq(export_queue_due(&beside), UINT64_MAX);
	export_queue_drop(&queue);
	fake_exporter_fini(&other);
}
END_TEST

START_TEST(the_child_of_a_fork_does_not_inherit_the_wait)
{
	set_up(answer_retry);
	add_batch(1);
	step(0);
	for (int i = 0; i < 4; i++)
		step(wait_ms());
	struct batch *batch = batch_ref(queue.first->batch);
	export_queue_forget(&queue);
	batch_drop(batch, BATCH_SHUTDOWN);
	add_batch(1);
	step(0);
	ck_assert_int_eq(fake.calls, 6);
	ck_assert(wait_within(50, 100));
	export_queue_drop(&queue);
}
END_TEST

START_TEST(a_flush_tries_what_waits_for_a_retry_once)
{
	set_up(answer_retry);
	add_batch(1);
	add_batch(1);
	step(0);
	ck_assert_int_eq(fake.calls, 1);
	now.flush = 1;
	queue.owed_seq = queue.last_seq;
	ck_assert(export_queue_owes(&queue, 2, 1));
	step(1);
	ck_assert_int_eq(fake.calls, 3);
	ck_assert(!export_queue_owes(&queue, 2, 1));
	step(1);
	ck_assert_int_eq(fake.calls, 3);
	export_queue_drop(&queue);
}
END_TEST

START_TEST(an_unknown_outcome_is_retried_and_counted_as_ambiguous)
{
	set_up(answer_pending);
	add_batch(4);
	step(0);
	finish(OTEL_EXPORT_UNKNOWN, 1);
	step(0);
	ck_assert_uint_eq(stats.ambiguous, 4);
	step(1);
	ck_assert_int_eq(fake.calls, 2);
	finish(OTEL_EXPORT_DONE, 0);
	step(0);
	ck_assert_uint_eq(stats.accepted, 4);
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
	ck_assert(finish(OTEL_EXPORT_UNKNOWN, 0));
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
	ck_assert(!finish(OTEL_EXPORT_DONE, 0));
	ck_assert(export_op_given_up(fake.op));
	ck_assert_uint_eq(stats.dropped_shutdown, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("export_queue");
	TCase *tc = tcase_create("all");
	tcase_add_test(tc, batches_go_out_in_order_while_the_exporter_takes_them);
	tcase_add_test(tc, one_export_is_under_way_at_a_time);
	tcase_add_test(tc, a_batch_to_be_retried_waits_and_holds_the_others_back);
	tcase_add_test(tc, what_the_backend_asks_for_decides_the_wait_within_reason);
	tcase_add_test(tc, each_failure_doubles_the_wait_up_to_the_maximum);
	tcase_add_test(tc, after_a_success_the_waits_begin_anew);
	tcase_add_test(tc, what_the_backend_asked_for_once_does_not_hold_for_the_next_wait);
	tcase_add_test(tc, a_batch_whose_try_fails_after_its_time_is_given_up_and_counted_on_its_own);
	tcase_add_test(tc, the_batch_behind_one_that_was_given_up_waits_its_turn_and_has_its_own_time);
	tcase_add_test(tc, a_backend_that_asks_for_more_time_than_there_is_gets_one_more_try);
	tcase_add_test(tc, without_a_limit_a_batch_is_tried_for_ever);
	tcase_add_test(tc, flushes_during_an_outage_do_not_lengthen_the_wait);
	tcase_add_test(tc, what_is_refused_for_good_is_not_sent_again);
	tcase_add_test(tc, what_was_taken_in_part_is_not_sent_again);
	tcase_add_test(tc, one_exporters_wait_delays_no_other);
	tcase_add_test(tc, the_child_of_a_fork_does_not_inherit_the_wait);
	tcase_add_test(tc, a_flush_tries_what_waits_for_a_retry_once);
	tcase_add_test(tc, an_unknown_outcome_is_retried_and_counted_as_ambiguous);
	tcase_add_test(tc, a_refused_batch_is_dropped_and_the_next_one_tried);
	tcase_add_test(tc, an_export_that_takes_too_long_is_cancelled_once);
	tcase_add_test(tc, an_op_can_be_finished_once_only_even_long_after);
	tcase_add_test(tc, a_full_queue_refuses_new_batches);
	tcase_add_test(tc, an_empty_queue_takes_a_batch_above_its_limit);
	tcase_add_test(tc, at_exit_the_first_failure_ends_it);
	tcase_add_test(tc, nothing_begins_while_ending);
	tcase_add_test(tc, the_bytes_of_an_unfinished_export_stay_readable_after_a_drop);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	fake_exporter_fini(&fake);
	return failed != 0;
}
