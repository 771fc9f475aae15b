/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_file_test.c - small files, and what else may be found by their names.
 */
#include "sdk/resource_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

static char dir[64];

static void put_file(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static void set_up(void)
{
	if (!*dir) {
		strcpy(dir, "/tmp/otel-c-file-XXXXXX");
		ck_assert_ptr_nonnull(mkdtemp(dir));
	}
	resource_file_root(dir);
}

START_TEST(a_file_is_read_up_to_the_room_there_is)
{
	char text[8];

	put_file("a", "0123456789");
	ck_assert_int_eq(resource_file_read("/a", text, sizeof text), 7);
	ck_assert_str_eq(text, "0123456");
	ck_assert_int_eq(resource_file_read("/none", text, sizeof text), -1);
}
END_TEST

START_TEST(a_line_ends_where_the_line_ends)
{
	char line[32];

	put_file("line", "first\nsecond\n");
	put_file("empty", "");
	put_file("blank", "\nsecond\n");
	ck_assert(resource_file_line("/line", line, sizeof line));
	ck_assert_str_eq(line, "first");
	ck_assert(!resource_file_line("/empty", line, sizeof line));
	ck_assert(!resource_file_line("/blank", line, sizeof line));
	ck_assert(!resource_file_line("/none", line, sizeof line));
}
END_TEST

START_TEST(a_large_file_is_read_to_its_bound)
{
	char path[128];
	size_t len = 0;

	snprintf(path, sizeof path, "%s/large", dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ck_assert_int_eq(ftruncate(fd, (off_t)(4 * RESOURCE_FILE_LARGE)), 0);
	close(fd);
	char *text = resource_file_load("/large", &len);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(len, RESOURCE_FILE_LARGE - 1);
	free(text);
	ck_assert_ptr_null(resource_file_load("/none", &len));
}
END_TEST

/* A directory cannot be read, and a pipe has no writer: neither is waited for. */
START_TEST(what_is_no_file_gives_nothing_and_is_not_waited_for)
{
	char path[128];
	char text[32];
	size_t len;

	snprintf(path, sizeof path, "%s/pipe", dir);
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0644), 0);
	ck_assert_int_le(resource_file_read("/pipe", text, sizeof text), 0);
	ck_assert_int_eq(resource_file_read("/", text, sizeof text), -1);
	ck_assert_ptr_null(resource_file_load("/", &len));
}
END_TEST

START_TEST(a_link_says_where_it_leads)
{
	char path[128];
	char text[16];

	snprintf(path, sizeof path, "%s/link", dir);
	unlink(path);
	ck_assert_int_eq(symlink("cgroup:[1]", path), 0);
	ck_assert(resource_file_link("/link", text, sizeof text));
	ck_assert_str_eq(text, "cgroup:[1]");
	ck_assert(!resource_file_link("/link", text, 10));
	ck_assert(!resource_file_link("/a", text, sizeof text));
	put_file("there", "");
	ck_assert(resource_file_exists("/there"));
	ck_assert(!resource_file_exists("/not there"));
}
END_TEST

START_TEST(errno_is_kept_and_no_file_stays_open)
{
	char text[16];
	size_t len;
	DIR *fds = opendir("/proc/self/fd");
	int before = 0, after = 0;

	while (readdir(fds))
		before++;
	errno = 4711;
	resource_file_read("/none", text, sizeof text);
	resource_file_line("/a", text, sizeof text);
	resource_file_link("/none", text, sizeof text);
	resource_file_exists("/none");
	free(resource_file_load("/a", &len));
	ck_assert_int_eq(errno, 4711);
	rewinddir(fds);
	while (readdir(fds))
		after++;
	closedir(fds);
	ck_assert_int_eq(before, after);
}
END_TEST

START_TEST(a_path_too_long_is_no_file)
{
	static char path[8192];
	char text[16];

	memset(path, '/', sizeof path - 1);
	ck_assert_int_eq(resource_file_read(path, text, sizeof text), -1);
	ck_assert(!resource_file_exists(path));
	char command[100];
	snprintf(command, sizeof command, "rm -r %s", dir);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

SUITE_MAIN("resource_file", set_up, {a_file_is_read_up_to_the_room_there_is, 0}, {a_line_ends_where_the_line_ends, 0},
	   {a_large_file_is_read_to_its_bound, 0}, {what_is_no_file_gives_nothing_and_is_not_waited_for, 0},
	   {a_link_says_where_it_leads, 0}, {errno_is_kept_and_no_file_stays_open, 0}, {a_path_too_long_is_no_file, 0})
