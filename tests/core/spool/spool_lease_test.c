/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_lease_test.c - a lease lasts as long as its owner, and no longer.
 */
#include "spool/spool_lease.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "support/child.h"
#include "support/suite.h"

static struct spool_lease lease;
static int dir;

static void take(void)
{
	dir = spool_test_open();
	ck_assert_ptr_null(spool_lease_take(&lease, dir));
}

static void end(void)
{
	spool_lease_end(&lease, dir);
	close(dir);
}

START_TEST(it_is_alive_while_it_is_held)
{
	take();
	ck_assert_uint_ne(lease.owner, 0);
	ck_assert(spool_lease_holds(&lease));
	ck_assert(!spool_lease_is_dead(dir, lease.owner));
	ck_assert_int_ge(lease.fd, 64);
	ck_assert(fcntl(lease.fd, F_GETFD) & FD_CLOEXEC);
	const uint64_t owner = lease.owner;
	spool_lease_end(&lease, dir);
	ck_assert(spool_lease_is_dead(dir, owner));
	ck_assert(!spool_lease_holds(&lease));
	ck_assert_uint_eq(spool_test_count(".lease"), 0);
	close(dir);
}
END_TEST

START_TEST(two_of_one_process_are_two)
{
	struct spool_lease other;

	take();
	ck_assert_ptr_null(spool_lease_take(&other, dir));
	ck_assert_uint_ne(other.owner, lease.owner);
	ck_assert(!spool_lease_is_dead(dir, other.owner));
	ck_assert(!spool_lease_is_dead(dir, lease.owner));
	spool_lease_end(&other, dir);
	ck_assert(!spool_lease_is_dead(dir, lease.owner));
	end();
}
END_TEST

static int owner_pipe[2];

static void take_and_tell(void)
{
	take();
	ck_assert_int_eq(write(owner_pipe[1], &lease.owner, sizeof lease.owner), sizeof lease.owner);
}

START_TEST(who_is_killed_holds_nothing)
{
	uint64_t owner;

	ck_assert_int_eq(pipe2(owner_pipe, O_CLOEXEC), 0);
	spool_test_in_killed_child(take_and_tell);
	ck_assert_int_eq(read(owner_pipe[0], &owner, sizeof owner), sizeof owner);
	dir = spool_test_open();
	ck_assert_uint_eq(spool_test_count(".lease"), 1);
	ck_assert(spool_lease_is_dead(dir, owner));
	ck_assert(spool_lease_is_dead(dir, owner + 1));
	close(dir);
	close(owner_pipe[0]);
	close(owner_pipe[1]);
}
END_TEST

START_TEST(a_child_that_forgets_it_does_not_end_it)
{
	int status;

	take();
	const pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		const bool was_alive = !spool_lease_is_dead(dir, lease.owner);
		const uint64_t owner = lease.owner;
		spool_lease_forget(&lease);
		child_leave(was_alive && !spool_lease_is_dead(dir, owner) ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert(!spool_lease_is_dead(dir, lease.owner));
	ck_assert(spool_lease_holds(&lease));
	end();
}
END_TEST

START_TEST(a_child_that_forgot_it_does_not_keep_it)
{
	int ready[2], go[2], status;
	char c = 'x';

	ck_assert_int_eq(pipe2(ready, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(go, O_CLOEXEC), 0);
	take();
	const uint64_t owner = lease.owner;
	const pid_t pid = fork();
	if (pid == 0) {
		spool_lease_forget(&lease);
		ssize_t n = write(ready[1], &c, 1);
		n = read(go[0], &c, 1);
		child_leave(n == 1 ? 0 : 1);
	}
	ck_assert_int_eq(read(ready[0], &c, 1), 1);
	close(lease.fd); /* as the death of this process would */
	ck_assert(spool_lease_is_dead(dir, owner));
	ck_assert_int_eq(write(go[1], &c, 1), 1);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	close(dir);
}
END_TEST

START_TEST(it_is_noticed_when_the_program_closes_it)
{
	int other;

	take();
	close(lease.fd);
	ck_assert(!spool_lease_holds(&lease));
	other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(fcntl(other, F_DUPFD_CLOEXEC, lease.fd), lease.fd);
	ck_assert(!spool_lease_holds(&lease));
	const int number = lease.fd;
	spool_lease_end(&lease, dir);
	ck_assert_int_ge(fcntl(number, F_GETFD), 0); /* not ours to close */
	close(number);
	close(other);
	close(dir);
}
END_TEST

START_TEST(it_is_noticed_when_its_file_is_removed)
{
	char name[SPOOL_FILE_NAME_MAX];

	take();
	spool_name_write(&(struct spool_name){.state = SPOOL_LEASE, .owner = lease.owner}, name);
	ck_assert_int_eq(unlinkat(dir, name, 0), 0);
	ck_assert(!spool_lease_holds(&lease));
	end();
}
END_TEST

START_TEST(where_nothing_can_be_written_there_is_none)
{
	if (geteuid() == 0)
		return; /* may write everywhere */
	dir = spool_test_open();
	fchmod(dir, 0500);
	ck_assert_str_eq(spool_lease_take(&lease, dir), "Permission denied");
	ck_assert(!spool_lease_holds(&lease));
	close(dir);
}
END_TEST

SUITE_MAIN("spool_lease", spool_test_begin, {it_is_alive_while_it_is_held, 0}, {two_of_one_process_are_two, 0},
	   {who_is_killed_holds_nothing, 0}, {a_child_that_forgets_it_does_not_end_it, 0},
	   {a_child_that_forgot_it_does_not_keep_it, 0}, {it_is_noticed_when_the_program_closes_it, 0},
	   {it_is_noticed_when_its_file_is_removed, 0}, {where_nothing_can_be_written_there_is_none, 0})
