/* SPDX-License-Identifier: Apache-2.0
 *
 * buf_base64_test.c - base64, both ways.
 */
#include "util/buf.h"

#include <string.h>

#include "support/suite.h"

START_TEST(base64_is_padded_to_whole_groups)
{
	static const char *const rows[][2] = {{"", ""},
					      {"f", "Zg=="},
					      {"fo", "Zm8="},
					      {"foo", "Zm9v"},
					      {"foob", "Zm9vYg=="},
					      {"foobar", "Zm9vYmFy"},
					      {"\xfb\xff", "+/8="}};
	struct buf out;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_init(&out, 8);
		ck_assert(buf_append_base64(&out, (const uint8_t *)rows[i][0], strlen(rows[i][0])));
		ck_assert_str_eq(buf_str(&out), rows[i][1]);
		buf_fini(&out);
	}
	buf_init(&out, 7);
	ck_assert(!buf_append_base64(&out, (const uint8_t *)"foobar", 6));
	buf_fini(&out);
}
END_TEST

START_TEST(base64_is_taken_of_either_alphabet_with_or_without_padding)
{
	static const struct {
		const char *text;
		const char *bytes; /* NULL: it is none */
	} cases[] = {{"", ""},       {"YQ==", "a"},   {"YQ", "a"},         {"YWI=", "ab"},
		     {"YWI", "ab"},  {"YWJj", "abc"}, {"-_8", "\xfb\xff"}, {"+/8=", "\xfb\xff"},
		     {"Y", NULL},    {"YQ=", NULL},   {"=", NULL},         {"====", NULL},
		     {"Y===", NULL}, {"YW=j", NULL},  {"Y Q=", NULL},      {"YWJjY", NULL}};
	struct buf out;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_init(&out, 100);
		ck_assert_msg(buf_append_from_base64(&out, cases[i].text, strlen(cases[i].text)) == !!cases[i].bytes,
			      "%s", cases[i].text);
		if (cases[i].bytes)
			ck_assert_str_eq(buf_str(&out), cases[i].bytes);
		buf_fini(&out);
	}
}
END_TEST

SUITE_MAIN("buf_base64", NULL, {base64_is_padded_to_whole_groups, 0},
	   {base64_is_taken_of_either_alphabet_with_or_without_padding, 0})
