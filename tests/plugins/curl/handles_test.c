/* SPDX-License-Identifier: Apache-2.0
 *
 * handles_test.c - the table of handles: bounded, and fit for many threads and for fork.
 */
#include "plugins/curl/handles.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/child.h"
#include "support/suite.h"

static void *address(uintptr_t n)
{
	return (void *)(n * 64 + 0x10000);
}

START_TEST(a_handle_is_found_until_it_is_dropped)
{
	struct handle *h = handle_add(address(1));

	ck_assert_ptr_nonnull(h);
	ck_assert_ptr_eq(handle_find(address(1)), h);
	ck_assert_ptr_null(handle_find(address(2)));
	handle_drop(address(1));
	ck_assert_ptr_null(handle_find(address(1)));
	handle_drop(address(1));
}
END_TEST

START_TEST(a_new_handle_at_an_old_address_knows_nothing)
{
	handle_add(address(1))->port = 8080;
	ck_assert_int_eq(handle_add(address(1))->port, 0);
	handle_drop(address(1));
	ck_assert_ptr_null(handle_find(address(1)));
}
END_TEST

START_TEST(a_copy_owns_its_url)
{
	struct handle *a = handle_add(address(1));
	struct handle *b = handle_add(address(2));

	a->url = strdup("http://a/");
	a->port = 81;
	handle_copy(b, a);
	handle_drop(address(1));
	ck_assert_str_eq(b->url, "http://a/");
	ck_assert_int_eq(b->port, 81);
	ck_assert_ptr_eq(b->easy, address(2));
	handle_drop(address(2));
}
END_TEST

START_TEST(a_cleared_handle_is_as_new)
{
	struct handle *h = handle_add(address(1));

	h->url = strdup("http://a/");
	h->no_body = true;
	handle_clear(h);
	ck_assert_ptr_null(h->url);
	ck_assert(!h->no_body);
	ck_assert_ptr_eq(handle_find(address(1)), h);
	handle_drop(address(1));
}
END_TEST

START_TEST(handles_past_the_limit_stay_unknown)
{
	for (uintptr_t i = 0; i < HANDLES_MAX; i++)
		ck_assert_ptr_nonnull(handle_add(address(i)));
	ck_assert_ptr_null(handle_add(address(HANDLES_MAX)));
	ck_assert_ptr_null(handle_find(address(HANDLES_MAX)));
	handle_drop(address(0));
	ck_assert_ptr_nonnull(handle_add(address(HANDLES_MAX)));
	for (uintptr_t i = 0; i <= HANDLES_MAX; i++)
		handle_drop(address(i));
}
END_TEST

static void *churn(void *arg)
{
	uintptr_t base = (uintptr_t)arg * 1000;

	for (uintptr_t i = 0; i < 20000; i++) {
		void *easy = address(base + i % 100);
		struct handle *h = handle_add(easy);

		if (!h || handle_find(easy) != h)
			return (void *)1;
		handle_drop(easy);
	}
	return NULL;
}

START_TEST(threads_do_not_see_each_others_handles)
{
	pthread_t threads[4];

	for (uintptr_t i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, churn, (void *)i), 0);
	for (int i = 0; i < 4; i++) {
		void *failed;

		pthread_join(threads[i], &failed);
		ck_assert_ptr_null(failed);
	}
}
END_TEST

#ifndef OTEL_C_SANITIZED
START_TEST(the_child_of_a_fork_can_use_the_table)
{
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, churn, (void *)1), 0);
	for (int i = 0; i < 50; i++) {
		int status;
		pid_t child = fork();

		if (child == 0) {
			alarm(100);
			child_leave(churn((void *)9) == NULL ? 0 : 1);
		}
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
	}
	pthread_join(thread, NULL);
}
END_TEST
#endif

static void setup(void)
{
	static bool done;

	if (!done)
		handles_setup();
	done = true;
}

SUITE_MAIN("plugins/curl/handles", setup, {a_handle_is_found_until_it_is_dropped, 0},
	   {a_new_handle_at_an_old_address_knows_nothing, 0}, {a_copy_owns_its_url, 0}, {a_cleared_handle_is_as_new, 0},
	   {handles_past_the_limit_stay_unknown, 0}, {threads_do_not_see_each_others_handles, 0},
#ifndef OTEL_C_SANITIZED
	   {the_child_of_a_fork_can_use_the_table, 0},
#endif
)
