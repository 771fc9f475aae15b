/* SPDX-License-Identifier: Apache-2.0
 *
 * left_test.c - requests that are left in other ways than by returning: the span ends, is not current any more, and the
 * program's headers are its own again.
 */
#include <pthread.h>
#include <setjmp.h>

#include "plugins/curl/fake_api.h"
#include "plugins/curl/fake_curl.h"
#include "plugins/curl/thrower.h"
#include "support/suite.h"

static const otel_header injected[] = {{"traceparent", "00-aa-bb-01"}, {NULL, NULL}};
static struct curl_slist own = {(char *)"x-mine: 1", NULL};
static void *easy;

static void setup(void)
{
	fake_api_reset();
	fake_curl_reset();
	fake_api.injected = injected;
	easy = fake_calls()->init(&fake_real);
	fake_calls()->setopt(&fake_real, easy, CURLOPT_URL, (void *)"http://h/");
	fake_calls()->setopt(&fake_real, easy, CURLOPT_HTTPHEADER, &own);
}

static int perform(void)
{
	return fake_calls()->perform(&fake_real, easy);
}

static void expect_left(void)
{
	ck_assert_int_eq(fake_api.started, 1);
	ck_assert_int_eq(fake_api.span.ended, 1);
	ck_assert(!fake_api.span.current);
}

START_TEST(an_exception_ends_the_request)
{
	fake_curl.during = throw_inside;
	ck_assert(catch_around(perform));
	expect_left();
	ck_assert_int_eq(fake_api.span.status, OTEL_STATUS_UNSET);
	ck_assert_ptr_eq(fake_curl.headers, &own);
}
END_TEST

START_TEST(requests_after_an_exception_are_traced)
{
	fake_curl.during = throw_inside;
	for (int i = 1; i <= 3; i++) {
		ck_assert(catch_around(perform));
		ck_assert_int_eq(fake_api.started, i);
	}
}
END_TEST

static void *perform_on_a_thread(void *unused)
{
	perform();
	return unused;
}

static void run_thread(void)
{
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, perform_on_a_thread, NULL), 0);
	pthread_join(thread, NULL);
}

static void exit_inside(void *handle)
{
	(void)handle;
	pthread_exit(NULL);
}

START_TEST(the_end_of_the_thread_ends_the_request)
{
	fake_curl.during = exit_inside;
	run_thread();
	expect_left();
	ck_assert_ptr_eq(fake_curl.headers, &own);
}
END_TEST

static void cancel_inside(void *handle)
{
	(void)handle;
	pthread_cancel(pthread_self());
	pthread_testcancel();
}

START_TEST(a_cancelled_thread_ends_the_request)
{
	fake_curl.during = cancel_inside;
	run_thread();
	expect_left();
	ck_assert_ptr_eq(fake_curl.headers, &own);
}
END_TEST

static jmp_buf back;

static void jump_out(void *handle)
{
	(void)handle;
	longjmp(back, 1);
}

static void leave_by_jump(void)
{
	fake_curl.during = jump_out;
	if (!setjmp(back))
		perform();
	fake_curl.during = NULL;
	ck_assert_int_eq(fake_api.span.ended, 0);
}

START_TEST(after_a_jump_the_next_request_is_not_its_child)
{
	leave_by_jump();
	fake_calls()->init(&fake_real);
	expect_left();
	perform();
	ck_assert_int_eq(fake_api.started, 2);
	ck_assert_int_eq(fake_api.span.ended, 1);
	ck_assert_str_eq(strchr(fake_curl.sent, '\n') + 1, "x-mine: 1\ntraceparent: 00-aa-bb-01\nx-mine: 1\n");
	ck_assert_ptr_eq(fake_curl.headers, &own);
}
END_TEST

START_TEST(after_a_jump_the_same_call_again_is_traced)
{
	for (volatile int i = 1; i <= 3; i++) {
		leave_by_jump();
		ck_assert_int_eq(fake_api.started, i);
	}
	perform();
	ck_assert_int_eq(fake_api.started, 4);
	ck_assert(!fake_api.span.current);
}
END_TEST

START_TEST(after_a_jump_the_cleanup_ends_the_request)
{
	leave_by_jump();
	fake_calls()->cleanup(&fake_real, easy);
	expect_left();
}
END_TEST

START_TEST(after_a_jump_a_reset_ends_the_request)
{
	leave_by_jump();
	fake_calls()->reset(&fake_real, easy);
	expect_left();
	ck_assert_ptr_null(fake_curl.headers);
}
END_TEST

static void *jump_and_go(void *unused)
{
	leave_by_jump();
	return unused;
}

START_TEST(after_a_jump_the_end_of_the_thread_ends_the_request)
{
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, jump_and_go, NULL), 0);
	pthread_join(thread, NULL);
	ck_assert_int_eq(fake_api.span.ended, 1);
}
END_TEST

static void perform_inside(void *handle)
{
	void *other = fake_calls()->init(&fake_real);

	(void)handle;
	fake_curl.during = NULL;
	fake_calls()->setopt(&fake_real, other, CURLOPT_URL, (void *)"http://other/");
	fake_calls()->perform(&fake_real, other);
	fake_calls()->cleanup(&fake_real, other);
	ck_assert(fake_api.span.current);
}

START_TEST(a_request_from_within_a_request_belongs_to_it)
{
	fake_curl.during = perform_inside;
	perform();
	ck_assert_int_eq(fake_curl.performs, 2);
	expect_left();
}
END_TEST

SUITE_MAIN("plugins/curl/left", setup, {an_exception_ends_the_request, 0}, {requests_after_an_exception_are_traced, 0},
	   {the_end_of_the_thread_ends_the_request, 0}, {a_cancelled_thread_ends_the_request, 0},
	   {after_a_jump_the_next_request_is_not_its_child, 0}, {after_a_jump_the_same_call_again_is_traced, 0},
	   {after_a_jump_the_cleanup_ends_the_request, 0}, {after_a_jump_a_reset_ends_the_request, 0},
	   {after_a_jump_the_end_of_the_thread_ends_the_request, 0}, {a_request_from_within_a_request_belongs_to_it, 0})
