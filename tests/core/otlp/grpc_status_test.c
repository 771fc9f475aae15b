/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_status_test.c - how a call ended.
 */
#include "otlp/grpc_status.h"

#include <string.h>

#include "support/suite.h"

static struct grpc_status status;

static void read_pairs(const otel_header *headers, size_t count)
{
	grpc_status_read(&status, headers, count);
}

#define READ(...)                                                                                                      \
	read_pairs((const otel_header[]){__VA_ARGS__}, sizeof((const otel_header[]){__VA_ARGS__}) / sizeof(otel_header))

static void assert_words(const char *words)
{
	ck_assert_uint_eq(status.words_len, strlen(words));
	ck_assert_mem_eq(status.words, words, strlen(words));
}

START_TEST(code_and_words_are_read_in_any_case)
{
	READ({"content-type", "application/grpc"}, {"Grpc-Status", "14"}, {"GRPC-MESSAGE", "a%20b%C3%A9%25"});
	ck_assert(status.is_there);
	ck_assert_uint_eq(status.code, 14);
	assert_words("a b\xc3\xa9%");
	ck_assert(!status.has_retry_info);
}
END_TEST

START_TEST(the_trailer_beats_the_header)
{
	READ({"grpc-status", "0"}, {"grpc-status", "8"});
	ck_assert_uint_eq(status.code, 8);
}
END_TEST

START_TEST(bad_encoding_stays_as_it_is)
{
	READ({"grpc-message", "100% of %zz and %4"}, {"grpc-status", "2"});
	assert_words("100% of %zz and %4");
}
END_TEST

START_TEST(words_without_end_are_cut)
{
	char words[3000];
	memset(words, 'x', sizeof words - 1);
	words[sizeof words - 1] = '\0';
	READ({"grpc-message", words});
	ck_assert_uint_eq(status.words_len, GRPC_WORDS_MAX);
}
END_TEST

START_TEST(a_status_that_nobody_knows_is_unknown)
{
	static const char *const odd[] = {"17", "-1", "", "abc", "99999999999999999999", "1.5"};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		READ({"grpc-status", odd[i]});
		ck_assert(status.is_there);
		ck_assert_uint_eq(status.code, GRPC_UNKNOWN);
	}
	READ({"status", "0"});
	ck_assert(!status.is_there);
}
END_TEST

/* The table of specification/protocol/otlp.md. */
START_TEST(only_the_specs_codes_are_transient)
{
	static const unsigned transient[] = {1, 4, 10, 11, 14, 15};
	for (unsigned code = 0; code < 20; code++) {
		bool expected = false;
		for (size_t i = 0; i < sizeof transient / sizeof *transient; i++)
			expected = expected || transient[i] == code;
		ck_assert_int_eq(grpc_code_is_transient(code, false), expected);
		ck_assert_int_eq(grpc_code_is_transient(code, true), expected || code == 8);
	}
	ck_assert_str_eq(grpc_code_name(16), "UNAUTHENTICATED");
	ck_assert_str_eq(grpc_code_name(17), "UNKNOWN");
}
END_TEST

START_TEST(http_statuses_have_codes)
{
	static const struct {
		int status;
		unsigned code;
	} table[] = {{400, 13}, {401, 16}, {403, 7},  {404, 12}, {429, 14}, {431, 13},
		     {502, 14}, {503, 14}, {504, 14}, {200, 2},  {500, 2},  {418, 2}};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		ck_assert_uint_eq(grpc_code_of_http(table[i].status), table[i].code);
}
END_TEST

SUITE_MAIN("grpc_status", NULL, {code_and_words_are_read_in_any_case, 0}, {the_trailer_beats_the_header, 0},
	   {bad_encoding_stays_as_it_is, 0}, {words_without_end_are_cut, 0}, {a_status_that_nobody_knows_is_unknown, 0},
	   {only_the_specs_codes_are_transient, 0}, {http_statuses_have_codes, 0})
