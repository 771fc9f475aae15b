/* SPDX-License-Identifier: Apache-2.0
 *
 * slots_test.c - copies of the API in the list: once each, the first one in front, also when they come at the same
 * time.
 */
#include "sdk/slots.h"

#include <errno.h>
#include <pthread.h>

#include "sdk/fork.h"
#include "support/suite.h"

enum { THREADS = 8, ROUNDS = 50 };

static int armed;

static void arm(void)
{
	armed++;
}

static struct otel_thread *own_thread(void)
{
	static _Thread_local struct otel_thread thread;
	return &thread;
}

static struct otel_thread *other_thread(void)
{
	return NULL;
}

#define SLOT(thread_of)                                                                                                \
	{                                                                                                              \
		.size = sizeof(struct otel_slot), .thread = thread_of, .arm_fork = arm                                 \
	}
static struct otel_slot first = SLOT(own_thread), second = SLOT(other_thread), old = SLOT(other_thread);
static const struct otel_provider provider = {.size = sizeof provider};

/* In this order: the list only grows. */

START_TEST(at_first_there_is_none)
{
	ck_assert_ptr_null(slots_first());
	ck_assert_uint_eq(slots_misuse(), 0);
	slots_publish(&provider);
}
END_TEST

START_TEST(the_first_copy_gets_the_fork_handlers_and_keeps_its_own_current)
{
	errno = 4711;
	ck_assert(slots_add(&first));
	ck_assert_int_eq(errno, 4711);
	ck_assert_ptr_eq(slots_first(), &first);
	ck_assert_ptr_eq(atomic_load(&first.fork_hooks), &fork_hooks);
	ck_assert_ptr_null(atomic_load(&first.shared_thread));
	ck_assert_int_eq(armed, 1);
}
END_TEST

START_TEST(later_copies_get_the_current_of_the_first_and_no_handlers)
{
	ck_assert(slots_add(&second));
	ck_assert_ptr_eq(slots_first(), &first);
	ck_assert(atomic_load(&second.shared_thread) == own_thread);
	ck_assert_ptr_null(atomic_load(&second.fork_hooks));
	ck_assert_int_eq(armed, 1);
}
END_TEST

START_TEST(a_copy_that_comes_again_is_there_once)
{
	ck_assert(slots_add(&first));
	ck_assert(slots_add(&second));
	ck_assert_int_eq(armed, 1);
	atomic_store(&first.misuse, 3);
	atomic_store(&second.misuse, 4);
	ck_assert_uint_eq(slots_misuse(), 7);
}
END_TEST

START_TEST(what_an_older_copy_does_not_have_is_not_read)
{
	old.size = offsetof(struct otel_slot, misuse);
	atomic_store(&old.misuse, 100);
	ck_assert(slots_add(&old));
	ck_assert_uint_eq(slots_misuse(), 7);
}
END_TEST

START_TEST(what_copies_left_out_is_counted_likewise)
{
	ck_assert_uint_eq(slots_left_out(), 0);
	atomic_store(&first.dropped, 5);
	atomic_store(&second.dropped, 6);
	atomic_store(&old.dropped, 100);
	ck_assert_uint_eq(slots_left_out(), 11);
}
END_TEST

START_TEST(all_copies_get_the_provider)
{
	slots_publish(&provider);
	ck_assert_ptr_eq(atomic_load(&first.provider), &provider);
	ck_assert_ptr_eq(atomic_load(&second.provider), &provider);
	ck_assert_ptr_eq(atomic_load(&old.provider), &provider);
}
END_TEST

static struct otel_slot crowd[ROUNDS];
static pthread_barrier_t barrier;

static void *add_all(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_barrier_wait(&barrier);
		if (!slots_add(&crowd[i]))
			return &barrier;
	}
	return unused;
}

START_TEST(one_that_many_threads_bring_at_once_is_there_once)
{
	const uint64_t before = slots_misuse();
	pthread_t threads[THREADS];

	for (int i = 0; i < ROUNDS; i++) {
		crowd[i] = (struct otel_slot)SLOT(other_thread);
		atomic_store(&crowd[i].misuse, 1);
	}
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, add_all, NULL), 0);
	for (int i = 0; i < THREADS; i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		ck_assert_ptr_null(failed);
	}
	ck_assert_uint_eq(slots_misuse() - before, ROUNDS);
	pthread_barrier_destroy(&barrier);
}
END_TEST

SUITE_MAIN("slots", NULL, {at_first_there_is_none, 0},
	   {the_first_copy_gets_the_fork_handlers_and_keeps_its_own_current, 0},
	   {later_copies_get_the_current_of_the_first_and_no_handlers, 0}, {a_copy_that_comes_again_is_there_once, 0},
	   {what_an_older_copy_does_not_have_is_not_read, 0}, {what_copies_left_out_is_counted_likewise, 0},
	   {all_copies_get_the_provider, 0}, {one_that_many_threads_bring_at_once_is_there_once, 0})
