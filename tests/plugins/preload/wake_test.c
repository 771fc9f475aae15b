/* SPDX-License-Identifier: Apache-2.0
 *
 * wake_test.c - the hold on the loader around forks. What is tested is private to wake.c, so that is part of this file.
 */
#include "plugins/preload/wake.c"

#include <stdlib.h>

#include "support/suite.h"

static int said;

bool preload_armed(void)
{
	return true;
}

const char *preload_dir(void)
{
	return "/nonexistent";
}

void preload_say(const char *format, ...)
{
	(void)format;
	said++;
}

static pthread_barrier_t turn;

static void *fork_slowly(void *unused)
{
	fork_prepare();
	pthread_barrier_wait(&turn);
	pthread_barrier_wait(&turn);
	fork_parent();
	return unused;
}

START_TEST(a_fork_that_did_not_get_the_hold_does_not_end_that_of_another)
{
	pthread_t other;

	pthread_barrier_init(&turn, NULL, 2);
	ck_assert_int_eq(pthread_create(&other, NULL, fork_slowly, NULL), 0);
	pthread_barrier_wait(&turn);
	fork_prepare();
	fork_parent();
	ck_assert_int_eq(pthread_mutex_trylock(&loading), EBUSY);
	pthread_barrier_wait(&turn);
	pthread_join(other, NULL);
	ck_assert_int_eq(pthread_mutex_trylock(&loading), 0);
	pthread_mutex_unlock(&loading);
}
END_TEST

START_TEST(what_a_thread_of_the_parent_began_the_child_begins_anew)
{
	struct wake wake = {.module = "none.so", .library = "none", .state = atomic_load(&process)};

	said = 0;
	wake_start(&wake);
	ck_assert_int_eq(said, 0);
	fork_prepare();
	fork_child();
	wake_start(&wake);
	ck_assert_int_eq(said, 1);
	ck_assert_int_eq(atomic_load(&wake.state), SETTLED);
	wake_start(&wake);
	ck_assert_int_eq(said, 1);
}
END_TEST

START_TEST(what_may_be_half_mapped_is_left_alone)
{
	struct wake wake = {.module = "none.so", .library = "none", .state = atomic_load(&process)};

	said = 0;
	pthread_mutex_lock(&loading);
	fork_prepare();
	fork_child();
	wake_start(&wake);
	ck_assert_int_eq(said, 0);
	ck_assert_int_eq(pthread_mutex_trylock(&loading), 0);
	pthread_mutex_unlock(&loading);
}
END_TEST

SUITE_MAIN("plugins/preload/wake", NULL, {a_fork_that_did_not_get_the_hold_does_not_end_that_of_another, 0},
	   {what_a_thread_of_the_parent_began_the_child_begins_anew, 0}, {what_may_be_half_mapped_is_left_alone, 0})
