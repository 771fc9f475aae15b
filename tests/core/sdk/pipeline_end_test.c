/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_end_test.c - how a pipeline ends: when it is stopped, and with its process.
 */
#include "sdk/pipeline.h"

#include <unistd.h>

#include "core/sdk/pipeline_support.h"
#include "sdk/pipeline_state.h"
#include "support/child.h"
#include "support/suite.h"
#include "util/clock.h"

static struct fake_exporter fake;

/* ---- stop ---- */

START_TEST(stop_delivers_and_a_new_start_works)
{
	for (int i = 0; i < 3; i++) {
		support_start_with(&fake, support_options(), answer_done);
		support_spans(5, 0, 100);
		ck_assert_int_eq(pipeline_stop(10000), OTEL_OK);
		ck_assert_uint_eq(stats.accepted, 5);
		ck_assert_int_eq(pipeline_stop(10000), OTEL_OK);
		ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
		fake_exporter_fini(&fake);
	}
}
END_TEST

START_TEST(stop_without_exporters_is_quiet)
{
	struct pipeline_options options = support_options();
	support_start(&options, NULL, NULL);
	support_spans(5, 0, 100);
	ck_assert_int_eq(pipeline_stop(10000), OTEL_OK);
	ck_assert(support_balanced());
}
END_TEST

START_TEST(stop_is_bounded_when_an_export_never_finishes)
{
	support_start_with(&fake, support_options(), answer_pending);
	support_spans(3, 0, 100);
	ck_assert_int_eq(pipeline_flush(5), OTEL_TIMEOUT);
	ck_assert(support_reaches_int(&fake.calls, 1));
	support_spans(4, 0, 100);
	ck_assert_int_eq(pipeline_stop(50), OTEL_TIMEOUT);
	ck_assert_int_eq(fake.cancels, 1);
	ck_assert_uint_eq(stats.dropped_shutdown, 7);
	ck_assert(support_balanced());
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	ck_assert_uint_eq(stats.accepted, 0);
	fake_exporter_fini(&fake);
}
END_TEST

static _Atomic bool release_exporter;

static otel_export_result block(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	(void)f, (void)batch, (void)op;
	while (!release_exporter)
		usleep(1000);
	return OTEL_EXPORT_DONE;
}

START_TEST(stop_leaves_a_thread_alone_that_an_exporter_blocks)
{
	struct pipeline_options options = support_options();
	support_start_with(&fake, options, block);
	support_spans(1, 0, 100);
	ck_assert_int_eq(pipeline_flush(0), OTEL_TIMEOUT);
	ck_assert(support_reaches_int(&fake.calls, 1));
	ck_assert_int_eq(pipeline_stop(20), OTEL_TIMEOUT);
	ck_assert_int_eq(pipeline_setup(&options, NULL, 0), OTEL_FAILED);
	release_exporter = true;
	ck_assert(support_reaches(&stats.accepted, 1));
	while (pipeline_setup(&options, NULL, 0) == OTEL_FAILED)
		usleep(1000);
	ck_assert_int_eq(pipeline_stop(1000), OTEL_OK);
	fake_exporter_fini(&fake);
}
END_TEST

/* ---- exit: in processes of their own, for it is final ---- */

static bool exit_with_a_refusing_backend(void)
{
	support_start_with(&fake, support_options(), answer_retry);
	support_spans(700, 0, 100);
	pipeline_exit(3600000);
	pipeline_exit(3600000);
	return fake.calls <= 2 && stats.dropped_shutdown == 700;
}

START_TEST(exit_gives_up_at_once_when_the_backend_refuses)
{
	ck_assert(in_child(exit_with_a_refusing_backend));
}
END_TEST

static void *try_net_lock(void *arg)
{
	*(bool *)arg = support_slot.net_lock(10);
	return NULL;
}

static bool exit_with_a_silent_backend(void)
{
	bool had = true;
	pthread_t thread;
	support_start_with(&fake, support_options(), answer_pending);
	support_spans(1, 0, 100);
	const uint64_t began = clock_mono_ms();
	pipeline_exit(50);
	const uint64_t took = clock_mono_ms() - began;
	pthread_create(&thread, NULL, try_net_lock, &had);
	pthread_join(thread, NULL);
	/* Our thread is left alone when it does not come to its end in time: then it counts later. */
	return took >= 50 && support_reaches(&stats.dropped_shutdown, 1) && stats.dropped_shutdown == 1 && !had;
}

START_TEST(exit_is_bounded_and_keeps_the_net_lock)
{
	ck_assert(in_child(exit_with_a_silent_backend));
}
END_TEST

/* As when a signal handler calls exit() on top of whoever holds it. */
static bool exit_on_top_of_the_lock(void)
{
	support_start_with(&fake, support_options(), answer_done);
	support_spans(1, 0, 100);
	if (pipeline_flush(10000) != OTEL_OK)
		return false;
	alarm(100);
	pipeline_lock();
	pipeline_exit(50);
	return true;
}

START_TEST(exit_does_not_wait_for_its_own_thread)
{
	ck_assert(in_child(exit_on_top_of_the_lock));
}
END_TEST

static bool end_on_top_of_a_start(void)
{
	support_start_with(&fake, support_options(), answer_done);
	alarm(100);
	atomic_store(&pl.state, PIPELINE_STARTING);
	if (pipeline_stop(50) != OTEL_TIMEOUT)
		return false;
	pipeline_exit(50);
	return true;
}

START_TEST(a_thread_that_never_starts_holds_up_nobody)
{
	ck_assert(in_child(end_on_top_of_a_start));
}
END_TEST

SUITE_MAIN("pipeline_end", NULL, {exit_gives_up_at_once_when_the_backend_refuses, 0},
	   {exit_is_bounded_and_keeps_the_net_lock, 0}, {exit_does_not_wait_for_its_own_thread, 0},
	   {a_thread_that_never_starts_holds_up_nobody, 0}, {stop_delivers_and_a_new_start_works, 0},
	   {stop_without_exporters_is_quiet, 0}, {stop_is_bounded_when_an_export_never_finishes, 0},
	   {stop_leaves_a_thread_alone_that_an_exporter_blocks, 0})
