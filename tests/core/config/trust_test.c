/* SPDX-License-Identifier: Apache-2.0
 *
 * trust_test.c - which files may steer us.
 */
#include "scratch.h"

#include <errno.h>

#include "config/config.h"
#include "support/suite.h"

static const char *path;
static const char *expected; /* in the sentence; NULL = trusted, "" = no such file */

/* 0 when config_open_trusted() does what is expected. */
static int check(void)
{
	const char *why = "unset";
	int fd;
	bool as_expected;

	errno = ENOTTY;
	fd = config_open_trusted(path, &why);
	if (errno != ENOTTY)
		return 2;
	if (!expected)
		as_expected = fd >= 0 && !why && fcntl(fd, F_GETFD) == FD_CLOEXEC;
	else if (!*expected)
		as_expected = fd < 0 && !why;
	else
		as_expected = fd < 0 && why && strstr(why, expected);
	if (!as_expected)
		fprintf(stderr, "%s: fd %d, %s\n", path, fd, why ? why : "no sentence");
	if (fd >= 0)
		close(fd);
	return as_expected ? 0 : 1;
}

static void expect(const char *what)
{
	expected = what;
	ck_assert_int_eq(check(), 0);
}

static void expect_as_nobody(const char *what)
{
	expected = what;
	ck_assert_int_eq(as_nobody(check), 0);
}

START_TEST(our_own_file_is_trusted)
{
	path = scratch_file("own.ini", "x", 0644);
	expect(NULL);
	path = scratch_file("private.ini", "x", 0600);
	expect(NULL);
}
END_TEST

START_TEST(a_missing_file_has_no_sentence)
{
	path = scratch_path("missing.ini");
	expect("");
	path = scratch_file("file", "x", 0644);
	path = scratch_path("file/below");
	expect("");
}
END_TEST

START_TEST(a_file_everybody_may_write_is_refused)
{
	path = scratch_file("world.ini", "x", 0646);
	expect("everybody may write");
}
END_TEST

START_TEST(a_group_may_write_only_if_it_is_the_owners_own)
{
	path = scratch_file("group.ini", "x", 0664);
	expect(NULL); /* root's primary group is root */
	ck_assert_int_eq(chown(path, 0, 12), 0);
	expect("a group may write");
	/* An owner no passwd file knows. */
	ck_assert_int_eq(chown(path, 4242424, 4242424), 0);
	ck_assert_int_eq(chmod(path, 0664), 0);
	expect("owner");
	ck_assert_int_eq(chown(path, NOBODY, NOBODY), 0);
	expect_as_nobody(NULL);
	ck_assert_int_eq(chown(path, NOBODY, 0), 0);
	expect_as_nobody("a group may write");
}
END_TEST

START_TEST(roots_file_is_trusted_by_everybody)
{
	path = scratch_file("root.ini", "x", 0644);
	expect_as_nobody(NULL);
}
END_TEST

START_TEST(a_strangers_file_is_refused)
{
	path = scratch_file("stranger.ini", "x", 0644);
	ck_assert_int_eq(chown(path, 4242424, 0), 0);
	expect("its owner is neither root");
	expect_as_nobody("its owner is neither root");
}
END_TEST

START_TEST(an_unreadable_file_is_refused_with_the_reason)
{
	path = scratch_file("unreadable.ini", "x", 0600);
	expect_as_nobody("may not read it");
}
END_TEST

START_TEST(only_regular_files_are_read_and_none_holds_us)
{
	path = scratch_dir;
	expect("not a regular file");
	path = "/dev/null";
	expect("not a regular file");
	path = scratch_path("fifo");
	ck_assert_int_eq(mkfifo(path, 0644), 0);
	expect("not a regular file");
	unlink(path);
}
END_TEST

START_TEST(a_link_is_judged_by_what_it_points_to)
{
	char target[128];

	snprintf(target, sizeof(target), "%s", scratch_file("target.ini", "x", 0644));
	path = scratch_path("link.ini");
	ck_assert_int_eq(symlink(target, path), 0);
	expect(NULL);
	ck_assert_int_eq(chmod(target, 0666), 0);
	expect("everybody may write");
	unlink(path);
	ck_assert_int_eq(symlink(path, path), 0);
	expect("too many symbolic links");
	unlink(path);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{our_own_file_is_trusted, 0},
		{a_missing_file_has_no_sentence, 0},
		{a_file_everybody_may_write_is_refused, 0},
		{only_regular_files_are_read_and_none_holds_us, 0},
		{a_link_is_judged_by_what_it_points_to, 0},
		/* These give files away, which needs root. */
		{a_group_may_write_only_if_it_is_the_owners_own, 0},
		{roots_file_is_trusted_by_everybody, 0},
		{a_strangers_file_is_refused, 0},
		{an_unreadable_file_is_refused_with_the_reason, 0},
	};
	const size_t left_out = geteuid() ? 4 : 0;

	if (left_out)
		printf("%zu cases that give files away are left out: they need root\n", left_out);
	return suite_main_with("trust", entries, sizeof entries / sizeof *entries - left_out, scratch_begin,
			       scratch_end);
}
