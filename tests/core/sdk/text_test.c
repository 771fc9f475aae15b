/* SPDX-License-Identifier: Apache-2.0
 *
 * text_test.c - text of any length is looked through, copied, cut and cleaned.
 */
#include "sdk/text.h"

#include <stdlib.h>

#include "support/suite.h"

START_TEST(text_of_any_length_is_told_from_what_is_not_ascii)
{
	char text[70];

	memset(text, 'a', sizeof text);
	for (size_t len = 0; len < sizeof text; len++) {
		ck_assert(text_is_ascii(text, len));
		for (size_t i = 0; i < len; i++) {
			text[i] = (char)0x80;
			ck_assert(!text_is_ascii(text, len));
			text[i] = 'a';
		}
	}
}
END_TEST

START_TEST(text_of_any_length_is_copied_whole)
{
	char from[70];
	uint8_t to[72];

	for (size_t i = 0; i < sizeof from; i++)
		from[i] = (char)('0' + i);
	for (size_t len = 0; len <= sizeof from; len++) {
		memset(to, 0xee, sizeof to);
		ck_assert_ptr_eq(text_put(to, from, len), to + len);
		ck_assert_mem_eq(to, from, len);
		ck_assert_uint_eq(to[len], 0xee);
	}
}
END_TEST

START_TEST(text_of_any_length_is_looked_through_as_it_is_copied)
{
	char from[140];
	uint8_t to[142];

	memset(from, 'a', sizeof from);
	for (size_t len = 0; len <= sizeof from; len++) {
		memset(to, 0xee, sizeof to);
		ck_assert(!text_put_seen(to, from, len));
		ck_assert_mem_eq(to, from, len);
		ck_assert_uint_eq(to[len], 0xee);
		for (size_t i = 0; i < len; i++) {
			from[i] = (char)0x80;
			ck_assert(text_put_seen(to, from, len));
			from[i] = 'a';
		}
	}
}
END_TEST

START_TEST(a_limit_cuts_strings_before_the_character_it_would_split)
{
	static const struct {
		const char *text;
		uint32_t limit;
		size_t expected;
	} rows[] = {
		{"abc", 3, 3},
		{"abcd", 3, 3},
		{"ab\xc3\xa9", 3, 2},
		{"ab\xc3\xa9", 4, 4},
		{"a\xf0\x9f\x98\x80", 4, 1},
		{"a\xf0\x9f\x98\x80", 2, 1},
		{"a\xf0\x9f\x98\x80", 5, 5},
		{"\xf0\x9f\x98\x80", 3, 0},
		{"abc", 0, 0},
		{"\x80\x80\x80\x80\x80", 4, 4},
	};

	ck_assert_uint_eq(text_clip(rows[_i].text, strlen(rows[_i].text), rows[_i].limit), rows[_i].expected);
}
END_TEST

START_TEST(a_limit_in_characters_counts_them_not_their_bytes)
{
	static const struct {
		const char *text;
		uint32_t limit;
		size_t expected;
	} limited[] = {
		{"abc", 3, 3},
		{"abc", 2, 2},
		{"abc", 0, 0},
		{"größe", 5, 7},
		{"größe", 3, 4},
		{"größe", 4, 6},
		{"\xe2\x82\xac\xe2\x82\xac", 1, 3},
		{"\xf0\x9f\x98\x80x", 1, 4},
		{"\xff\xff\xff", 2, 2},
	};

	for (size_t i = 0; i < sizeof limited / sizeof *limited; i++)
		ck_assert_uint_eq(text_limit(limited[i].text, strlen(limited[i].text), limited[i].limit),
				  limited[i].expected);
}
END_TEST

START_TEST(what_is_no_utf8_is_replaced_in_the_copy)
{
	size_t len = 0;
	char *copy = text_clean("a\xff"
				"b\xc3",
				4, &len);

	ck_assert_str_eq(copy, "a\xef\xbf\xbd"
			       "b\xef\xbf\xbd");
	ck_assert_uint_eq(len, strlen(copy));
	ck_assert(text_is_clean(copy, len));
	free(copy);
}
END_TEST

SUITE_MAIN("text", NULL, {text_of_any_length_is_told_from_what_is_not_ascii, 0},
	   {text_of_any_length_is_copied_whole, 0}, {text_of_any_length_is_looked_through_as_it_is_copied, 0},
	   {a_limit_cuts_strings_before_the_character_it_would_split, 10},
	   {a_limit_in_characters_counts_them_not_their_bytes, 0}, {what_is_no_utf8_is_replaced_in_the_copy, 0})
