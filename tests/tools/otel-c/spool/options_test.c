/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - what otel-c spool takes, and what it refuses.
 */
#include "tools/otel-c/spool/options.h"

#include <fcntl.h>
#include <unistd.h>

#include "support/suite.h"

static struct spool_command_options options;

/* The words after "spool"; what is said about them is nobody's business here. */
static bool parse(char *const *words)
{
	char *argv[8] = {"spool"};
	int argc = 1;

	while (*words)
		argv[argc++] = *words++;
	const int err = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	dup2(null, STDERR_FILENO);
	const bool is_good = spool_options_parse(&options, argc, argv);
	dup2(err, STDERR_FILENO);
	close(err);
	close(null);
	return is_good;
}

#define PARSE(...) parse((char *[]){__VA_ARGS__, NULL})

START_TEST(status_shows_what_is_configured_or_named)
{
	ck_assert(PARSE("status"));
	ck_assert_int_eq(options.verb, SPOOL_STATUS);
	ck_assert_ptr_null(options.directory);
	ck_assert(!options.json);
	ck_assert(PARSE("status", "--json", "dir"));
	ck_assert(options.json);
	ck_assert_str_eq(options.directory, "dir");
	ck_assert(PARSE("status", "dir", "--json"));
	ck_assert(options.json);
}
END_TEST

START_TEST(flush_waits_a_minute_unless_told)
{
	ck_assert(PARSE("flush"));
	ck_assert_int_eq(options.verb, SPOOL_FLUSH);
	ck_assert_uint_eq(options.timeout_ms, 60000);
	ck_assert(PARSE("flush", "--timeout", "5", "--distro", "aws", "dir"));
	ck_assert_uint_eq(options.timeout_ms, 5000);
	ck_assert_str_eq(options.distro, "aws");
	ck_assert_str_eq(options.directory, "dir");
}
END_TEST

START_TEST(help_needs_no_more)
{
	ck_assert(PARSE("--help"));
	ck_assert(options.help);
	ck_assert(PARSE("-h"));
	ck_assert(options.help);
}
END_TEST

START_TEST(nonsense_is_refused)
{
	ck_assert(!PARSE(NULL));
	ck_assert(!PARSE("flash"));
	ck_assert(!PARSE("status", "one", "two"));
	ck_assert(!PARSE("flush", "--json"));
	ck_assert(!PARSE("status", "--distro", "aws"));
	ck_assert(!PARSE("flush", "--distro", ""));
	ck_assert(!PARSE("flush", "--timeout", "0"));
	ck_assert(!PARSE("flush", "--timeout", "86401"));
	ck_assert(!PARSE("flush", "--timeout"));
	ck_assert(!PARSE("status", "--nonsense"));
}
END_TEST

SUITE_MAIN("spool_options", NULL, {status_shows_what_is_configured_or_named, 0}, {flush_waits_a_minute_unless_told, 0},
	   {help_needs_no_more, 0}, {nonsense_is_refused, 0})
