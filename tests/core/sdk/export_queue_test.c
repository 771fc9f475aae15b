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
	export_queue_init(&queue, &fake.component, 3, 1000, on_failure);
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
	ck_assert_uint_eq(export_queue_due(&queue), now.now + EXPORT_RETRY_MS);
	step(EXPORT_RETRY_MS - 1);
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
