/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_dir_test.c - whom a directory and its files have to belong to.
 */
#include "spool/spool_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "support/suite.h"

static char path[2 * PATH_MAX];

static const char *in_dir(const char *name)
{
	snprintf(path, sizeof path, "%s/%s", spool_test_dir, name);
	return path;
}

/* Why not; "" if it can be opened. */
static const char *refusal(const char *directory, bool create)
{
	const char *why;
	const int dir = spool_dir_open(directory, create, &why);

	if (dir < 0)
		return why ? why : "it does not exist";
	close(dir);
	return "";
}

START_TEST(it_is_made_for_its_owner_alone)
{
	struct stat st;

	ck_assert_str_eq(refusal(in_dir("new"), false), "it does not exist");
	ck_assert_str_eq(refusal(in_dir("new"), true), "");
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0700);
	rmdir(path);
	ck_assert_str_eq(refusal(in_dir("no/where"), true), "the directory that it shall lie in does not exist");
}
END_TEST

START_TEST(one_that_others_may_enter_is_refused)
{
	static const mode_t modes[] = {0701, 0710, 0707, 0770, 0755};

	chmod(spool_test_dir, modes[_i]);
	ck_assert_str_eq(refusal(spool_test_dir, true), "others may enter it; allowed: mode 0700");
	chmod(spool_test_dir, 0700);
	ck_assert_str_eq(refusal(spool_test_dir, true), "");
}
END_TEST

START_TEST(so_are_links_and_files)
{
	ck_assert_int_eq(symlink(spool_test_dir, in_dir("link")), 0);
	ck_assert_str_eq(refusal(path, true), "it is not a directory, and links are not followed");
	close(open(in_dir("file"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	ck_assert_str_eq(refusal(path, true), "it is not a directory, and links are not followed");
}
END_TEST

START_TEST(one_of_another_user_is_refused)
{
	if (geteuid() != 0)
		return; /* nothing can be given away */
	ck_assert_int_eq(chown(spool_test_dir, 65534, 65534), 0);
	ck_assert_str_eq(refusal(spool_test_dir, true), "it does not belong to this user");
	ck_assert_int_eq(chown(spool_test_dir, 0, 0), 0);
}
END_TEST

static const char *file_refusal(const char *name)
{
	const char *why;
	off_t size;
	const int dir = spool_test_open(), fd = spool_dir_open_file(dir, name, &size, &why);

	close(dir);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? why : "";
}

START_TEST(files_are_held_to_the_same)
{
	close(open(in_dir("file"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	ck_assert_str_eq(file_refusal("file"), "");
	chmod(path, 0640);
	ck_assert_str_eq(file_refusal("file"), "others may use it; allowed: mode 0600");
	chmod(path, 0602);
	ck_assert_str_eq(file_refusal("file"), "others may use it; allowed: mode 0600");
	chmod(path, 0600);
	if (geteuid() == 0) {
		ck_assert_int_eq(chown(path, 65534, 65534), 0);
		ck_assert_str_eq(file_refusal("file"), "it does not belong to this user");
		ck_assert_int_eq(chown(path, 0, 0), 0);
	}
	ck_assert_int_eq(symlink("file", in_dir("link")), 0);
	ck_assert_str_eq(file_refusal("link"), "it is a symbolic link");
	char other[sizeof path];
	snprintf(other, sizeof other, "%s", in_dir("other"));
	ck_assert_int_eq(link(in_dir("file"), other), 0);
	ck_assert_str_eq(file_refusal("file"), "it has more names than one");
	ck_assert_int_eq(mkfifo(in_dir("fifo"), 0600), 0);
	ck_assert_str_eq(file_refusal("fifo"), "it is not a regular file");
}
END_TEST

static bool count(void *arg, const char *name)
{
	unsigned *n = arg;

	ck_assert_int_ne(name[0], '.');
	return ++*n < 2;
}

START_TEST(hidden_names_are_passed_over_and_a_walk_can_be_ended)
{
	const int dir = spool_test_open();
	unsigned n = 0;

	for (const char *const *name = (const char *const[]){"a", "b", "c", ".d", NULL}; *name; name++)
		close(open(in_dir(*name), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	ck_assert(spool_dir_each(dir, count, &n));
	ck_assert_uint_eq(n, 2);
	close(dir);
}
END_TEST

START_TEST(it_can_be_marked_again_and_again)
{
	const int dir = spool_test_open();

	spool_dir_mark(dir);
	spool_dir_mark(dir);
	close(dir);
	ck_assert_str_eq(file_refusal(SPOOL_MARKER), "");
}
END_TEST

SUITE_MAIN("spool_dir", spool_test_begin, {it_is_made_for_its_owner_alone, 0},
	   {one_that_others_may_enter_is_refused, 5}, {so_are_links_and_files, 0}, {one_of_another_user_is_refused, 0},
	   {files_are_held_to_the_same, 0}, {hidden_names_are_passed_over_and_a_walk_can_be_ended, 0},
	   {it_can_be_marked_again_and_again, 0})
