/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_poll_test.c - a pipeline without a thread: what is done by whoever polls, when it wants to be called again,
 * and who is kept out.
 */
#include "sdk/pipeline_poll.h"

#include <errno.h>

#include "core/sdk/pipeline_support.h"
#include "support/suite.h"
#include "util/clock.h"

enum { HOUR_MS = 3600000, TRANSFER_MS = 10 };

static struct fake_exporter fake;

static struct pipeline_options options_without_thread(void)
{
	struct pipeline_options options = support_options();

	options.worker = WORKER_NONE;
	options.max_batch_size = 10;
	return options;
}

static void start(otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *))
{
	support_start_with(&fake, options_without_thread(), answer);
}

START_TEST(where_nothing_polls_there_is_nothing_to_poll)
{
	ck_assert_uint_eq(pipeline_poll(0), UINT32_MAX);
	support_start_with(&fake, support_options(), answer_done);
	ck_assert_uint_eq(pipeline_poll(0), UINT32_MAX); /* a thread does it */
	support_end(&fake);
	start(answer_done);
	ck_assert_uint_ne(pipeline_poll(0), UINT32_MAX);
	support_end(&fake);
	ck_assert_uint_eq(pipeline_poll(0), UINT32_MAX);
}
END_TEST

START_TEST(a_full_batch_is_exported_on_the_callers_thread_and_a_part_waits)
{
	start(answer_done);
	support_spans(9, 0, 100);
	const uint32_t rest = pipeline_poll(0);
	ck_assert_int_eq(fake.calls, 0);
	ck_assert_uint_le(rest, HOUR_MS);
	ck_assert_uint_gt(rest, HOUR_MS / 2);
	support_spans(1, 0, 100);
	pipeline_poll(0);
	ck_assert_uint_eq(fake.spans, 10);
	ck_assert_uint_eq(stats.accepted, 10);
	support_end(&fake);
}
END_TEST

START_TEST(what_is_due_by_schedule_goes_with_the_next_poll)
{
	struct pipeline_options options = options_without_thread();

	options.schedule_delay_ms = 0;
	support_start_with(&fake, options, answer_done);
	support_spans(1, 0, 100);
	pipeline_poll(0);
	ck_assert_uint_eq(fake.spans, 1);
	support_end(&fake);
}
END_TEST

START_TEST(a_transfer_under_way_is_looked_after_soon)
{
	start(answer_pending);
	support_spans(10, 0, 100);
	ck_assert_uint_le(pipeline_poll(0), TRANSFER_MS);
	ck_assert_int_eq(fake.calls, 1);
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	ck_assert_uint_gt(pipeline_poll(0), TRANSFER_MS);
	ck_assert_uint_eq(stats.accepted, 10);
	support_end(&fake);
}
END_TEST

START_TEST(a_poll_that_may_wait_waits_no_longer)
{
	start(answer_pending);
	support_spans(10, 0, 100);
	const uint64_t began = clock_mono_ms();
	pipeline_poll(30);
	ck_assert_uint_ge(clock_mono_ms() - began, 30);
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	pipeline_poll(0);
	support_end(&fake);
}
END_TEST

START_TEST(flush_and_stop_do_the_work_themselves)
{
	start(answer_done);
	support_spans(3, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 3);
	support_spans(4, 0, 100);
	ck_assert_int_eq(pipeline_stop(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 7);
	fake_exporter_fini(&fake);
}
END_TEST

START_TEST(a_flush_whose_time_is_up_says_so)
{
	start(answer_pending);
	support_spans(1, 0, 100);
	ck_assert_int_eq(pipeline_flush(20), OTEL_TIMEOUT);
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	support_end(&fake);
}
END_TEST

static struct {
	uint32_t poll, suppressed;
	otel_status flush, stop;
	bool self, rounds;
} inside;

static otel_export_result ask_from_inside(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	(void)f, (void)batch, (void)op;
	inside.poll = pipeline_poll(1000);
	inside.flush = pipeline_flush(1000);
	inside.stop = pipeline_stop(1000);
	inside.self = pipeline_is_self();
	inside.rounds = poll_until(clock_mono_ms() + 1000, NULL, NULL);
	inside.suppressed = support_slot.thread()->suppressed;
	errno = 77;
	return OTEL_EXPORT_DONE;
}

START_TEST(callbacks_run_as_on_the_pipeline_thread_and_cannot_wait_for_themselves)
{
	start(ask_from_inside);
	support_spans(10, 0, 100);
	errno = 4711;
	pipeline_poll(0);
	ck_assert_int_eq(errno, 4711);
	ck_assert_uint_eq(inside.poll, TRANSFER_MS);
	ck_assert_int_eq(inside.flush, OTEL_FAILED);
	ck_assert_int_eq(inside.stop, OTEL_FAILED);
	ck_assert(inside.self && !inside.rounds);
	ck_assert_uint_eq(inside.suppressed, 1);
	ck_assert(!pipeline_is_self());
	ck_assert_uint_eq(support_slot.thread()->suppressed, 0);
	ck_assert_uint_eq(support_slot.thread()->waking, 0);
	support_end(&fake);
}
END_TEST

static _Atomic uint32_t polled_beside;

static void *poll_beside(void *unused)
{
	polled_beside = pipeline_poll(0);
	return unused;
}

static otel_export_result let_another_poll(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	pthread_t thread;
	(void)f, (void)batch, (void)op;
	pthread_create(&thread, NULL, poll_beside, NULL);
	pthread_join(thread, NULL);
	return OTEL_EXPORT_DONE;
}

START_TEST(one_thread_at_a_time_does_the_work_and_others_are_sent_away)
{
	start(let_another_poll);
	support_spans(10, 0, 100);
	pipeline_poll(0);
	ck_assert_uint_eq(polled_beside, TRANSFER_MS);
	ck_assert_int_eq(fake.calls, 1);
	support_end(&fake);
}
END_TEST

enum { POLLERS = 4, SPANS_EACH = 500 };

static void *produce_and_poll(void *unused)
{
	for (int i = 0; i < SPANS_EACH / 10; i++) {
		support_spans(10, 0, 50);
		pipeline_poll(0);
	}
	return unused;
}

START_TEST(threads_that_all_poll_lose_nothing)
{
	pthread_t threads[POLLERS];
	struct pipeline_options options = options_without_thread();

	options.max_queue_size = POLLERS * SPANS_EACH;
	support_start_with(&fake, options, answer_done);
	for (int i = 0; i < POLLERS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, produce_and_poll, NULL), 0);
	for (int i = 0; i < POLLERS; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, POLLERS * SPANS_EACH);
	support_end(&fake);
}
END_TEST

SUITE_MAIN("pipeline_poll", NULL, {where_nothing_polls_there_is_nothing_to_poll, 0},
	   {a_full_batch_is_exported_on_the_callers_thread_and_a_part_waits, 0},
	   {what_is_due_by_schedule_goes_with_the_next_poll, 0}, {a_transfer_under_way_is_looked_after_soon, 0},
	   {a_poll_that_may_wait_waits_no_longer, 0}, {flush_and_stop_do_the_work_themselves, 0},
	   {a_flush_whose_time_is_up_says_so, 0},
	   {callbacks_run_as_on_the_pipeline_thread_and_cannot_wait_for_themselves, 0},
	   {one_thread_at_a_time_does_the_work_and_others_are_sent_away, 0}, {threads_that_all_poll_lose_nothing, 0})
