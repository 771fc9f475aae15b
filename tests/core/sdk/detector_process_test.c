/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_process_test.c - what is found out about this process, how little it takes, and what stays in.
 */
#include "core/sdk/resource_support.h"

#include <dirent.h>
#include <errno.h>
#include <gnu/libc-version.h>
#include <sys/resource.h>
#include <unistd.h>

static void set_up(void)
{
	support_begin(NULL);
	support_set("detectors", "process");
}

static bool bytes_hold(const char *text)
{
	size_t len;
	const uint8_t *bytes = resource_encoded(&len);

	return memmem(bytes, len, text, strlen(text)) != NULL;
}

START_TEST(this_process_is_described)
{
	char exe[4096] = "";

	ck_assert_int_gt(readlink("/proc/self/exe", exe, sizeof exe - 1), 0);
	support_build(NULL);
	ck_assert_int_eq(support_int("process.pid"), getpid());
	ck_assert_str_eq(support_text("process.executable.path"), exe);
	ck_assert_str_eq(support_text("process.executable.name"), strrchr(exe, '/') + 1);
	ck_assert_str_eq(support_text("process.runtime.name"), "glibc");
	ck_assert_str_eq(support_text("process.runtime.version"), gnu_get_libc_version());
	ck_assert_uint_eq(strlen(support_text("process.creation.time")), 24);
}
END_TEST

/* Run with an argument that looks like a secret: see main(). */
START_TEST(of_the_command_line_only_the_command_is_taken)
{
	support_build(NULL);
	ck_assert_ptr_nonnull(support_value("process.command"));
	ck_assert(!bytes_hold("--password"));
	ck_assert_ptr_null(support_value("process.command_line"));
	ck_assert_ptr_null(support_value("process.command_args"));
	ck_assert_ptr_null(support_value("process.args_count"));
	ck_assert_ptr_null(support_value("process.working_directory"));
	ck_assert_ptr_null(support_value("process.parent_pid"));
}
END_TEST

START_TEST(asked_for_the_arguments_are_there)
{
	support_set("opt_in", "process.command_args,process.args_count");
	support_build(NULL);
	const Otlp__AnyValue *args = support_value("process.command_args");
	ck_assert_ptr_nonnull(args);
	ck_assert_uint_eq(args->array_value->n_values, 2);
	ck_assert(otlp_text_is(args->array_value->values[1]->string_value, "--password=hunter2"));
	ck_assert_int_eq(support_int("process.args_count"), 2);
	ck_assert_ptr_null(support_value("process.command_line"));
}
END_TEST

START_TEST(a_recorded_process_is_read_from_its_files)
{
	support_set("opt_in", "process.*");
	support_machine("systemd");
	support_build(NULL);
	ck_assert_str_eq(support_text("process.executable.path"), "/opt/shop/bin/shop");
	ck_assert_str_eq(support_text("process.executable.name"), "shop");
	ck_assert_str_eq(support_text("process.command"), "./shop");
	ck_assert_str_eq(support_text("process.command_line"), "./shop --password=hunter2");
	ck_assert_int_eq(support_int("process.args_count"), 3);
	ck_assert_uint_eq(support_value("process.command_args")->array_value->n_values, 3);
	ck_assert_str_eq(support_text("process.working_directory"), "/srv/shop");
	ck_assert_str_eq(support_text("process.title"), "shop-main");
	ck_assert_str_eq(support_text("process.linux.cgroup"), "0::/user.slice/user-1000.slice/session-2.scope");
	ck_assert_int_eq(support_int("process.parent_pid"), getppid());
	ck_assert_int_eq(support_value("process.interactive")->value_case, OTLP__ANY_VALUE__VALUE_BOOL_VALUE);
	/* 250 ticks of 10 ms after 1700558763 */
	if (sysconf(_SC_CLK_TCK) == 100)
		ck_assert_str_eq(support_text("process.creation.time"), "2023-11-21T09:26:05.500Z");
	ck_assert_str_eq(support_text("process.owner"), geteuid() == 0       ? "root"
							: geteuid() == 65534 ? "nobody"
									     : "absent");
	ck_assert_str_eq(support_text("service.name"), "unknown_service:shop");
}
END_TEST

START_TEST(without_its_files_the_rest_is_found)
{
	support_set("opt_in", "process.*");
	support_machine("odd");
	support_build(NULL);
	ck_assert_int_eq(support_int("process.pid"), getpid());
	ck_assert_str_eq(support_text("process.runtime.name"), "glibc");
	ck_assert_str_eq(support_text("process.creation.time"), "absent");
	ck_assert_str_eq(support_text("process.command"), "absent");
	ck_assert_str_eq(support_text("process.owner"), "absent");
	ck_assert_str_eq(support_text("service.name"), "unknown_service");
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

START_TEST(no_file_stays_open)
{
	const int before = open_files();

	support_set("detectors", "all");
	support_set("opt_in", "*");
	support_build(NULL);
	ck_assert_int_eq(open_files(), before);
}
END_TEST

START_TEST(where_no_file_can_be_opened_the_rest_is_found)
{
	struct rlimit before, none;

	support_set("detectors", "all");
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	support_build(NULL);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_int_eq(support_int("process.pid"), getpid());
	ck_assert_ptr_nonnull(support_value("host.name"));
	ck_assert_str_eq(support_text("os.name"), "absent");
	ck_assert_str_eq(support_text("host.id"), "absent");
	ck_assert_str_eq(support_text("process.command"), "absent");
}
END_TEST

int main(int argc, char **argv)
{
	const struct suite_entry tests[] = {
		{this_process_is_described, 0},
		{of_the_command_line_only_the_command_is_taken, 0},
		{asked_for_the_arguments_are_there, 0},
		{a_recorded_process_is_read_from_its_files, 0},
		{without_its_files_the_rest_is_found, 0},
		{no_file_stays_open, 0},
		{where_no_file_can_be_opened_the_rest_is_found, 0},
	};
	char path[4096] = "";

	if (argc == 1 && readlink("/proc/self/exe", path, sizeof path - 1) > 0) {
		execl(path, argv[0], "--password=hunter2", (char *)NULL);
		return EXIT_FAILURE;
	}
	return suite_main("detector_process", tests, sizeof tests / sizeof *tests, set_up);
}
