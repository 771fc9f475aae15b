/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - the launcher's command line, and the distro in its name.
 */
#include "tools/trace/options.h"

#include "support/suite.h"

#define READ(...) options_read(&o, (char *[]){__VA_ARGS__, NULL})

static struct options o;

START_TEST(the_name_selects_the_distro)
{
	static const char *const cases[][2] = {
		{"splunk-c-trace", "splunk"},
		{"/usr/bin/aws-c-trace", "aws"},
		{"./azure-c-trace", "azure"},
		{"otel-c-trace", ""},
		{"/x/otel-c-trace", ""},
		{"something", ""},
		{"-c-trace", ""},
		{"acme-2-c-trace", "acme-2"},
	};

	READ((char *)(size_t)cases[_i][0], (char *)"app");
	ck_assert_str_eq(o.distro, cases[_i][1]);
}
END_TEST

START_TEST(options_end_at_the_program)
{
	READ((char *)"otel-c-trace", (char *)"--dry-run", (char *)"app", (char *)"--help");
	ck_assert(o.dry_run && !o.help);
	ck_assert_str_eq(o.program[0], "app");
	ck_assert_str_eq(o.program[1], "--help");
}
END_TEST

START_TEST(functions_are_asked_for_by_an_option)
{
	READ((char *)"otel-c-trace", (char *)"--dry-run", (char *)"--functions", (char *)"app");
	ck_assert(o.functions && o.dry_run);
	ck_assert_str_eq(o.program[0], "app");
	READ((char *)"otel-c-trace", (char *)"app", (char *)"--functions");
	ck_assert(!o.functions);
}
END_TEST

START_TEST(options_end_at_two_dashes)
{
	READ((char *)"otel-c-trace", (char *)"--", (char *)"--version", (char *)"--");
	ck_assert(!o.version);
	ck_assert_str_eq(o.program[0], "--version");
	ck_assert_str_eq(o.program[1], "--");
}
END_TEST

START_TEST(an_unknown_option_is_kept_for_the_message)
{
	READ((char *)"otel-c-trace", (char *)"--traces-exporter", (char *)"app");
	ck_assert_str_eq(o.unknown, "--traces-exporter");
}
END_TEST

START_TEST(no_program_is_no_program)
{
	READ((char *)"otel-c-trace");
	ck_assert_ptr_null(o.program);
	READ((char *)"otel-c-trace", (char *)"--");
	ck_assert_ptr_null(o.program);
	options_read(&o, (char *[]){NULL});
	ck_assert_ptr_null(o.program);
}
END_TEST

SUITE_MAIN("tools/trace/options", NULL, {the_name_selects_the_distro, 8}, {options_end_at_the_program, 0},
	   {functions_are_asked_for_by_an_option, 0}, {options_end_at_two_dashes, 0}, {an_unknown_option_is_kept_for_the_message, 0},
	   {no_program_is_no_program, 0})
