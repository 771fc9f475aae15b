/* SPDX-License-Identifier: Apache-2.0
 *
 * escape_test.c - nothing that steers a terminal gets through.
 */
#include "otlp/text/value.h"

#include "support/suite.h"

static void assert_shown(const char *text, size_t len, size_t max, const char *want)
{
	ProtobufCBinaryData field = {.len = len, .data = (uint8_t *)(uintptr_t)text};
	struct buf out;

	buf_init(&out, 4096);
	value_append_text(&out, field, max);
	ck_assert_str_eq(buf_str(&out), want);
	buf_fini(&out);
}

#define ASSERT_SHOWN(text, want) assert_shown(text, sizeof(text) - 1, 80, want)

START_TEST(plain_text_in_any_script_stays)
{
	ASSERT_SHOWN("create_order /a?b=c \"x\" \\", "create_order /a?b=c \"x\" \\");
	ASSERT_SHOWN("Grüße, 世界, 🙂", "Grüße, 世界, 🙂");
}
END_TEST

START_TEST(control_characters_are_escaped)
{
	ASSERT_SHOWN("a\nb\r\tc", "a\\nb\\r\\tc");
	ASSERT_SHOWN("\033[31mred\a", "\\x1b[31mred\\x07");
	ASSERT_SHOWN("nul\0l", "nul\\x00l");
	ASSERT_SHOWN("\x7f", "\\x7f");
	ASSERT_SHOWN("\xc2\x9b", "\\u{9b}");
}
END_TEST

START_TEST(characters_that_turn_or_hide_text_are_escaped)
{
	ASSERT_SHOWN("\xe2\x80\xae"
		     "evil",
		     "\\u{202e}evil");
	ASSERT_SHOWN("a\xe2\x80\x8b"
		     "b",
		     "a\\u{200b}b");
	ASSERT_SHOWN("\xe2\x80\xa8", "\\u{2028}");
}
END_TEST

START_TEST(broken_utf8_is_shown_byte_by_byte)
{
	ASSERT_SHOWN("caf\xe9", "caf\\xe9");
	ASSERT_SHOWN("\xc0\xaf", "\\xc0\\xaf");
	ASSERT_SHOWN("\xed\xa0\x80", "\\xed\\xa0\\x80");
	ASSERT_SHOWN("\xf0\x9f\x99", "\\xf0\\x9f\\x99");
}
END_TEST

START_TEST(long_texts_are_cut_at_a_character)
{
	assert_shown("äöüß", 8, 4, "äöüß");
	assert_shown("äöüß", 8, 3, "äöü…");
	assert_shown("", 0, 3, "");
}
END_TEST

START_TEST(columns_count_characters)
{
	ck_assert_uint_eq(value_columns("äöü", 6), 3);
	ck_assert_uint_eq(value_columns("└─ ", 7), 3);
}
END_TEST

SUITE_MAIN("escape", NULL, {plain_text_in_any_script_stays, 0}, {control_characters_are_escaped, 0},
	   {characters_that_turn_or_hide_text_are_escaped, 0}, {broken_utf8_is_shown_byte_by_byte, 0},
	   {long_texts_are_cut_at_a_character, 0}, {columns_count_characters, 0})
