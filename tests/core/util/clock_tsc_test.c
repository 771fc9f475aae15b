/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_tsc_test.c - spans' times by the counter, where this machine has one: the system's time, whatever happens.
 */
#include "util/clock_tsc.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <support/suite.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct timespec nap = {0, 10000000};
static struct clock_anchor anchor;

static bool is_on(void)
{
	return clock_tsc_reach != 0;
}

/* Between two readings of the system's clock, give or take the slack; that clock may be set meanwhile. */
static bool is_the_systems_time(struct clock_anchor *own, uint64_t slack_ns)
{
	for (int i = 0; i < 100; i++) {
		const uint64_t from = clock_unix_ns(), now = clock_span_ns(own), to = clock_unix_ns();
		if (now + slack_ns >= from && now <= to + slack_ns)
			return true;
	}
	return false;
}

/* As the pipeline thread does, until the counter is measured. */
static bool measure(void)
{
	for (int i = 0; i < 500 && !is_on(); i++) {
		clock_tsc_measure(clock_mono_ms());
		nanosleep(&nap, NULL);
	}
	return is_on();
}

static bool switch_on(void)
{
	if (clock_tsc_obstacle())
		return false;
	clock_tsc_begin();
	ck_assert(measure());
	return true;
}

static void set_up(void)
{
	clock_tsc_end();
	anchor = (struct clock_anchor){0};
}

START_TEST(unasked_the_system_tells_the_time)
{
	clock_tsc_measure(clock_mono_ms());
	ck_assert(!is_on());
	ck_assert_uint_eq(clock_tsc_due(), UINT64_MAX);
	ck_assert(is_the_systems_time(&anchor, 0));
}
END_TEST

START_TEST(it_counts_only_when_it_is_measured)
{
	if (clock_tsc_obstacle())
		return;
	clock_tsc_begin();
	ck_assert(!is_on());
	ck_assert_uint_eq(clock_tsc_due(), 0);
	clock_tsc_measure(clock_mono_ms());
	ck_assert(!is_on());
	ck_assert(is_the_systems_time(&anchor, 0));
}
END_TEST

START_TEST(measured_it_tells_the_systems_time)
{
	if (!switch_on())
		return;
	for (int i = 0; i < 100; i++) {
		ck_assert(is_the_systems_time(&anchor, 20000));
		nanosleep(&(struct timespec){0, 100000}, NULL);
	}
	ck_assert_uint_eq(clock_tsc_due(), UINT64_MAX); /* nobody is woken for it any more */
	clock_tsc_measure(clock_mono_ms() + 1000);
	ck_assert(is_the_systems_time(&anchor, 20000));
	clock_tsc_end();
	ck_assert(!is_on());
	ck_assert(is_the_systems_time(&anchor, 0));
}
END_TEST

/* A reading is followed for a millisecond: one that is false shows how long. */
START_TEST(a_reading_is_good_for_a_millisecond)
{
	if (!switch_on())
		return;
	clock_span_ns(&anchor);
	anchor.real_ns -= 3600000000000;
	nanosleep(&(struct timespec){0, 1500000}, NULL);
	ck_assert(is_the_systems_time(&anchor, 0));
}
END_TEST

START_TEST(a_clock_that_was_set_is_noticed_and_the_counter_measured_anew)
{
	if (!switch_on())
		return;
	clock_span_ns(&anchor);
	for (int i = 0; i < 100 && is_on(); i++) { /* once more if a reading was interrupted */
		anchor.real_ns -= 3600000000000;
		nanosleep(&(struct timespec){0, 1500000}, NULL);
		clock_span_ns(&anchor);
	}
	ck_assert(!is_on());
	ck_assert(is_the_systems_time(&anchor, 0));
	ck_assert(measure());
	ck_assert(is_the_systems_time(&anchor, 20000));
}
END_TEST

START_TEST(a_counter_of_another_pace_is_noticed_and_measured_anew)
{
	if (!switch_on())
		return;
	const uint64_t scale = clock_tsc_scale;
	clock_tsc_scale = scale / 2;
	clock_tsc_measure(clock_mono_ms() + 1000);
	ck_assert(!is_on());
	ck_assert(measure());
	ck_assert_uint_lt(clock_tsc_scale > scale ? clock_tsc_scale - scale : scale - clock_tsc_scale, scale / 100);
}
END_TEST

START_TEST(asking_leaves_errno_alone)
{
	errno = 77;
	clock_tsc_obstacle();
	clock_tsc_begin();
	ck_assert_int_eq(errno, 77);
}
END_TEST

/* A process of its own: it would not survive a look at the counter. */
START_TEST(who_may_not_read_the_counter_is_told_and_lives)
{
#if defined(__x86_64__)
	const pid_t child = fork();
	int status;

	if (child == 0) {
		if (prctl(PR_SET_TSC, PR_TSC_SIGSEGV))
			_exit(0);
		clock_setup();
		const char *why = clock_tsc_obstacle();
		clock_tsc_begin();
		clock_tsc_measure(clock_mono_ms());
		_exit(why && strstr(why, "PR_TSC_SIGSEGV") && clock_tsc_due() == UINT64_MAX && clock_span_ns(&anchor)
			      ? 0
			      : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
#else
	ck_assert_ptr_nonnull(clock_tsc_obstacle());
#endif
}
END_TEST

/* ---- read while it is measured and switched ---- */

static atomic_bool over;
static atomic_bool wrong;

static void *read_on(void *unused)
{
	struct clock_anchor own = {0};

	(void)unused;
	while (!over)
		if (!is_the_systems_time(&own, 1000000))
			wrong = true;
	return NULL;
}

START_TEST(readers_do_not_mind_what_is_done_to_it)
{
	pthread_t thread;

	if (!switch_on())
		return;
	over = wrong = false;
	ck_assert_int_eq(pthread_create(&thread, NULL, read_on, NULL), 0);
	for (uint64_t i = 1; i < 3000; i++) {
		clock_tsc_measure(clock_mono_ms() + i * 2000);
		if (i % 100 == 0)
			clock_tsc_begin();
	}
	over = true;
	pthread_join(thread, NULL);
	ck_assert(!wrong);
}
END_TEST

SUITE_MAIN("clock_tsc", set_up, {unasked_the_system_tells_the_time, 0}, {it_counts_only_when_it_is_measured, 0},
	   {measured_it_tells_the_systems_time, 0}, {a_reading_is_good_for_a_millisecond, 0},
	   {a_clock_that_was_set_is_noticed_and_the_counter_measured_anew, 0},
	   {a_counter_of_another_pace_is_noticed_and_measured_anew, 0}, {asking_leaves_errno_alone, 0},
	   {who_may_not_read_the_counter_is_told_and_lives, 0}, {readers_do_not_mind_what_is_done_to_it, 0})
