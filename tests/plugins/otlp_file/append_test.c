/* SPDX-License-Identifier: Apache-2.0
 *
 * append_test.c - files that others write, move, remove and lock as well.
 */
#include "plugins/otlp_file/append.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugins/otlp_file/directory.h"
#include "support/suite.h"
#include "util/buf.h"

static const struct append_limits no_limits = {.max_bytes = 0, .max_files = 1};
static char path[100];

static void set_up(void)
{
	directory_make();
	snprintf(path, sizeof path, "%s/a.jsonl", directory);
}

static const char *named(const char *suffix)
{
	static char name[120];

	snprintf(name, sizeof name, "%s%s", path, suffix);
	return name;
}

static const char *append(const char *line)
{
	return append_line(path, &no_limits, (const uint8_t *)line, strlen(line));
}

static const char *content(const char *suffix)
{
	return content_of(named(suffix));
}

START_TEST(lines_come_one_after_the_other)
{
	struct stat is;

	ck_assert_ptr_null(append("one\n"));
	ck_assert_ptr_null(append("two\n"));
	ck_assert_str_eq(content(""), "one\ntwo\n");
	ck_assert_int_eq(stat(path, &is), 0);
	ck_assert_int_eq(is.st_mode & 07137, 0); /* no more than rw-r----- */
}
END_TEST

START_TEST(a_file_that_was_moved_or_removed_is_begun_anew)
{
	char moved[120];

	ck_assert_ptr_null(append("one\n"));
	strcpy(moved, named(".moved"));
	ck_assert_int_eq(rename(path, moved), 0);
	ck_assert_ptr_null(append("two\n"));
	ck_assert_str_eq(content(""), "two\n");
	ck_assert_str_eq(content(".moved"), "one\n");
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_ptr_null(append("three\n"));
	ck_assert_str_eq(content(""), "three\n");
}
END_TEST

START_TEST(a_full_file_is_rotated_and_the_oldest_goes)
{
	const struct append_limits limits = {.max_bytes = 8, .max_files = 3};

	for (char c = 'a'; c <= 'g'; c++) {
		const char line[] = {c, c, c, '\n'};
		ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)line, sizeof line));
	}
	ck_assert_str_eq(content(""), "ggg\n");
	ck_assert_str_eq(content(".1"), "eee\nfff\n");
	ck_assert_str_eq(content(".2"), "ccc\nddd\n");
	ck_assert_str_eq(content(".3"), "(none)");
}
END_TEST

START_TEST(one_file_alone_may_be_kept)
{
	const struct append_limits limits = {.max_bytes = 5, .max_files = 1};

	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"one\n", 4));
	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"two\n", 4));
	ck_assert_str_eq(content(""), "two\n");
	ck_assert_str_eq(content(".1"), "(none)");
}
END_TEST

START_TEST(a_line_larger_than_a_file_may_be_has_one_for_itself)
{
	const struct append_limits limits = {.max_bytes = 5, .max_files = 2};

	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"much longer\n", 12));
	ck_assert_str_eq(content(""), "much longer\n");
	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"a\n", 2));
	ck_assert_str_eq(content(""), "a\n");
	ck_assert_str_eq(content(".1"), "much longer\n");
}
END_TEST

static bool knows_age(void)
{
	struct statx is;

	return statx(AT_FDCWD, directory, 0, STATX_BTIME, &is) == 0 && is.stx_mask & STATX_BTIME;
}

START_TEST(an_old_file_is_rotated)
{
	struct append_limits limits = {.max_age_ms = 86400000, .max_files = 2};

	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"one\n", 4));
	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"two\n", 4));
	ck_assert_str_eq(content(""), "one\ntwo\n");
	limits.max_age_ms = 1;
	usleep(20000);
	ck_assert_ptr_null(append_line(path, &limits, (const uint8_t *)"three\n", 6));
	ck_assert_str_eq(content(""), knows_age() ? "three\n" : "one\ntwo\nthree\n");
	ck_assert_str_eq(content(".1"), knows_age() ? "one\ntwo\n" : "(none)");
}
END_TEST

START_TEST(behind_half_a_line_a_new_one_begins)
{
	ck_assert_ptr_null(append("torn"));
	ck_assert_ptr_null(append("whole\n"));
	ck_assert_str_eq(content(""), "torn\nwhole\n");
}
END_TEST

START_TEST(what_there_is_no_room_for_is_taken_back_whole)
{
	const struct rlimit small = {.rlim_cur = 10, .rlim_max = RLIM_INFINITY};
	struct rlimit before;
	const char *why;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_ptr_null(append("first\n"));
	getrlimit(RLIMIT_FSIZE, &before);
	setrlimit(RLIMIT_FSIZE, &small);
	why = append("second\n");
	setrlimit(RLIMIT_FSIZE, &before);
	ck_assert_str_eq(why, "File too large");
	ck_assert_str_eq(content(""), "first\n");
	ck_assert_ptr_null(append("second\n"));
	ck_assert_str_eq(content(""), "first\nsecond\n");
}
END_TEST

START_TEST(what_is_in_the_way_is_told)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_str_eq(append("a\n"), "Is a directory");
	rmdir(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_str_eq(append("a\n"), "it is no regular file");
	unlink(path);
	strcat(path, "/b");
	ck_assert_str_eq(append("a\n"), "No such file or directory");
	strcpy(path, "/dev/full");
	ck_assert_str_eq(append("a\n"), "it is no regular file");
}
END_TEST

START_TEST(a_lock_that_is_never_let_go_is_not_waited_for_for_ever)
{
	int fd;

	ck_assert_ptr_null(append("one\n"));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert_str_eq(append("two\n"), "another process keeps it locked");
	close(fd);
	ck_assert_ptr_null(append("two\n"));
	ck_assert_str_eq(content(""), "one\ntwo\n");
}
END_TEST

START_TEST(no_descriptor_is_kept)
{
	const int before = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int after;

	ck_assert_ptr_null(append("one\n"));
	after = open("/dev/null", O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(after, before + 1);
	close(before);
	close(after);
}
END_TEST

/* ---- many processes ---- */

enum { PROCESSES = 4, LINES = 150, PAD = 300 };

static void write_lines(int number)
{
	const struct append_limits limits = {.max_bytes = 4000, .max_files = 1000};
	char line[PAD + 32];

	for (int i = 0; i < LINES; i++) {
		const int len = snprintf(line, sizeof line, "%d %d %0*d\n", number, i, PAD, i);
		if (append_line(path, &limits, (const uint8_t *)line, (size_t)len))
			_exit(1);
	}
	_exit(0);
}

/* Each line of one file that is whole, noted in `seen`. */
static void note_lines(const char *suffix, bool seen[PROCESSES][LINES])
{
	static char text[1 << 16];
	char *rest, *line;

	strcpy(text, content(suffix));
	ck_assert_uint_le(strlen(text), 4000);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		int number, i, again;
		ck_assert_msg(sscanf(line, "%d %d %d", &number, &i, &again) == 3 && i == again, "torn: %s", line);
		ck_assert(!seen[number][i]);
		seen[number][i] = true;
	}
}

START_TEST(processes_that_write_and_rotate_together_lose_no_line)
{
	bool seen[PROCESSES][LINES] = {{false}};
	char suffix[20] = "";
	int status;

	for (int number = 0; number < PROCESSES; number++)
		if (fork() == 0)
			write_lines(number);
	for (int number = 0; number < PROCESSES; number++) {
		ck_assert_int_gt(wait(&status), 0);
		ck_assert_int_eq(status, 0);
	}
	for (int i = 1; access(named(suffix), F_OK) == 0; i++) {
		note_lines(suffix, seen);
		snprintf(suffix, sizeof suffix, ".%d", i);
	}
	for (int number = 0; number < PROCESSES; number++)
		for (int i = 0; i < LINES; i++)
			ck_assert_msg(seen[number][i], "line %d of process %d is lost", i, number);
}
END_TEST

SUITE_MAIN("append", set_up, {lines_come_one_after_the_other, 0}, {a_file_that_was_moved_or_removed_is_begun_anew, 0},
	   {a_full_file_is_rotated_and_the_oldest_goes, 0}, {one_file_alone_may_be_kept, 0},
	   {a_line_larger_than_a_file_may_be_has_one_for_itself, 0}, {an_old_file_is_rotated, 0},
	   {behind_half_a_line_a_new_one_begins, 0}, {what_there_is_no_room_for_is_taken_back_whole, 0},
	   {what_is_in_the_way_is_told, 0}, {a_lock_that_is_never_let_go_is_not_waited_for_for_ever, 0},
	   {no_descriptor_is_kept, 0}, {processes_that_write_and_rotate_together_lose_no_line, 0})
