/* SPDX-License-Identifier: Apache-2.0
 *
 * utf8_test.c - telling UTF-8 from other bytes.
 */
#include "util/str.h"

#include <string.h>

#include "support/suite.h"

#define FFFD "\xef\xbf\xbd"

START_TEST(only_well_formed_text_is_utf8)
{
	static const struct {
		const char *text;
		bool ok;
	} rows[] = {
		{"", true},
		{"plain", true},
		{"caf\xc3\xa9", true},
		{"\xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf", true},
		{"\xed\x9f\xbf\xee\x80\x80", true},
		{"\x80", false},
		{"\xc3", false},
		{"\xc0\xaf", false},
		{"\xe0\x80\xaf", false},
		{"\xed\xa0\x80", false},
		{"\xf4\x90\x80\x80", false},
		{"\xf0\x8f\xbf\xbf", false},
		{"\xf5\x80\x80\x80", false},
		{"\xff", false},
		{"a\xe2\x82", false},
		{"\xe2\x82"
		 "a",
		 false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(str_is_utf8(rows[i].text, strlen(rows[i].text)) == rows[i].ok, "row %zu", i);
	ck_assert(str_is_utf8("a\0b", 3));
}
END_TEST

START_TEST(each_broken_piece_becomes_one_replacement)
{
	static const struct {
		const char *text;
		const char *expected;
	} rows[] = {
		{"a\x80z", "a" FFFD "z"},    {"\xe2\x82z", FFFD "z"},        {"\xe2\x82", FFFD},
		{"\xf0\x9f\x98z", FFFD "z"}, {"\xc0\xaf", FFFD FFFD},        {"\xed\xa0\x80", FFFD FFFD FFFD},
		{"\xff\xfe", FFFD FFFD},     {"caf\xc3\xa9", "caf\xc3\xa9"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[64];
		size_t len = str_scrub_utf8(out, sizeof(out), rows[i].text, strlen(rows[i].text));
		ck_assert_str_eq(out, rows[i].expected);
		ck_assert_uint_eq(len, strlen(rows[i].expected));
		ck_assert(str_is_utf8(out, len));
	}
}
END_TEST

START_TEST(a_short_buffer_never_holds_a_cut_character)
{
	static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff"
				   "b";

	for (size_t cap = 1; cap <= 3 * sizeof(text); cap++) {
		char out[3 * sizeof(text) + 1];
		size_t len;
		memset(out, 'x', sizeof(out));
		len = str_scrub_utf8(out, cap, text, sizeof(text) - 1);
		ck_assert_uint_lt(len, cap);
		ck_assert_uint_eq(strlen(out), len);
		ck_assert(str_is_utf8(out, len));
		ck_assert_int_eq(out[cap], 'x');
	}
	ck_assert_uint_eq(str_scrub_utf8(NULL, 0, "a", 1), 0);
}
END_TEST

START_TEST(control_characters_do_not_break_a_line)
{
	char out[20];

	ck_assert_uint_eq(str_scrub_line(out, sizeof out, "a\r\nb\t\x7f\0\xc3\xa9\xff", 10), 12);
	ck_assert_str_eq(out, "a  b   \xc3\xa9\xef\xbf\xbd");
	ck_assert_uint_eq(str_scrub_line(out, 4, "a\n\xc3\xa9", 4), 2);
	ck_assert_str_eq(out, "a ");
}
END_TEST

SUITE_MAIN("utf8", NULL, {only_well_formed_text_is_utf8, 0}, {each_broken_piece_becomes_one_replacement, 0},
	   {a_short_buffer_never_holds_a_cut_character, 0}, {control_characters_do_not_break_a_line, 0})
