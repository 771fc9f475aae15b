/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - the command line. What is said about wrong ones is tested by tests/e2e/send.sh.
 */
#include "tools/otel-c/send/options.h"

#include <otel/plugin.h>

#include "support/suite.h"

static struct send_options options;

#define PARSE(...) parse((const char *[]){"send", __VA_ARGS__, NULL})

static bool parse(const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	return send_options_parse(&options, count, (char **)(uintptr_t)arguments);
}

START_TEST(files_are_what_is_left)
{
	ck_assert(PARSE("a", "-"));
	ck_assert_str_eq(options.files[0], "a");
	ck_assert_str_eq(options.files[1], "-");
	ck_assert_ptr_null(options.files[2]);
	ck_assert_ptr_null(options.distro);
	ck_assert_uint_eq(options.timeout_ms, 60000);
}
END_TEST

START_TEST(options_are_taken)
{
	ck_assert(PARSE("--distro", "aws", "--timeout=5", "a"));
	ck_assert_str_eq(options.distro, "aws");
	ck_assert_uint_eq(options.timeout_ms, 5000);
	ck_assert_uint_eq(options.signal, 0);
	ck_assert(PARSE("--signal", "metrics", "a"));
	ck_assert_uint_eq(options.signal, OTEL_SIGNAL_METRICS);
	ck_assert(PARSE("--help"));
	ck_assert(options.help);
}
END_TEST

START_TEST(wrong_lines_are_refused)
{
	ck_assert(!PARSE("--nonsense", "a"));
	ck_assert(!PARSE("--distro"));
	ck_assert(!PARSE("--distro", "", "a"));
	ck_assert(!PARSE("--signal", "profiles", "a"));
	ck_assert(!PARSE("--timeout", "0", "a"));
	ck_assert(!PARSE("--timeout", "soon", "a"));
	ck_assert(!PARSE("--timeout", "5"));
	ck_assert(!parse((const char *[]){"send", NULL}));
}
END_TEST

SUITE_MAIN("send_options", NULL, {files_are_what_is_left, 0}, {options_are_taken, 0}, {wrong_lines_are_refused, 0})
