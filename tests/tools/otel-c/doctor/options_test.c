/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - the command line. What is said about wrong ones is tested by tests/e2e/doctor.sh.
 */
#include "tools/otel-c/doctor/options.h"

#include <stdint.h>

#include "support/suite.h"

static struct doctor_options options;

#define PARSE(...) parse((const char *[]){"doctor", __VA_ARGS__, NULL})

static bool parse(const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	return doctor_options_parse(&options, count, (char **)(uintptr_t)arguments);
}

START_TEST(nothing_need_be_given)
{
	ck_assert(parse((const char *[]){"doctor", NULL}));
	ck_assert_ptr_null(options.distro);
	ck_assert_ptr_null(options.program);
	ck_assert(!options.json);
}
END_TEST

START_TEST(options_and_a_program_are_taken)
{
	ck_assert(PARSE("--json", "--distro=aws", "--", "./app", "--json", "-x"));
	ck_assert(options.json);
	ck_assert_str_eq(options.distro, "aws");
	ck_assert_str_eq(options.program[0], "./app");
	ck_assert_str_eq(options.program[2], "-x");
	ck_assert(PARSE("--", "--"));
	ck_assert_str_eq(options.program[0], "--");
}
END_TEST

START_TEST(wrong_lines_are_refused)
{
	ck_assert(!PARSE("app"));
	ck_assert(!PARSE("--"));
	ck_assert(!PARSE("--distro"));
	ck_assert(!PARSE("--distro", ""));
	ck_assert(!PARSE("--json=yes"));
	ck_assert(!PARSE("-x"));
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/options", NULL, {nothing_need_be_given, 0}, {options_and_a_program_are_taken, 0},
	   {wrong_lines_are_refused, 0})
