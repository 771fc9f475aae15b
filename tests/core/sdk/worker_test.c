/* SPDX-License-Identifier: Apache-2.0
 *
 * worker_test.c - a thread that its host does not notice.
 */
#include "sdk/worker.h"

#include <check.h>
#include <errno.h>
#include <signal.h>

/* A host with much static TLS: a small stack would not even hold that. */
static _Thread_local volatile char host_tls[600 * 1024];

static size_t stack_size;
static int open_signals;

static void *look(void *unused)
{
	pthread_attr_t attr;
	sigset_t mask;
	void *stack;

	host_tls[sizeof(host_tls) - 1] = 1;
	pthread_getattr_np(pthread_self(), &attr);
	pthread_attr_getstack(&attr, &stack, &stack_size);
	pthread_attr_destroy(&attr);
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	for (int i = 1; i < SIGRTMIN; i++)
		if (i != SIGKILL && i != SIGSTOP && i < 32 && !sigismember(&mask, i))
			open_signals++;
	return unused;
}

START_TEST(it_starts_beside_much_static_tls_with_signals_blocked)
{
	pthread_t thread;
	sigset_t before, after;

	worker_setup();
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	errno = 5;
	ck_assert_int_eq(worker_create(&thread, look), 0);
	ck_assert_int_eq(errno, 5);
	pthread_join(thread, NULL);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	ck_assert_int_eq(open_signals, 0);
	ck_assert_uint_ge(stack_size, 256 * 1024);
	for (int i = 1; i < 32; i++)
		ck_assert_int_eq(sigismember(&before, i), sigismember(&after, i));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("worker");
	TCase *tc = tcase_create("all");
	tcase_add_test(tc, it_starts_beside_much_static_tls_with_signals_blocked);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
