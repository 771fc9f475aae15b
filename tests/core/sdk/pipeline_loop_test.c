/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_loop_test.c - spans on their way through batches and exporters, with exporters of our own.
 */
#include "sdk/pipeline.h"

#include <unistd.h>

#include "core/sdk/pipeline_support.h"
#include "sdk/span_log.h"
#include "support/suite.h"
#include "util/clock.h"

static struct fake_exporter fake;

/* ---- delivery ---- */

START_TEST(what_ended_before_a_flush_is_delivered_by_it)
{
	support_start_with(&fake, support_options(), answer_done);
	support_spans(3, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 3);
	ck_assert_int_eq(fake.calls, 1);
	support_end(&fake);
}
END_TEST

START_TEST(a_full_batch_goes_out_without_waiting_for_the_schedule)
{
	struct pipeline_options options = support_options();
	options.max_batch_size = 10;
	support_start_with(&fake, options, answer_done);
	support_spans(30, 0, 100);
	ck_assert(support_reaches(&stats.accepted, 20));
	support_end(&fake);
	ck_assert_uint_eq(stats.accepted, 30);
}
END_TEST

START_TEST(the_schedule_sends_what_is_there)
{
	struct pipeline_options options = support_options();
	options.schedule_delay_ms = 5;
	support_start_with(&fake, options, answer_done);
	support_spans(1, 0, 100);
	ck_assert(support_reaches(&stats.accepted, 1));
	support_spans(1, 0, 100);
	ck_assert(support_reaches(&stats.accepted, 2));
	support_end(&fake);
}
END_TEST

/* ---- the resource ---- */

START_TEST(exports_wait_for_detectors_and_go_on_when_they_are_through)
{
	struct pipeline_options options = support_options();
	options.schedule_delay_ms = 1;
	options.max_batch_size = 10;
	support_awaited = true;
	support_hurry = UINT64_MAX;
	support_start_with(&fake, options, answer_done);
	const int looks = support_looks;
	support_spans(25, 0, 100);
	ck_assert(support_reaches_int(&support_looks, looks + 1));
	ck_assert_int_eq(fake.calls, 0);
	support_awaited = false;
	support_spans(10, 0, 100); /* wakes it */
	ck_assert(support_reaches(&stats.accepted, 35));
	support_end(&fake);
}
END_TEST

START_TEST(a_flush_waits_for_them_for_half_of_its_time)
{
	const int ends = support_resource_ends;
	const uint64_t before = clock_mono_ms();

	support_awaited = true;
	support_hurry = UINT64_MAX; /* of the flushes before */
	support_start_with(&fake, support_options(), answer_done);
	support_spans(3, 0, 100);
	ck_assert_int_eq(pipeline_flush(0), OTEL_TIMEOUT); /* only begins: whoever asks so is in no hurry */
	ck_assert_uint_eq(support_hurry, UINT64_MAX);
	ck_assert_int_eq(pipeline_flush(600), OTEL_OK);
	ck_assert_uint_ge(clock_mono_ms(), before + 300);
	ck_assert_uint_eq(stats.accepted, 3);
	support_spans(2, 0, 100);
	ck_assert_int_ne(pipeline_stop(600), OTEL_TIMEOUT);
	ck_assert_uint_eq(stats.accepted, 5);
	ck_assert_int_gt(support_resource_ends, ends);
	support_awaited = false;
	support_hurry = UINT64_MAX;
	support_end(&fake);
}
END_TEST

static otel_export_result finish_inside(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	(void)batch;
	if (f->number++ == 0)
		pipeline_export_finish(op, OTEL_EXPORT_RETRY, 5, 0, NULL);
	else
		pipeline_export_finish(op, OTEL_EXPORT_DONE, 0, 0, NULL);
	return OTEL_EXPORT_PENDING;
}

START_TEST(a_batch_to_be_retried_is_kept_and_sent_again)
{
	support_start_with(&fake, support_options(), finish_inside);
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert(support_reaches(&stats.accepted, 2));
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(stats.export_failures, 1);
	support_end(&fake);
}
END_TEST

START_TEST(a_flush_tries_what_is_in_backoff_once_more)
{
	support_start_with(&fake, support_options(), answer_retry);
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_int_eq(fake.calls, 2);
	ck_assert_uint_eq(span_log_queued(), 2);
	fake.answer = answer_done;
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 2);
	support_end(&fake);
}
END_TEST

START_TEST(what_a_backend_refuses_is_dropped_and_the_flush_says_so)
{
	support_start_with(&fake, support_options(), answer_drop);
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_uint_eq(stats.dropped_rejected, 2);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	support_end(&fake);
}
END_TEST

START_TEST(a_full_queue_drops_new_spans_and_counts_them)
{
	struct pipeline_options options = support_options();
	options.max_queue_size = 100;
	options.max_batch_size = 10;
	support_start_with(&fake, options, answer_retry);
	support_spans(150, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_uint_eq(stats.dropped_queue_full, 50);
	ck_assert_uint_eq(span_log_queued(), 100);
	ck_assert(support_balanced());
	support_end(&fake);
	ck_assert_uint_eq(stats.dropped_shutdown, 100);
}
END_TEST

/* ---- asynchronous exporters ---- */

static void *finish_later(void *arg)
{
	usleep(2000);
	pipeline_export_finish(arg, OTEL_EXPORT_DONE, 0, 1, "half of it was bad");
	return NULL;
}

static otel_export_result finish_on_a_thread(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	pthread_t thread;
	(void)f, (void)batch;
	ck_assert_int_eq(pthread_create(&thread, NULL, finish_later, op), 0);
	pthread_detach(thread);
	return OTEL_EXPORT_PENDING;
}

START_TEST(an_export_may_be_finished_by_another_thread)
{
	support_start_with(&fake, support_options(), finish_on_a_thread);
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_uint_eq(stats.accepted, 1);
	ck_assert_uint_eq(stats.dropped_rejected, 1);
	support_end(&fake);
}
END_TEST

static otel_export_result finish_twice(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	(void)f, (void)batch;
	pipeline_export_finish(op, OTEL_EXPORT_DONE, 0, 0, NULL);
	pipeline_export_finish(op, OTEL_EXPORT_DROP, 0, 0, NULL);
	return OTEL_EXPORT_PENDING;
}

START_TEST(an_export_finished_twice_counts_once)
{
	support_start_with(&fake, support_options(), finish_twice);
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 2);
	support_end(&fake);
}
END_TEST

static void finish_cancelled(struct fake_exporter *f, otel_export_op *op)
{
	f->answer = answer_done;
	pipeline_export_finish(op, OTEL_EXPORT_UNKNOWN, 5, 0, NULL);
}

START_TEST(an_export_that_takes_too_long_is_cancelled_and_tried_again)
{
	struct pipeline_options options = support_options();
	options.export_timeout_ms = 5;
	support_start_with(&fake, options, answer_pending);
	fake.on_cancel = finish_cancelled;
	support_spans(2, 0, 100);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_FAILED);
	ck_assert_int_eq(fake.cancels, 1);
	ck_assert_uint_eq(stats.ambiguous, 2);
	ck_assert(support_reaches(&stats.accepted, 2));
	support_end(&fake);
}
END_TEST

START_TEST(a_hung_exporter_does_not_hold_up_another)
{
	static struct fake_exporter good;
	struct pipeline_options options = support_options();
	fake_exporter_init(&fake, "hung", answer_pending);
	fake_exporter_init(&good, "good", answer_done);
	options.max_queue_size = 40;
	options.max_batch_size = 10;
	support_start(&options, &fake, &good);
	for (int i = 0; i < 10; i++) {
		support_spans(10, 0, 100);
		ck_assert_int_eq(pipeline_flush(1), OTEL_TIMEOUT);
		ck_assert(support_reaches_int(&good.calls, i + 1));
	}
	ck_assert_uint_eq(good.spans, 100);
	ck_assert_int_eq(fake.calls, 1);
	ck_assert_uint_eq(stats.accepted, 0);
	fake.on_cancel = finish_cancelled;
	ck_assert_int_eq(pipeline_stop(1), OTEL_TIMEOUT);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert(support_balanced());
	fake_exporter_fini(&fake);
	fake_exporter_fini(&good);
}
END_TEST

SUITE_MAIN("pipeline loop", NULL, {what_ended_before_a_flush_is_delivered_by_it, 0},
	   {a_full_batch_goes_out_without_waiting_for_the_schedule, 0}, {the_schedule_sends_what_is_there, 0},
	   {exports_wait_for_detectors_and_go_on_when_they_are_through, 0},
	   {a_flush_waits_for_them_for_half_of_its_time, 0}, {a_batch_to_be_retried_is_kept_and_sent_again, 0},
	   {a_flush_tries_what_is_in_backoff_once_more, 0},
	   {what_a_backend_refuses_is_dropped_and_the_flush_says_so, 0},
	   {a_full_queue_drops_new_spans_and_counts_them, 0}, {an_export_may_be_finished_by_another_thread, 0},
	   {an_export_finished_twice_counts_once, 0}, {an_export_that_takes_too_long_is_cancelled_and_tried_again, 0},
	   {a_hung_exporter_does_not_hold_up_another, 0})
