/* SPDX-License-Identifier: Apache-2.0
 *
 * program_test.c - programs and the interpreters of scripts, also such as no kernel would run.
 */
#include "tools/trace/program.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

static char dir[64];
static struct program program;

static void setup(void)
{
	if (*dir)
		return;
	strcpy(dir, "/tmp/otel-c-program-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

/* A script whose interpreter is this file of the directory, and the check of it. */
static void check_script(const char *interpreter)
{
	FILE *file;

	snprintf(program.path, sizeof program.path, "%s/script", dir);
	file = fopen(program.path, "we");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "#!%s%s%s -e\n", *interpreter == '/' ? "" : dir, *interpreter == '/' ? "" : "/", interpreter);
	fclose(file);
	program_check(&program);
	unlink(program.path);
}

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

START_TEST(a_script_of_a_traceable_interpreter_has_no_obstacle)
{
	check_script("/bin/sh");
	ck_assert_str_eq(program.obstacle, "");
}
END_TEST

/* Whoever opens it waits for a writer. The kernel will refuse to run it. */
START_TEST(an_interpreter_that_is_a_fifo_is_left_to_the_kernel)
{
	ck_assert_int_eq(mkfifo(path_of("fifo"), 0755), 0);
	alarm(100);
	check_script("fifo");
	alarm(0);
	unlink(path_of("fifo"));
	ck_assert_str_eq(program.obstacle, "");
}
END_TEST

START_TEST(interpreters_that_are_no_files_are_left_to_the_kernel)
{
	check_script("/dev/zero");
	ck_assert_str_eq(program.obstacle, "");
	check_script("/tmp");
	ck_assert_str_eq(program.obstacle, "");
	check_script("none");
	ck_assert_str_eq(program.obstacle, "");
	rmdir(dir);
	*dir = '\0';
}
END_TEST

SUITE_MAIN("tools/trace/program", setup, {a_script_of_a_traceable_interpreter_has_no_obstacle, 0},
	   {an_interpreter_that_is_a_fifo_is_left_to_the_kernel, 0},
	   {interpreters_that_are_no_files_are_left_to_the_kernel, 0})
