/* SPDX-License-Identifier: Apache-2.0
 *
 * token_reply_test.c - answers of token servers, good and bad.
 */
#include "plugins/oauth2/token_reply.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"
#include "util/str.h"

static struct token_reply reply;

static const char *wrong(const char *text)
{
	return token_reply_read(&reply, text, strlen(text));
}

static void assert_token(const char *text, const char *authorization, uint64_t seconds)
{
	ck_assert_ptr_null(wrong(text));
	ck_assert_str_eq(reply.authorization, authorization);
	ck_assert_uint_eq(reply.expires_s, seconds);
	free(reply.authorization);
}

START_TEST(a_bearer_token_is_read_with_its_life)
{
	assert_token("{\"access_token\":\"2YotnFZFEjr1zCsicMWpAA\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
		     "\"example_parameter\":\"example_value\"}",
		     "Bearer 2YotnFZFEjr1zCsicMWpAA", 3600);
	assert_token(" {\"token_type\":\"bearer\",\"access_token\":\"a.b-c_d~+/=\"}\n", "Bearer a.b-c_d~+/=", 0);
}
END_TEST

START_TEST(a_life_may_be_text_or_a_fraction_and_nonsense_says_nothing)
{
	static const struct {
		const char *text;
		uint64_t seconds;
	} cases[] = {{"\"3599\"", 3599}, {"59.9", 59},          {"0", 0},   {"-5", 0},   {"null", 0},   {"\"soon\"", 0},
		     {"[60]", 0},        {"1e300", 1000000000}, {"0.5", 0}, {"true", 0}, {"\"1e3\"", 0}};
	char text[200];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(text, sizeof text, "{\"access_token\":\"t\",\"token_type\":\"BEARER\",\"expires_in\":%s}",
			 cases[i].text);
		assert_token(text, "Bearer t", cases[i].seconds);
	}
}
END_TEST

START_TEST(what_is_no_token_is_refused_with_the_reason)
{
	static const char token[] = "its access_token is empty, longer than 32 KiB, or not printable ASCII";
	static const char type[] = "its token_type is not Bearer";

	ck_assert_str_eq(wrong(""), "it is no JSON object");
	ck_assert_str_eq(wrong("<html>"), "it is no JSON object");
	ck_assert_str_eq(wrong("[]"), "it is no JSON object");
	ck_assert_str_eq(wrong("{\"access_token\":\"t\",\"token_type\":\"Bearer\"} x"), "it is no JSON object");
	ck_assert_str_eq(wrong("{}"), "it holds no access_token");
	ck_assert_str_eq(wrong("{\"access_token\":7,\"token_type\":\"Bearer\"}"), "it holds no access_token");
	ck_assert_str_eq(wrong("{\"access_token\":\"\",\"token_type\":\"Bearer\"}"), token);
	ck_assert_str_eq(wrong("{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}"), token);
	ck_assert_str_eq(wrong("{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"Bearer\"}"), token);
	ck_assert_str_eq(wrong("{\"access_token\":\"a\\u0000b\",\"token_type\":\"Bearer\"}"), token);
	ck_assert_str_eq(wrong("{\"access_token\":\"\\u00fc\",\"token_type\":\"Bearer\"}"), token);
	ck_assert_str_eq(wrong("{\"access_token\":\"t\"}"), type);
	ck_assert_str_eq(wrong("{\"access_token\":\"t\",\"token_type\":\"DPoP\"}"), type);
	ck_assert_str_eq(wrong("{\"access_token\":\"t\",\"token_type\":null}"), type);
	ck_assert_ptr_null(reply.authorization);
}
END_TEST

START_TEST(a_token_may_be_long_but_not_without_end)
{
	static char text[50000];

	for (size_t len = 32768; len <= 32769; len++) {
		char *p = stpcpy(text, "{\"token_type\":\"Bearer\",\"access_token\":\"");
		memset(p, 'a', len);
		strcpy(p + len, "\"}");
		ck_assert(!wrong(text) == (len == 32768));
		free(reply.authorization);
	}
}
END_TEST

START_TEST(deep_nesting_does_not_reach_the_parser)
{
	static char text[100001];

	for (size_t i = 0; i < 50000; i++)
		text[i] = i % 2 ? '[' : '{';
	ck_assert_str_eq(wrong(text), "it is no JSON object");
	assert_token("{\"access_token\":\"{{{{{{{{{{{{{{{{{{{{{{{{\",\"token_type\":\"Bearer\"}",
		     "Bearer {{{{{{{{{{{{{{{{{{{{{{{{", 0);
}
END_TEST

START_TEST(words_of_an_error_come_on_one_line)
{
	char words[TOKEN_WORDS];
	static const char plain[] = "{\"error\":\"invalid_client\"}";
	static const char described[] =
		"{\"error\":\"invalid_scope\",\"error_description\":\"no\\nsuch \\u001b[1m scope\"}";
	static const char long_one[] = "{\"error\":\"e\",\"error_description\":\"%0*d\"}";
	char text[9000];

	ck_assert(token_reply_error(words, plain, strlen(plain)));
	ck_assert_str_eq(words, "invalid_client");
	ck_assert(token_reply_error(words, described, strlen(described)));
	ck_assert_str_eq(words, "invalid_scope: no such  [1m scope");
	snprintf(text, sizeof text, long_one, 8000, 0);
	ck_assert(token_reply_error(words, text, strlen(text)));
	ck_assert_uint_eq(strlen(words), TOKEN_WORDS - 1);
	ck_assert(!token_reply_error(words, "", 0));
	ck_assert(!token_reply_error(words, "{\"error\":{}}", 12));
	ck_assert(!token_reply_error(words, "{\"error_description\":\"x\"}", 25));
	ck_assert_str_eq(words, "");
}
END_TEST

SUITE_MAIN("token_reply", NULL, {a_bearer_token_is_read_with_its_life, 0},
	   {a_life_may_be_text_or_a_fraction_and_nonsense_says_nothing, 0},
	   {what_is_no_token_is_refused_with_the_reason, 0}, {a_token_may_be_long_but_not_without_end, 0},
	   {deep_nesting_does_not_reach_the_parser, 0}, {words_of_an_error_come_on_one_line, 0})
