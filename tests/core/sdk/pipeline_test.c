/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_test.c - its thread, flush and fork, with exporters of our own.
 */
#include "sdk/pipeline.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/sdk/pipeline_support.h"
#include "sdk/pipeline_state.h"
#include "sdk/span_log.h"
#include "support/child.h"
#include "support/suite.h"

static struct fake_exporter fake;

/* ---- the thread ---- */

static otel_export_result look_around(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	char name[32] = "";
	sigset_t mask;
	(void)batch, (void)op;
	pthread_getname_np(pthread_self(), name, sizeof(name));
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	f->number = strcmp(name, "otel-pipeline") == 0 && sigismember(&mask, SIGTERM) && sigismember(&mask, SIGPIPE) &&
		    support_slot.thread()->suppressed && pipeline_is_self() && pipeline_flush(1000) == OTEL_FAILED &&
		    pipeline_stop(1000) == OTEL_FAILED;
	return OTEL_EXPORT_DONE;
}

START_TEST(exporters_run_on_a_quiet_thread_that_cannot_wait_for_itself)
{
	sigset_t before, after;
	support_start_with(&fake, support_options(), look_around);
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	errno = 77;
	support_spans(1, 0, 100);
	ck_assert_int_eq(errno, 77);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_int_eq(fake.number, 1);
	ck_assert_int_eq(sigismember(&before, SIGTERM), sigismember(&after, SIGTERM));
	ck_assert(!pipeline_is_self());
	support_end(&fake);
}
END_TEST

/* Threads of ours, by name: others come and go (detached ones, the sanitizers'). */
static int pipeline_threads(void)
{
	char path[300], name[32];
	int n = 0;
	DIR *dir = opendir("/proc/self/task");
	for (struct dirent *entry; (entry = readdir(dir));) {
		snprintf(path, sizeof(path), "/proc/self/task/%s/comm", entry->d_name);
		FILE *f = fopen(path, "r");
		if (f && fgets(name, sizeof(name), f))
			n += strcmp(name, "otel-pipeline\n") == 0;
		if (f)
			fclose(f);
	}
	closedir(dir);
	return n;
}

/* A joined thread may be listed a moment longer, and a new one is named by itself. */
static bool pipeline_threads_become(int n)
{
	for (int i = 0; i < 10000; i++, usleep(1000))
		if (pipeline_threads() == n)
			return true;
	return false;
}

START_TEST(there_is_no_thread_before_the_first_span_and_none_after_stop)
{
	ck_assert(pipeline_threads_become(0));
	support_start_with(&fake, support_options(), answer_done);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_int_eq(pipeline_threads(), 0);
	support_spans(1, 0, 100);
	ck_assert(pipeline_threads_become(1));
	support_end(&fake);
	ck_assert(pipeline_threads_become(0));
}
END_TEST

/* ---- flush ---- */

START_TEST(a_flush_that_may_not_wait_only_begins)
{
	support_start_with(&fake, support_options(), answer_done);
	support_spans(1, 0, 100);
	ck_assert_int_ne(pipeline_flush(0), OTEL_FAILED); /* the thread may be quicker than the call */
	ck_assert(support_reaches(&stats.accepted, 1));
	support_end(&fake);
}
END_TEST

START_TEST(a_flush_waits_no_longer_than_it_may)
{
	support_start_with(&fake, support_options(), answer_pending);
	support_spans(1, 0, 100);
	ck_assert_int_eq(pipeline_flush(20), OTEL_TIMEOUT);
	ck_assert(support_reaches_int(&fake.calls, 1));
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	support_end(&fake);
}
END_TEST

static bool flush_on_top_of_the_lock(void)
{
	support_start_with(&fake, support_options(), answer_done);
	support_spans(1, 0, 100);
	alarm(100);
	pipeline_lock();
	return pipeline_flush(50) == OTEL_TIMEOUT;
}

START_TEST(a_flush_does_not_wait_for_its_own_thread)
{
	ck_assert(in_child(flush_on_top_of_the_lock));
}
END_TEST

/* ---- many threads ---- */

enum { PRODUCERS = 4, SPANS_EACH = 2000 };

static void *produce(void *unused)
{
	(void)unused;
	for (int i = 0; i < SPANS_EACH / 10; i++) {
		support_spans(10, 0, 50);
		if (i % 50 == 0)
			ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	}
	return NULL;
}

START_TEST(threads_may_end_spans_and_flush_at_the_same_time)
{
	pthread_t threads[PRODUCERS];
	struct pipeline_options options = support_options();
	options.max_queue_size = PRODUCERS * SPANS_EACH;
	options.schedule_delay_ms = 1;
	support_start_with(&fake, options, answer_done);
	for (int i = 0; i < PRODUCERS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, produce, NULL), 0);
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, PRODUCERS * SPANS_EACH);
	support_end(&fake);
}
END_TEST

/* ---- fork: the sanitizers do not survive forks of threaded programs ---- */

#if !SANITIZED
static void hooks_around_fork_prepare(void)
{
	support_slot.net_lock(100);
	pipeline_fork_prepare();
	span_log_fork_prepare();
}

static void hooks_parent(void)
{
	span_log_fork_parent();
	pipeline_fork_parent();
	support_slot.net_unlock();
}

static void hooks_child(void)
{
	pipeline_fork_child();
	span_log_fork_child();
	stats_reset();
	support_net_lock_renew();
}

static bool child_works(void)
{
	fake.calls = 0;
	fake.spans = 0;
	if (pipeline_flush(10000) != OTEL_OK || fake.calls != 0)
		return false; /* nothing of its own yet */
	fake.answer = answer_done;
	support_spans(7, 0, 100);
	if (pipeline_flush(10000) != OTEL_OK || fake.spans != 7 || stats.accepted != 7 || !support_balanced())
		return false;
	return pipeline_stop(10000) == OTEL_OK;
}

static bool fork_once(void)
{
	int status;
	hooks_around_fork_prepare();
	pid_t pid = fork();
	if (pid == 0) {
		alarm(100);
		hooks_child();
		child_leave(child_works() ? 0 : 1);
	}
	hooks_parent();
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

START_TEST(a_forked_child_delivers_its_own_spans_and_none_of_its_parents)
{
	support_start_with(&fake, support_options(), answer_pending);
	support_spans(3, 0, 100);
	ck_assert_int_eq(pipeline_flush(5), OTEL_TIMEOUT);
	support_spans(2, 0, 100);
	ck_assert(fork_once());
	fake.answer = answer_done;
	pipeline_export_finish(fake.op, OTEL_EXPORT_DONE, 0, 0, NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, 5);
	support_end(&fake);
}
END_TEST

START_TEST(forks_in_the_middle_of_work_lose_nothing)
{
	pthread_t threads[PRODUCERS];
	struct pipeline_options options = support_options();
	options.max_queue_size = PRODUCERS * SPANS_EACH;
	options.max_batch_size = 7;
	options.schedule_delay_ms = 1;
	support_start_with(&fake, options, answer_done);
	for (int i = 0; i < PRODUCERS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, produce, NULL), 0);
	for (int i = 0; i < 100; i++)
		ck_assert(fork_once());
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_eq(pipeline_flush(10000), OTEL_OK);
	ck_assert_uint_eq(stats.accepted, PRODUCERS * SPANS_EACH);
	support_end(&fake);
}
END_TEST
#endif

int main(void)
{
	const struct suite_entry entries[] = {
		{a_flush_does_not_wait_for_its_own_thread, 0},
		{exporters_run_on_a_quiet_thread_that_cannot_wait_for_itself, 0},
		{there_is_no_thread_before_the_first_span_and_none_after_stop, 0},
		{a_flush_that_may_not_wait_only_begins, 0},
		{a_flush_waits_no_longer_than_it_may, 0},
		{threads_may_end_spans_and_flush_at_the_same_time, 0},
#if !SANITIZED
		{a_forked_child_delivers_its_own_spans_and_none_of_its_parents, 0},
		{forks_in_the_middle_of_work_lose_nothing, 0},
#endif
	};

	return suite_main("pipeline", entries, sizeof entries / sizeof *entries, NULL);
}
