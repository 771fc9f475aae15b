/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_detect_test.c - what is found out about this process and machine, and how little it takes.
 */
#include "sdk/resource_detect.h"

#include <dirent.h>
#include <errno.h>
#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "otlp/proto/otlp_proto.h"
#include "support/suite.h"

static struct resource_set set;

static void setup(void)
{
	resource_set_fini(&set);
	set = (struct resource_set){.items = NULL};
}

static bool text_is(const char *key, const char *expected)
{
	char *text = resource_set_get_text(&set, key);
	const bool same = text && !strcmp(text, expected);

	if (!same)
		fprintf(stderr, "%s is %s\n", key, text ? text : "absent");
	free(text);
	return same;
}

static void detect(void)
{
	resource_detect_process(&set);
	resource_detect_machine(&set);
}

START_TEST(the_process_is_described)
{
	char exe[4096] = "";

	ck_assert_int_gt(readlink("/proc/self/exe", exe, sizeof exe - 1), 0);
	detect();
	ck_assert(resource_set_has(&set, "process.pid"));
	ck_assert(text_is("process.executable.path", exe));
	ck_assert(text_is("process.executable.name", strrchr(exe, '/') + 1));
	ck_assert(text_is("process.runtime.name", "glibc"));
	ck_assert(text_is("process.runtime.version", gnu_get_libc_version()));
}
END_TEST

/* Run with an argument that looks like a secret: see main(). */
START_TEST(of_the_command_line_only_the_command_is_taken)
{
	size_t len;

	detect();
	uint8_t *bytes = resource_set_encode(&set, &len);
	ck_assert(resource_set_has(&set, "process.command"));
	ck_assert_ptr_null(memmem(bytes, len, "--password", 10));
	ck_assert(!resource_set_has(&set, "process.command_line"));
	ck_assert(!resource_set_has(&set, "process.command_args"));
	free(bytes);
}
END_TEST

START_TEST(the_machine_is_described)
{
	struct utsname machine;

	ck_assert_int_eq(uname(&machine), 0);
	detect();
	ck_assert(text_is("host.name", machine.nodename));
	if (!strcmp(machine.machine, "x86_64"))
		ck_assert(text_is("host.arch", "amd64"));
	ck_assert(text_is("os.type", "linux"));
	ck_assert(!(resource_set_has(&set, "container.id") && resource_set_has(&set, "host.id")));
}
END_TEST

START_TEST(what_is_set_already_stays)
{
	set.keep = true;
	ck_assert(resource_set_text(&set, "host.name", "mine"));
	ck_assert(resource_set_text(&set, "os.type", "mine"));
	detect();
	ck_assert(text_is("host.name", "mine"));
	ck_assert(text_is("os.type", "mine"));
	ck_assert(resource_set_has(&set, "process.pid"));
}
END_TEST

static int open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

START_TEST(no_file_stays_open_and_errno_is_kept)
{
	const int before = open_files();

	errno = 4711;
	detect();
	ck_assert_int_eq(errno, 4711);
	ck_assert_int_eq(open_files(), before);
}
END_TEST

START_TEST(where_no_file_can_be_opened_the_rest_is_found)
{
	struct rlimit before, none;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	errno = 4711;
	detect();
	const int error = errno;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_int_eq(error, 4711);
	ck_assert(resource_set_has(&set, "process.pid"));
	ck_assert(resource_set_has(&set, "host.name"));
	ck_assert(!resource_set_has(&set, "os.name"));
	ck_assert(!resource_set_has(&set, "host.id"));
	ck_assert(!resource_set_has(&set, "process.command"));
}
END_TEST

START_TEST(a_uuid_is_random_and_of_version_4)
{
	static const char digits[] = "0123456789abcdef";
	char id[37], other[37];

	resource_uuid(id);
	resource_uuid(other);
	ck_assert_str_ne(id, other);
	ck_assert_uint_eq(strlen(id), 36);
	for (int i = 0; i < 36; i++) {
		const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
		ck_assert(is_dash ? id[i] == '-' : strchr(digits, id[i]) != NULL);
	}
	ck_assert_int_eq(id[14], '4');
	ck_assert_ptr_nonnull(strchr("89ab", id[19]));
}
END_TEST

int main(int argc, char **argv)
{
	const struct suite_entry tests[] = {
		{the_process_is_described, 0},
		{of_the_command_line_only_the_command_is_taken, 0},
		{the_machine_is_described, 0},
		{what_is_set_already_stays, 0},
		{no_file_stays_open_and_errno_is_kept, 0},
		{where_no_file_can_be_opened_the_rest_is_found, 0},
		{a_uuid_is_random_and_of_version_4, 0},
	};
	char path[4096] = "";

	if (argc == 1 && readlink("/proc/self/exe", path, sizeof path - 1) > 0) {
		execl(path, argv[0], "--password=hunter2", (char *)NULL);
		return EXIT_FAILURE;
	}
	return suite_main("resource_detect", tests, sizeof tests / sizeof *tests, setup);
}
