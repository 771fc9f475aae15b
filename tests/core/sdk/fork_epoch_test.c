/* SPDX-License-Identifier: Apache-2.0
 *
 * fork_epoch_test.c - the number that tells processes apart: goes up, is never 0 but in a child that nobody prepared,
 * and then recovery runs once.
 */
#include "sdk/fork_epoch.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

static int recoveries;

static void recover(void)
{
	recoveries++;
	fork_epoch_advance();
}

/* One that forgets to advance. */
static void recover_in_part(void)
{
	recoveries++;
}

/* What `run` says in a child that no handler was told of. */
static int in_bare_child(int (*run)(void))
{
	int status;
	pid_t pid = _Fork();

	if (pid == 0)
		_exit(run());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* In this order: set-up is for ever. */

START_TEST(before_set_up_there_is_a_number_already)
{
	ck_assert_uint_eq(fork_epoch(), 1);
	fork_epoch_advance();
	ck_assert_uint_eq(fork_epoch(), 2);
	fork_epoch_recover();
	ck_assert_uint_eq(fork_epoch(), 2);
}
END_TEST

START_TEST(set_up_keeps_the_number_and_errno)
{
	errno = 4711;
	fork_epoch_setup(recover);
	fork_epoch_setup(recover);
	ck_assert_int_eq(errno, 4711);
	ck_assert_uint_eq(fork_epoch(), 2);
	fork_epoch_recover();
	ck_assert_int_eq(recoveries, 0);
}
END_TEST

static int epoch_before_recovery(void)
{
	return (int)fork_epoch();
}

static int epoch_after_recovery(void)
{
	for (int i = 0; i < 3; i++)
		fork_epoch_recover();
	return recoveries == 1 ? (int)fork_epoch() : 255;
}

START_TEST(a_bare_child_finds_0_and_recovers_once_into_the_next_number)
{
	ck_assert_int_eq(in_bare_child(epoch_before_recovery), 0);
	ck_assert_int_eq(in_bare_child(epoch_after_recovery), 3);
	ck_assert_uint_eq(fork_epoch(), 2);
	ck_assert_int_eq(recoveries, 0);
}
END_TEST

static int grandchild(void)
{
	fork_epoch_recover();
	recoveries = 0;
	return in_bare_child(epoch_after_recovery);
}

START_TEST(a_child_of_such_a_child_is_noticed_too)
{
	ck_assert_int_eq(in_bare_child(grandchild), 4);
}
END_TEST

START_TEST(a_recovery_that_does_not_advance_is_helped_out)
{
	fork_epoch_setup(recover_in_part);
	ck_assert_int_eq(in_bare_child(epoch_after_recovery), 3);
	fork_epoch_setup(recover);
}
END_TEST

START_TEST(after_65535_comes_1)
{
	while (fork_epoch() != 0xffff)
		fork_epoch_advance();
	fork_epoch_advance();
	ck_assert_uint_eq(fork_epoch(), 1);
}
END_TEST

SUITE_MAIN("fork_epoch", NULL, {before_set_up_there_is_a_number_already, 0}, {set_up_keeps_the_number_and_errno, 0},
	   {a_bare_child_finds_0_and_recovers_once_into_the_next_number, 0},
	   {a_child_of_such_a_child_is_noticed_too, 0}, {a_recovery_that_does_not_advance_is_helped_out, 0},
	   {after_65535_comes_1, 0})
