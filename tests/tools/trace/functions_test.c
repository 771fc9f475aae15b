/* SPDX-License-Identifier: Apache-2.0
 *
 * functions_test.c - whether a file was compiled with -finstrument-functions.
 */
#include "tools/trace/functions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

static const struct {
	const char *content; /* with the byte that ends it */
	bool possible;
} files[] = {
	{"\177ELF and no hook", false},
	{"\177ELF __cyg_profile_func_enter", true},
	{"\177ELF __cyg_profile_func_enter_twice", false}, /* another name */
	{"\177ELF", false},
	{"#!/bin/sh\n", true}, /* what it starts may be */
	{"ab", true},
	{"", true},
};

START_TEST(a_file_that_names_the_hook_has_functions_to_trace)
{
	const char *content = files[_i].content;
	char path[] = "/tmp/otel-c-test-XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, content, strlen(content) + 1), (ssize_t)strlen(content) + 1);
	ck_assert_int_eq(functions_possible(path), files[_i].possible);
	close(fd);
	unlink(path);
}
END_TEST

START_TEST(what_cannot_be_read_is_not_judged)
{
	ck_assert(functions_possible("/no/such/file"));
	ck_assert(functions_possible("/tmp"));
}
END_TEST

SUITE_MAIN("tools/trace/functions", NULL,
	   {a_file_that_names_the_hook_has_functions_to_trace, sizeof files / sizeof *files},
	   {what_cannot_be_read_is_not_judged, 0})
