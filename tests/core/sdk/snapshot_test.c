/* SPDX-License-Identifier: Apache-2.0
 *
 * snapshot_test.c - one snapshot per state of the environment.
 */
#include "sdk/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/suite.h"

static void set_up(void)
{
	unsetenv("SNAPSHOT_TEST");
}

START_TEST(an_unchanged_environment_is_not_copied_twice)
{
	const struct otel_boot *first = snapshot_take();
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_eq(snapshot_take(), first);
	setenv("SNAPSHOT_TEST", "1", 1);
	ck_assert_ptr_ne(snapshot_take(), first);
	unsetenv("SNAPSHOT_TEST");
	ck_assert_ptr_eq(snapshot_take(), first);
}
END_TEST

START_TEST(a_changed_variable_is_seen)
{
	setenv("SNAPSHOT_TEST", "1", 1);
	const struct otel_boot *one = snapshot_take();
	setenv("SNAPSHOT_TEST", "2", 1);
	const struct otel_boot *two = snapshot_take();
	ck_assert_str_eq(otel_boot_env(one, "SNAPSHOT_TEST"), "1");
	ck_assert_str_eq(otel_boot_env(two, "SNAPSHOT_TEST"), "2");
}
END_TEST

START_TEST(another_file_behind_fd_2_is_another_state)
{
	const struct otel_boot *before = snapshot_take();
	int kept = dup(2);
	int other = open("/dev/null", O_WRONLY | O_CLOEXEC);
	dup2(other, 2);
	const struct otel_boot *during = snapshot_take();
	dup2(kept, 2);
	close(kept);
	close(other);
	/* When the tests themselves write to /dev/null it is the same one. */
	ck_assert(during != before || (before->err_dev == during->err_dev && before->err_ino == during->err_ino));
	ck_assert_ptr_eq(snapshot_take(), before);
}
END_TEST

START_TEST(errno_stays_as_it_was)
{
	setenv("SNAPSHOT_TEST", "errno", 1);
	errno = 4711;
	snapshot_take();
	ck_assert_int_eq(errno, 4711);
}
END_TEST

SUITE_MAIN("snapshot", set_up, {an_unchanged_environment_is_not_copied_twice, 0}, {a_changed_variable_is_seen, 0},
	   {another_file_behind_fd_2_is_another_state, 0}, {errno_stays_as_it_was, 0})
