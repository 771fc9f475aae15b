/* SPDX-License-Identifier: Apache-2.0
 *
 * export_queue_retry_test.c - what may be tried again: how long it waits, for how long it is tried, and what it holds
 * up.
 */
#include "core/sdk/export_queue_support.h"

static void set_up(queue_answer *answer)
{
	queue_renew(answer);
	queue_reset();
}

static void add_batch(uint32_t spans)
{
	queue_put(make_batch(spans, 8, 1));
}

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
	tell(OTEL_EXPORT_RETRY, 70);
	step(0);
	ck_assert_uint_eq(export_queue_due(&queue), now.now + 70);
	step(70);
	tell(OTEL_EXPORT_RETRY, UINT32_MAX);
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
	tell(OTEL_EXPORT_RETRY, 3000);
	step(0);
	ck_assert_uint_eq(wait_ms(), 3000);
	step(3000);
	tell(OTEL_EXPORT_RETRY, 0);
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
	tell(OTEL_EXPORT_RETRY, 60000);
	step(0);
	ck_assert_uint_eq(stats.dropped_retry, 0);
	step(60000);
	ck_assert_int_eq(fake.calls, 2);
	tell(OTEL_EXPORT_DONE, 0);
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

START_TEST(one_exporters_wait_delays_no_other)
{
	static struct fake_exporter other;
	static struct export_queue beside;
	set_up(answer_retry);
	queue_beside(&beside, &other, answer_done);
	for (int i = 0; i < 3; i++) {
		struct batch *batch = make_batch(1, 8, 2);
		export_queue_add(&beside, batch);
		queue_put(batch);
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
	tell(OTEL_EXPORT_UNKNOWN, 1);
	step(0);
	ck_assert_uint_eq(stats.ambiguous, 4);
	step(1);
	ck_assert_int_eq(fake.calls, 2);
	tell(OTEL_EXPORT_DONE, 0);
	step(0);
	ck_assert_uint_eq(stats.accepted, 4);
	ck_assert(support_balanced());
}
END_TEST

SUITE_MAIN("export_queue_retry", NULL, {a_batch_to_be_retried_waits_and_holds_the_others_back, 0},
	   {what_the_backend_asks_for_decides_the_wait_within_reason, 0},
	   {each_failure_doubles_the_wait_up_to_the_maximum, 0}, {after_a_success_the_waits_begin_anew, 0},
	   {what_the_backend_asked_for_once_does_not_hold_for_the_next_wait, 0},
	   {a_batch_whose_try_fails_after_its_time_is_given_up_and_counted_on_its_own, 0},
	   {the_batch_behind_one_that_was_given_up_waits_its_turn_and_has_its_own_time, 0},
	   {a_backend_that_asks_for_more_time_than_there_is_gets_one_more_try, 0},
	   {without_a_limit_a_batch_is_tried_for_ever, 0}, {flushes_during_an_outage_do_not_lengthen_the_wait, 0},
	   {one_exporters_wait_delays_no_other, 0}, {the_child_of_a_fork_does_not_inherit_the_wait, 0},
	   {a_flush_tries_what_waits_for_a_retry_once, 0}, {an_unknown_outcome_is_retried_and_counted_as_ambiguous, 0})
