/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_test.c - one "current" for all copies of the API, once an SDK has joined them.
 */
#include "api/thread.h"

#include <dlfcn.h>
#include <pthread.h>

#include "support/suite.h"

static struct otel_thread others = {.size = sizeof(struct otel_thread)};

static struct otel_thread *thread_of_another_copy(void)
{
	return &others;
}

START_TEST(a_copy_uses_its_own_block_until_it_is_told_of_a_shared_one)
{
	struct otel_slot *slot = otel_api_slot_v1();
	otel_token token;

	ck_assert_ptr_eq(thread_current(), slot->thread());
	slot->shared_thread = thread_of_another_copy;
	ck_assert_ptr_eq(thread_current(), &others);
	ck_assert_ptr_ne(slot->thread(), &others);
	token = otel_span_attach((otel_span){(uint64_t)7 << 56 | 1});
	ck_assert_uint_eq(others.span, (uint64_t)7 << 56 | 1);
	ck_assert_uint_eq(slot->thread()->span, 0);
	otel_detach(token);
	slot->shared_thread = NULL;
}
END_TEST

START_TEST(the_block_says_how_large_it_is)
{
	ck_assert_uint_eq(thread_own()->size, sizeof(struct otel_thread));
}
END_TEST

static void *attach_in_a_library_and_close_it(void *arg)
{
	void *library = dlopen(CLOSED_LIBRARY, RTLD_NOW | RTLD_LOCAL);
	void (*attach)(void) = NULL;

	(void)arg;
	ck_assert_msg(library != NULL, "%s", dlerror());
	*(void **)&attach = dlsym(library, "attach_and_detach");
	attach();
	dlclose(library);
	return NULL;
}

START_TEST(a_thread_outlives_a_library_in_which_it_attached_something)
{
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, attach_in_a_library_and_close_it, NULL), 0);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

SUITE_MAIN("thread", NULL, {a_thread_outlives_a_library_in_which_it_attached_something, 0},
	   {a_copy_uses_its_own_block_until_it_is_told_of_a_shared_one, 0}, {the_block_says_how_large_it_is, 0})
