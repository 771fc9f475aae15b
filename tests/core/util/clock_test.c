/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_test.c - the clocks tell the time, also on threads that may not read the processor's counter.
 */
#include "util/clock.h"

#include <errno.h>
#include <pthread.h>
#include <support/suite.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_up(void)
{
	clock_setup();
}

START_TEST(the_clocks_are_the_systems)
{
	const uint64_t real = (uint64_t)time(NULL), from = clock_mono_ms();

	ck_assert_uint_ge(clock_unix_ns() / 1000000000u, real);
	ck_assert_uint_ge(clock_mono_ms(), from);
	ck_assert(!clock_by_call);
}
END_TEST

static void *read_as_libraries_do(void *unused)
{
	struct timespec t;

	(void)unused;
	clock_own_thread();
	clock_gettime(CLOCK_MONOTONIC, &t);
	return NULL;
}

/* In a child: whatever of it uses the vDSO after that is killed. */
START_TEST(a_process_that_may_not_read_the_counter_has_clocks_too)
{
#if defined(__x86_64__)
	const pid_t child = fork();
	int status;

	if (child == 0) {
		pthread_t thread;
		if (prctl(PR_SET_TSC, PR_TSC_SIGSEGV))
			_exit(0);
		clock_setup();
		if (!clock_by_call || !clock_unix_ns() || !clock_mono_ms())
			_exit(1);
		if (pthread_create(&thread, NULL, read_as_libraries_do, NULL) || pthread_join(thread, NULL))
			_exit(2);
		_exit(clock_counter_is_forbidden() ? 0 : 3);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
#else
	ck_assert(!clock_counter_is_forbidden());
#endif
}
END_TEST

START_TEST(looking_leaves_errno_alone)
{
	errno = 77;
	clock_setup();
	clock_own_thread();
	ck_assert_int_eq(errno, 77);
}
END_TEST

SUITE_MAIN("clock", set_up, {the_clocks_are_the_systems, 0},
	   {a_process_that_may_not_read_the_counter_has_clocks_too, 0}, {looking_leaves_errno_alone, 0})
