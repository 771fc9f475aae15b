/* SPDX-License-Identifier: Apache-2.0
 *
 * str_test.c - views, hex, percent-encoding, text of headers, likeness.
 */
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

START_TEST(trimming_takes_blanks_and_tabs_off_both_ends)
{
	ck_assert(view_equals(view_trim(view_of(" \t a b\t ")), "a b"));
	ck_assert_uint_eq(view_trim(view_of(" \t ")).len, 0);
	ck_assert_uint_eq(view_trim(view_of(NULL)).len, 0);
	ck_assert(view_equals(view_trim(view_of("a\n")), "a\n"));
}
END_TEST

START_TEST(equality_may_ignore_ascii_case)
{
	ck_assert(view_equals_nocase(view_of("TrUe"), "true"));
	ck_assert(!view_equals_nocase(view_of("tru"), "true"));
	ck_assert(!view_equals(view_of("True"), "true"));
	ck_assert(view_equals(view_of(NULL), ""));
	ck_assert(str_equals_nocase("GZIP", "gzip"));
	ck_assert(!str_equals_nocase("gzip2", "gzip"));
	ck_assert(!str_equals_nocase("[", "{"));
}
END_TEST

START_TEST(splitting_gives_every_piece_also_empty_ones)
{
	static const char *const expected[] = {"a", "", "b", ""};
	struct view rest = view_of("a,,b,");
	struct view piece;
	size_t i = 0;

	while (view_split(&rest, ',', &piece)) {
		ck_assert_uint_lt(i, 4);
		ck_assert(view_equals(piece, expected[i++]));
	}
	ck_assert_uint_eq(i, 4);
	ck_assert_ptr_null(rest.ptr);
}
END_TEST

START_TEST(splitting_nothing_gives_nothing_and_empty_gives_one)
{
	struct view rest = view_of(NULL);
	struct view piece;

	ck_assert(!view_split(&rest, ',', &piece));
	rest = view_of("");
	ck_assert(view_split(&rest, ',', &piece));
	ck_assert_uint_eq(piece.len, 0);
	ck_assert(!view_split(&rest, ',', &piece));
}
END_TEST

START_TEST(a_copy_is_terminated)
{
	char *copy = view_dup((struct view){"abcdef", 3});

	ck_assert_str_eq(copy, "abc");
	free(copy);
	copy = view_dup(view_of(NULL));
	ck_assert_str_eq(copy, "");
	free(copy);
}
END_TEST

START_TEST(hex_goes_both_ways)
{
	static const uint8_t bytes[] = {0x00, 0x7f, 0xab, 0xff};
	uint8_t back[4];
	char text[9] = {0};

	str_to_hex(text, bytes, 4);
	ck_assert_str_eq(text, "007fabff");
	ck_assert(str_from_hex(back, "007FaBff", 4));
	ck_assert_mem_eq(back, bytes, 4);
	ck_assert(!str_from_hex(back, "007g", 2));
	ck_assert(!str_from_hex(back, "0", 1));
	ck_assert(!str_from_hex(back, "@0", 1));
}
END_TEST

START_TEST(percent_decoding_keeps_plus_and_refuses_broken_escapes)
{
	static const char *const bad[] = {"%", "a%2", "%zz", "%2", "%00", "%-1"};
	char *text = str_percent_decode(view_of("a%20b+c%2Cd%c3%A9%25"));

	ck_assert_str_eq(text, "a b+c,d\xc3\xa9%");
	free(text);
	text = str_percent_decode(view_of(""));
	ck_assert_str_eq(text, "");
	free(text);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!str_percent_decode(view_of(bad[i])), "%s", bad[i]);
	ck_assert_ptr_null(str_percent_decode((struct view){"%20", 2}));
}
END_TEST

START_TEST(header_names_are_tokens_and_header_values_have_no_control_characters)
{
	ck_assert(view_is_token(view_of("uberctx-a.b_c")));
	ck_assert(!view_is_token(view_of("")));
	ck_assert(!view_is_token(view_of("a b")));
	ck_assert(!view_is_token(view_of("a:")));
	ck_assert(!view_is_token(view_of("\xc3\xa9")));
	ck_assert(!view_is_token((struct view){"a\0b", 3}));
	ck_assert(view_is_header_value(view_of("")));
	ck_assert(view_is_header_value(view_of("a\t\"\xc3\xa9")));
	for (char c = 1; c < 0x20; c++)
		ck_assert(c == '\t' || !view_is_header_value((struct view){&c, 1}));
	ck_assert(!view_is_header_value(view_of("\x7f")));
	ck_assert(!view_is_header_value((struct view){"\0", 1}));
}
END_TEST

START_TEST(likeness_counts_edits_up_to_a_cap)
{
	char huge[300];

	memset(huge, 'a', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = 0;
	ck_assert_uint_eq(str_distance("kitten", "sitting", 10), 3);
	ck_assert_uint_eq(str_distance("Kitten", "kITTEN", 10), 0);
	ck_assert_uint_eq(str_distance("", "abc", 10), 3);
	ck_assert_uint_eq(str_distance("abc", "", 10), 3);
	ck_assert_uint_eq(str_distance("kitten", "sitting", 2), 2);
	ck_assert_uint_eq(str_distance(huge, "a", 5), 5);
	ck_assert_uint_eq(str_distance("a", huge, 5), 5);
}
END_TEST

SUITE_MAIN("str", NULL, {trimming_takes_blanks_and_tabs_off_both_ends, 0}, {equality_may_ignore_ascii_case, 0},
	   {splitting_gives_every_piece_also_empty_ones, 0}, {splitting_nothing_gives_nothing_and_empty_gives_one, 0},
	   {a_copy_is_terminated, 0}, {hex_goes_both_ways, 0},
	   {percent_decoding_keeps_plus_and_refuses_broken_escapes, 0},
	   {header_names_are_tokens_and_header_values_have_no_control_characters, 0},
	   {likeness_counts_edits_up_to_a_cap, 0})
