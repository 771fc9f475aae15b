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

static bool is_on(void)
{
	return !(clock_tsc_version & 1);
}

/* Between two readings of the system's clock, give or take the slack; that clock may be set meanwhile. */
static bool is_the_systems_time(uint64_t slack_ns)
{
	for (int i = 0; i < 100; i++) {
		const uint64_t from = clock_unix_ns(), now = clock_span_ns(), to = clock_unix_ns();
		if (now + slack_ns >= from && now <= to + slack_ns)
			return true;
	}
	return false;
}

/* As the pipeline thread does, until there is a line. */
static bool calibrate(void)
{
	const struct timespec nap = {0, 10000000};

	if (clock_tsc_begin())
		return false;
	for (int i = 0; i < 500 && !is_on(); i++) {
		clock_tsc_align(clock_mono_ms());
		nanosleep(&nap, NULL);
	}
	ck_assert(is_on());
	return true;
}

static void set_up(void)
{
	clock_tsc_end();
}

START_TEST(unasked_the_system_tells_the_time)
{
	clock_tsc_align(clock_mono_ms());
	ck_assert(!is_on());
	ck_assert_uint_eq(clock_tsc_due(), UINT64_MAX);
	ck_assert(is_the_systems_time(0));
}
END_TEST

START_TEST(it_counts_only_when_it_is_calibrated)
{
	if (clock_tsc_begin())
		return;
	ck_assert(!is_on());
	ck_assert_uint_eq(clock_tsc_due(), 0);
	clock_tsc_align(clock_mono_ms());
	ck_assert(!is_on());
	ck_assert(is_the_systems_time(0));
}
END_TEST

START_TEST(calibrated_it_tells_the_systems_time)
{
	if (!calibrate())
		return;
	ck_assert(is_the_systems_time(50000));
	clock_tsc_align(clock_mono_ms() + 1000);
	ck_assert(is_the_systems_time(50000));
	clock_tsc_end();
	ck_assert(!is_on());
	ck_assert(is_the_systems_time(0));
}
END_TEST

START_TEST(one_that_is_not_aligned_any_more_is_the_systems)
{
	const struct timespec pause = {2, 200000000};

	if (!calibrate())
		return;
	nanosleep(&pause, NULL);
	ck_assert(is_the_systems_time(0));
}
END_TEST

START_TEST(beginning_leaves_errno_alone)
{
	errno = 77;
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
		const char *why = clock_tsc_begin();
		_exit(why && strstr(why, "PR_TSC_SIGSEGV") && clock_tsc_due() == UINT64_MAX && clock_span_ns() &&
				      clock_mono_ms()
			      ? 0
			      : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
#else
	ck_assert_ptr_nonnull(clock_tsc_begin());
#endif
}
END_TEST

/* ---- read while it is aligned ---- */

static atomic_bool over;
static atomic_bool wrong;

static void *read_on(void *unused)
{
	(void)unused;
	while (!over)
		if (!is_the_systems_time(1000000))
			wrong = true;
	return NULL;
}

START_TEST(readers_never_see_half_a_line)
{
	pthread_t thread;

	if (!calibrate())
		return;
	over = wrong = false;
	ck_assert_int_eq(pthread_create(&thread, NULL, read_on, NULL), 0);
	/* An alignment a moment after another measures badly, but shows a whole line or none. */
	for (uint64_t i = 1; i < 3000; i++)
		clock_tsc_align(clock_mono_ms() + i * 2000);
	over = true;
	pthread_join(thread, NULL);
	ck_assert(!wrong);
}
END_TEST

SUITE_MAIN("clock_tsc", set_up, {unasked_the_system_tells_the_time, 0}, {it_counts_only_when_it_is_calibrated, 0},
	   {calibrated_it_tells_the_systems_time, 0}, {one_that_is_not_aligned_any_more_is_the_systems, 0},
	   {beginning_leaves_errno_alone, 0}, {who_may_not_read_the_counter_is_told_and_lives, 0},
	   {readers_never_see_half_a_line, 0})
