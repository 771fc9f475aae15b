/* SPDX-License-Identifier: Apache-2.0
 *
 * fork_test.c - the handlers around a fork, also while another thread keeps net_lock for ever.
 */
#include "api/fork.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/net_lock.h"
#include "api/slot.h"
#include "support/suite.h"

static char trail[16];
static size_t trail_len;

static void mark(char c)
{
	trail[trail_len++] = c;
	/* The contract: net_lock is held around all three. */
	if (c != 'p' && !net_lock_is_mine())
		trail[trail_len++] = '!';
	errno = E2BIG;
}

static void prepare(void)
{
	mark('p');
}

static void parent(void)
{
	mark('P');
}

static void child(void)
{
	mark('C');
}

static const struct otel_fork_hooks hooks = {sizeof(hooks), prepare, parent, child};

static void setup(void)
{
	otel_api_slot_v1()->fork_hooks = &hooks;
	otel_api_slot_v1()->arm_fork();
	otel_api_slot_v1()->arm_fork();
	trail_len = 0;
	memset(trail, 0, sizeof(trail));
}

/* Forks; the child's answer is its exit status. */
static int fork_and_ask(int (*ask)(void))
{
	int status;
	pid_t pid;

	errno = 0;
	pid = fork();
	if (!pid) {
		alarm(100);
		_exit(ask());
	}
	ck_assert_int_eq(errno, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int has_trail_pc(void)
{
	return strcmp(trail, "pC") ? 1 : net_lock(0) ? 0 : 2;
}

START_TEST(each_handler_is_called_once_with_the_lock_held)
{
	ck_assert_int_eq(fork_and_ask(has_trail_pc), 0);
	ck_assert_str_eq(trail, "pP");
	ck_assert(!net_lock_is_mine());
}
END_TEST

static int is_mine(void)
{
	return net_lock_is_mine();
}

START_TEST(a_fork_by_the_holder_leaves_it_the_holder)
{
	net_lock(-1);
	ck_assert_int_eq(fork_and_ask(is_mine), 1);
	ck_assert(net_lock_is_mine());
	net_unlock();
	ck_assert(!net_lock_is_mine());
}
END_TEST

static int lets_go_after_two(void)
{
	net_unlock();
	if (!net_lock_is_mine())
		return 1;
	net_unlock();
	return net_lock_is_mine() ? 2 : 0;
}

START_TEST(the_child_holds_it_as_deep_as_the_parent_did)
{
	net_lock(-1);
	net_lock(-1);
	ck_assert_int_eq(fork_and_ask(lets_go_after_two), 0);
	net_unlock();
	net_unlock();
	ck_assert(!net_lock_is_mine());
}
END_TEST

static atomic_bool held;
static atomic_bool let_go;

static void *hold(void *arg)
{
	net_lock(-1);
	held = true;
	while (!let_go)
		usleep(1000);
	net_unlock();
	return arg;
}

START_TEST(a_lock_kept_by_another_thread_delays_the_fork_but_does_not_stop_it)
{
	pthread_t thread;

	ck_assert(!pthread_create(&thread, NULL, hold, NULL));
	while (!held)
		usleep(1000);
	ck_assert_int_eq(fork_and_ask(has_trail_pc), 0);
	ck_assert_str_eq(trail, "pP!");
	ck_assert(!net_lock(0));
	let_go = true;
	pthread_join(thread, NULL);
	ck_assert(net_lock(0));
	net_unlock();
}
END_TEST

SUITE_MAIN("fork", setup, {each_handler_is_called_once_with_the_lock_held, 0},
	   {a_fork_by_the_holder_leaves_it_the_holder, 0}, {the_child_holds_it_as_deep_as_the_parent_did, 0},
	   {a_lock_kept_by_another_thread_delays_the_fork_but_does_not_stop_it, 0})
