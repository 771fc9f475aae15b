/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - the command line. What is said about wrong ones is tested by sink_test.sh.
 */
#include "tools/otel-c/sink/options.h"

#include <string.h>

#include "support/suite.h"

static struct sink_options options;

#define PARSE(...) parse((const char *[]){"sink", __VA_ARGS__, NULL})

static bool parse(const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	return sink_options_parse(&options, count, (char **)(uintptr_t)arguments);
}

START_TEST(without_options_it_serves_for_ever)
{
	ck_assert(parse((const char *[]){"sink", NULL}));
	ck_assert_ptr_null(options.listen);
	ck_assert_ptr_null(options.file);
	ck_assert_uint_eq(options.until_spans, 0);
	ck_assert_uint_eq(options.timeout_ms, 0);
	ck_assert(!options.json);
}
END_TEST

START_TEST(options_are_taken_in_both_spellings)
{
	ck_assert(PARSE("--listen", "0.0.0.0:1", "--until-spans=7", "--timeout", "20", "--json", "--headers"));
	ck_assert_str_eq(options.listen, "0.0.0.0:1");
	ck_assert_uint_eq(options.until_spans, 7);
	ck_assert_uint_eq(options.timeout_ms, 20000);
	ck_assert(options.json);
	ck_assert(options.headers);
	ck_assert(PARSE("--fail", "503x2,reset"));
	ck_assert_uint_eq(options.fail.count, 2);
}
END_TEST

START_TEST(listeners_have_addresses_bounds_and_certificates)
{
	ck_assert(PARSE("--listen", "127.0.0.1:0", "--grpc", "[::1]:4317", "--max-body", "1000"));
	ck_assert_str_eq(options.grpc, "[::1]:4317");
	ck_assert_uint_eq(options.max_body, 1000);
	ck_assert_ptr_null(options.tls.cert);
	ck_assert(PARSE("--tls-cert", "c", "--tls-key", "k", "--tls-client-ca", "a", "--tls-max-version", "1.2"));
	ck_assert_str_eq(options.tls.cert, "c");
	ck_assert_str_eq(options.tls.key, "k");
	ck_assert_str_eq(options.tls.client_ca, "a");
	ck_assert_int_eq(options.tls.max_version, TLS1_2_VERSION);
}
END_TEST

START_TEST(every_failure_is_in_the_help)
{
#define ROW(name, kind, moment, protocols, needs, may_have, min1, max1, default1, min2, max2, default2, usage, does)   \
	ck_assert_ptr_nonnull(strstr(sink_help, usage " " does "\n"));
	SINK_FAIL_ROWS(ROW)
#undef ROW
}
END_TEST

START_TEST(wrong_lines_are_refused)
{
	ck_assert(!PARSE("--tls-cert", "c"));
	ck_assert(!PARSE("--tls-key", "k"));
	ck_assert(!PARSE("--tls-client-ca", "a"));
	ck_assert(!PARSE("--tls-max-version", "1.2"));
	ck_assert(!PARSE("--tls-cert", "c", "--tls-key", "k", "--tls-max-version", "1.4"));
	ck_assert(!PARSE("--max-body", "0"));
	ck_assert(!PARSE("--max-body", "67108865"));
	ck_assert(!PARSE("--file", "f", "--grpc", "127.0.0.1:1"));
	ck_assert(!PARSE("--nonsense"));
	ck_assert(!PARSE("-x"));
	ck_assert(!PARSE("extra"));
	ck_assert(!PARSE("--listen"));
	ck_assert(!PARSE("--json=yes"));
	ck_assert(!PARSE("--until-spans", "0"));
	ck_assert(!PARSE("--until-spans", "-1"));
	ck_assert(!PARSE("--until-spans", "7x"));
	ck_assert(!PARSE("--until-spans", "1", "--timeout", "0"));
	ck_assert(!PARSE("--timeout", "5"));
	ck_assert(!PARSE("--file", "f", "--listen", "127.0.0.1:1"));
	ck_assert(!PARSE("--file", "f", "--until-spans", "1"));
	ck_assert(!PARSE("--file", "f", "--fail", "503"));
	ck_assert(!PARSE("--fail", "503x2,nonsense"));
}
END_TEST

START_TEST(a_file_goes_with_json)
{
	ck_assert(PARSE("--file", "-", "--json"));
	ck_assert_str_eq(options.file, "-");
}
END_TEST

SUITE_MAIN("sink_options", NULL, {without_options_it_serves_for_ever, 0}, {options_are_taken_in_both_spellings, 0},
	   {listeners_have_addresses_bounds_and_certificates, 0}, {every_failure_is_in_the_help, 0},
	   {wrong_lines_are_refused, 0}, {a_file_goes_with_json, 0})
