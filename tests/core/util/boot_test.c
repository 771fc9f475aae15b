/* SPDX-License-Identifier: Apache-2.0
 *
 * boot_test.c - the snapshot of environment and fd 2.
 */
#include "util/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

static char *no_env[] = {NULL};

START_TEST(the_snapshot_keeps_values_the_program_changes_later)
{
	const struct otel_boot *boot;

	setenv("BOOT_A", "before", 1);
	setenv("BOOT_EMPTY", "", 1);
	boot = otel_boot_take();
	ck_assert_ptr_nonnull(boot);
	setenv("BOOT_A", "after", 1);
	unsetenv("BOOT_EMPTY");
	ck_assert_str_eq(otel_boot_env(boot, "BOOT_A"), "before");
	ck_assert_str_eq(otel_boot_env(boot, "BOOT_EMPTY"), "");
	ck_assert_ptr_null(otel_boot_env(boot, "BOOT_"));
	ck_assert_ptr_null(otel_boot_env(NULL, "BOOT_A"));
	ck_assert_uint_eq(boot->size, sizeof(*boot));
	ck_assert(!boot->secure);
	free((void *)(uintptr_t)boot);
}
END_TEST

START_TEST(the_snapshot_holds_every_variable_in_order)
{
	const struct otel_boot *boot = otel_boot_take();
	size_t count = 0;

	for (; environ[count]; count++)
		ck_assert_str_eq(boot->env[count], environ[count]);
	ck_assert_ptr_null(boot->env[count]);
	free((void *)(uintptr_t)boot);
}
END_TEST

START_TEST(fd_2_is_known_by_device_and_inode)
{
	const struct otel_boot *boot = otel_boot_take();
	struct stat st;

	ck_assert_int_eq(fstat(STDERR_FILENO, &st), 0);
	ck_assert_uint_eq(boot->err_dev, st.st_dev);
	ck_assert_uint_eq(boot->err_ino, st.st_ino);
	free((void *)(uintptr_t)boot);
}
END_TEST

START_TEST(a_closed_fd_2_has_inode_0_and_errno_stays)
{
	int keep = dup(STDERR_FILENO);
	const struct otel_boot *boot;

	close(STDERR_FILENO);
	errno = ENOTTY;
	boot = otel_boot_take();
	ck_assert_int_eq(errno, ENOTTY);
	dup2(keep, STDERR_FILENO);
	close(keep);
	ck_assert_uint_eq(boot->err_ino, 0);
	free((void *)(uintptr_t)boot);
}
END_TEST

START_TEST(an_empty_or_absent_environment_is_fine)
{
	char **saved = environ;
	const struct otel_boot *boot;

	environ = no_env;
	boot = otel_boot_take();
	environ = NULL;
	ck_assert(!otel_boot_wanted());
	environ = saved;
	ck_assert_ptr_null(boot->env[0]);
	ck_assert_ptr_null(otel_boot_env(boot, "PATH"));
	free((void *)(uintptr_t)boot);
}
END_TEST

START_TEST(a_huge_environment_is_cut_at_a_whole_variable)
{
	size_t len = (size_t)5 << 20;
	char *huge = malloc(len + 1);
	char first[] = "FIRST=1";
	char *env[] = {first, huge, NULL};
	char **saved = environ;
	const struct otel_boot *boot;

	memset(huge, 'x', len);
	huge[len] = 0;
	environ = env;
	boot = otel_boot_take();
	environ = saved;
	ck_assert_str_eq(otel_boot_env(boot, "FIRST"), "1");
	ck_assert_ptr_null(boot->env[1]);
	free((void *)(uintptr_t)boot);
	free(huge);
}
END_TEST

START_TEST(an_sdk_is_wanted_when_a_mark_is_set_and_not_empty)
{
	unsetenv("OTEL_DISTRO");
	unsetenv("OTEL_C_FLAGS");
	ck_assert(!otel_boot_wanted());
	setenv("OTEL_DISTRO", "", 1);
	setenv("OTEL_DISTROX", "aws", 1);
	ck_assert(!otel_boot_wanted());
	setenv("OTEL_DISTRO", "aws", 1);
	ck_assert(otel_boot_wanted());
	unsetenv("OTEL_DISTRO");
	setenv("OTEL_C_FLAGS", "otel-c-trace", 1);
	ck_assert(otel_boot_wanted());
	unsetenv("OTEL_C_FLAGS");
}
END_TEST

SUITE_MAIN("boot", NULL, {the_snapshot_keeps_values_the_program_changes_later, 0},
	   {the_snapshot_holds_every_variable_in_order, 0}, {fd_2_is_known_by_device_and_inode, 0},
	   {a_closed_fd_2_has_inode_0_and_errno_stays, 0}, {an_empty_or_absent_environment_is_fine, 0},
	   {a_huge_environment_is_cut_at_a_whole_variable, 0}, {an_sdk_is_wanted_when_a_mark_is_set_and_not_empty, 0})
