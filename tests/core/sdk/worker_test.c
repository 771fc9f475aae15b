/* SPDX-License-Identifier: Apache-2.0
 *
 * worker_test.c - a thread that its host does not notice.
 */
#include "sdk/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

/* A host with much static TLS: a small stack would not even hold that. */
static _Thread_local volatile char host_tls[600 * 1024];

static bool is_fault(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL || number == SIGTRAP ||
	       number == SIGSYS;
}

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
	for (int i = 1; i < 32; i++)
		if (i != SIGKILL && i != SIGSTOP && !is_fault(i) && !sigismember(&mask, i))
			open_signals++;
	return unused;
}

START_TEST(it_starts_beside_much_static_tls_with_signals_closed)
{
	pthread_t thread;
	sigset_t before, after;

	worker_setup();
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	errno = 5;
	ck_assert_int_eq(worker_create(&thread, look, NULL), 0);
	ck_assert_int_eq(errno, 5);
	pthread_join(thread, NULL);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	ck_assert_int_eq(open_signals, 0);
	ck_assert_uint_ge(stack_size, 256 * 1024);
	for (int i = 1; i < 32; i++)
		ck_assert_int_eq(sigismember(&before, i), sigismember(&after, i));
}
END_TEST

/* ---- faults, each in a process of its own ---- */

static void handler(int number)
{
	_exit(100 + number);
}

__attribute__((no_sanitize("undefined", "address", "thread"))) static void *fault(void *unused)
{
	*(volatile int *)unused = 1;
	return unused;
}

static void *give_up(void *unused)
{
	abort();
	return unused;
}

static int status_of(int number, void *(*run)(void *))
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		pthread_t thread;

		signal(number, handler);
		worker_setup();
		worker_create(&thread, run, NULL);
		pthread_join(thread, NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(the_hosts_crash_handler_sees_its_faults)
{
	ck_assert_int_eq(status_of(SIGSEGV, fault), 100 + SIGSEGV);
	ck_assert_int_eq(status_of(SIGABRT, give_up), 100 + SIGABRT);
}
END_TEST

/* ---- signals to the process ---- */

static _Atomic int landed_here, landed_elsewhere;
static pthread_t worker;
static _Atomic bool is_over;
static _Atomic unsigned rounds;

static void note(int number)
{
	(void)number;
	if (pthread_equal(pthread_self(), worker))
		landed_here++;
	else
		landed_elsewhere++;
}

static void *wait_for_the_end(void *unused)
{
	for (; !is_over; rounds++)
		usleep(1000);
	return unused;
}

/* The kernel takes the first thread that is open for it: also while main is, as watchdogs expect, not. */
START_TEST(signals_to_the_process_never_land_there)
{
	sigset_t all, before;
	int sent = 0;

	worker_setup();
	sigfillset(&all);
	for (int i = 1; i < 32; i++)
		if (i != SIGKILL && i != SIGSTOP && !is_fault(i))
			signal(i, note);
	ck_assert_int_eq(worker_create(&worker, wait_for_the_end, NULL), 0);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	for (int i = 1; i < 32; i++)
		if (i != SIGKILL && i != SIGSTOP && !is_fault(i)) {
			kill(getpid(), i);
			sent++;
		}
	for (const unsigned sent_at = rounds; rounds < sent_at + 2;)
		usleep(1000); /* what is there for the thread, it has then */
	ck_assert_int_eq(landed_here, 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	ck_assert_int_eq(landed_here, 0);
	ck_assert_int_gt(landed_elsewhere, 0);
	ck_assert_int_le(landed_elsewhere, sent);
	is_over = true;
	pthread_join(worker, NULL);
}
END_TEST

static void *count_faults(void *unused)
{
	sigset_t mask;

	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	for (int i = 1; i < 32; i++)
		if (is_fault(i) && !sigismember(&mask, i))
			open_signals++;
	return unused;
}

/* It may read them from a signalfd: then they must not find a thread that takes them. */
START_TEST(faults_that_the_host_blocks_are_blocked_there_too)
{
	sigset_t all, before;
	pthread_t thread;

	open_signals = 0;
	worker_setup();
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	ck_assert_int_eq(worker_create(&thread, count_faults, NULL), 0);
	pthread_join(thread, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	ck_assert_int_eq(open_signals, 0);
}
END_TEST

SUITE_MAIN("worker", NULL, {it_starts_beside_much_static_tls_with_signals_closed, 0},
	   {the_hosts_crash_handler_sees_its_faults, 0}, {signals_to_the_process_never_land_there, 0},
	   {faults_that_the_host_blocks_are_blocked_there_too, 0})
