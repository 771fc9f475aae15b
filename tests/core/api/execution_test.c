/* SPDX-License-Identifier: Apache-2.0
 *
 * execution_test.c - executions: each keeps what is current in it, however they take turns and on whichever thread.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <ucontext.h>

#include "api/slot.h"
#include "support/suite.h"

static const otel_context_key key = {"test"};

static otel_context *holding(const char *value)
{
	return otel_context_with_value(NULL, &key, (void *)(uintptr_t)value, NULL);
}

static const char *current(void)
{
	otel_context *context = otel_context_capture();
	const char *value = otel_context_value(context, &key);

	otel_context_unref(context);
	return value ? value : "";
}

static uint64_t misuse(void)
{
	return otel_api_slot_v1()->misuse;
}

START_TEST(an_execution_begins_with_the_context_it_was_given)
{
	otel_context *a = holding("a");
	otel_execution *execution = otel_execution_create(a);

	otel_context_unref(a);
	ck_assert_str_eq(current(), "");
	ck_assert_ptr_null(otel_execution_switch(execution));
	ck_assert_str_eq(current(), "a");
	ck_assert_ptr_eq(otel_execution_switch(NULL), execution);
	ck_assert_str_eq(current(), "");
	otel_execution_destroy(execution);
}
END_TEST

START_TEST(what_is_attached_in_one_is_current_in_no_other)
{
	otel_context *a = holding("a"), *b = holding("b"), *own = holding("own");
	otel_execution *x = otel_execution_create(NULL), *y = otel_execution_create(NULL);
	otel_token of_thread = otel_context_attach(own), of_x, of_y;
	uint64_t before = misuse();

	otel_execution_switch(x);
	of_x = otel_context_attach(a);
	otel_suppress_begin();
	otel_execution_switch(y);
	of_y = otel_context_attach(b);
	ck_assert(!otel_is_suppressed());
	ck_assert_str_eq(current(), "b");
	otel_execution_switch(x);
	ck_assert_str_eq(current(), "a");
	ck_assert(otel_is_suppressed());
	otel_suppress_end();
	otel_detach(of_x);
	ck_assert_str_eq(current(), "");
	otel_execution_switch(NULL);
	ck_assert_str_eq(current(), "own");
	otel_detach(of_thread);
	otel_execution_switch(y);
	otel_detach(of_y);
	otel_execution_switch(NULL);
	ck_assert_uint_eq(misuse(), before);
	otel_execution_destroy(x);
	otel_execution_destroy(y);
	otel_context_unref(a);
	otel_context_unref(b);
	otel_context_unref(own);
}
END_TEST

START_TEST(a_token_of_another_execution_is_counted_and_does_nothing)
{
	otel_context *a = holding("a");
	otel_execution *x = otel_execution_create(NULL);
	otel_token token;
	uint64_t before = misuse();

	otel_execution_switch(x);
	token = otel_context_attach(a);
	otel_execution_switch(NULL);
	otel_detach(token);
	ck_assert_uint_eq(misuse(), before + 1);
	otel_execution_switch(x);
	ck_assert_str_eq(current(), "a");
	otel_execution_switch(NULL);
	otel_execution_destroy(x); /* gives back what was still attached */
	otel_context_unref(a);
}
END_TEST

static void *resume(void *arg)
{
	otel_execution_switch(arg);
	ck_assert_str_eq(current(), "moved");
	ck_assert_ptr_eq(otel_execution_switch(NULL), arg);
	ck_assert_str_eq(current(), "");
	return NULL;
}

START_TEST(an_execution_may_go_on_on_another_thread)
{
	otel_context *a = holding("moved");
	otel_execution *x = otel_execution_create(NULL);
	pthread_t thread;
	otel_token token;

	otel_execution_switch(x);
	token = otel_context_attach(a);
	otel_execution_switch(NULL);
	ck_assert_int_eq(pthread_create(&thread, NULL, resume, x), 0);
	pthread_join(thread, NULL);
	otel_execution_switch(x);
	otel_detach(token);
	ck_assert_str_eq(current(), "");
	otel_execution_switch(NULL);
	otel_execution_destroy(x);
	otel_context_unref(a);
}
END_TEST

static void *try_to_run(void *arg)
{
	ck_assert_ptr_null(otel_execution_switch(arg));
	ck_assert_str_eq(current(), "");
	return NULL;
}

START_TEST(one_that_runs_is_neither_run_twice_nor_destroyed)
{
	otel_execution *x = otel_execution_create(NULL);
	uint64_t before = misuse();
	pthread_t thread;

	otel_execution_switch(x);
	ck_assert_int_eq(pthread_create(&thread, NULL, try_to_run, x), 0);
	pthread_join(thread, NULL);
	otel_execution_destroy(x);
	ck_assert_uint_eq(misuse(), before + 2);
	otel_execution_switch(NULL);
	otel_execution_destroy(x);
}
END_TEST

static void *end_inside(void *arg)
{
	otel_context *a = holding("left");

	otel_execution_switch(arg);
	otel_context_attach(a);
	otel_context_unref(a);
	return NULL;
}

START_TEST(a_thread_that_ends_puts_aside_what_it_runs)
{
	otel_execution *x = otel_execution_create(NULL);
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, end_inside, x), 0);
	pthread_join(thread, NULL);
	ck_assert_ptr_null(otel_execution_switch(x));
	ck_assert_str_eq(current(), "left");
	otel_execution_switch(NULL);
	otel_execution_destroy(x);
}
END_TEST

/* ---- threads and callbacks ---- */

static void *see(void *arg)
{
	(void)arg;
	return (void *)(uintptr_t)current();
}

static void *leave(void *arg)
{
	(void)arg;
	pthread_exit((void *)(uintptr_t)current());
}

START_TEST(a_thread_begins_with_its_creators_context)
{
	otel_context *a = holding("creator");
	otel_token token = otel_context_attach(a);
	pthread_t threads[2];
	void *seen;

	otel_context_unref(a);
	ck_assert_int_eq(otel_thread_create(&threads[0], NULL, see, NULL), 0);
	ck_assert_int_eq(otel_thread_create(&threads[1], NULL, leave, NULL), 0);
	otel_detach(token);
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], &seen);
		ck_assert_str_eq(seen, "creator");
	}
	ck_assert_int_eq(otel_thread_create(&threads[0], NULL, see, NULL), 0);
	pthread_join(threads[0], &seen);
	ck_assert_str_eq(seen, "");
}
END_TEST

static char heard[16];

static void hear(void *arg)
{
	strcpy(arg, current());
}

START_TEST(a_callback_runs_where_it_was_made)
{
	otel_context *a = holding("made");
	otel_token token = otel_context_attach(a);
	otel_callback callback = otel_callback_make(hear, heard);

	otel_context_unref(a);
	otel_detach(token);
	for (int i = 0; i < 2; i++) {
		*heard = 0;
		otel_callback_run(&callback);
		ck_assert_str_eq(heard, "made");
	}
	otel_callback_fini(&callback);
	strcpy(heard, "x");
	otel_callback_run(&callback);
	ck_assert_str_eq(heard, "x");
}
END_TEST

SUITE_MAIN("execution", NULL, {an_execution_begins_with_the_context_it_was_given, 0},
	   {what_is_attached_in_one_is_current_in_no_other, 0},
	   {a_token_of_another_execution_is_counted_and_does_nothing, 0}, {an_execution_may_go_on_on_another_thread, 0},
	   {one_that_runs_is_neither_run_twice_nor_destroyed, 0}, {a_thread_that_ends_puts_aside_what_it_runs, 0},
	   {a_thread_begins_with_its_creators_context, 0}, {a_callback_runs_where_it_was_made, 0})
