/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_scan_test.c - words and signs of sampler expressions, one by one.
 */
#include "sdk/sampler_scan.h"

#include <check.h>
#include <string.h>

#include "support/suite.h"

static struct sampler_tree tree;
static struct sampler_error error;

static struct sampler_scan scan_of(const char *text)
{
	tree.text_len = 0;
	return (struct sampler_scan){.tree = &tree, .text = text, .len = strlen(text), .error = &error};
}

static void expect_word(struct sampler_scan *scan, const char *text, bool is_quoted)
{
	struct scan_word word;

	ck_assert(scan_word(scan, &word, "a word"));
	ck_assert(view_equals(scan_view(scan, &word), text));
	ck_assert_int_eq(word.is_quoted, is_quoted);
}

START_TEST(words_end_at_blanks_and_signs)
{
	struct sampler_scan scan = scan_of(" a.b-c/*? \t\nd(\"e f\\\"\\\\\")\"\"");

	expect_word(&scan, "a.b-c/*?", false);
	expect_word(&scan, "d", false);
	ck_assert(!scan_accept(&scan, ')'));
	ck_assert(scan_accept(&scan, '('));
	expect_word(&scan, "e f\"\\", true);
	ck_assert(scan_expect(&scan, ')', "a )"));
	expect_word(&scan, "", true);
	ck_assert(scan_is_end(&scan));
}
END_TEST

START_TEST(every_sign_ends_a_word_and_is_none)
{
	static const char signs[] = "(),;:&|=!";

	for (const char *sign = signs; *sign; sign++) {
		const char text[] = {'a', *sign, 'b', 0};
		struct sampler_scan scan = scan_of(text);
		struct scan_word word;
		expect_word(&scan, "a", false);
		ck_assert(!scan_word(&scan, &word, "a word"));
		ck_assert_uint_eq(error.position, 2);
		ck_assert_str_eq(error.expected, "a word");
		ck_assert(scan_accept(&scan, *sign));
		expect_word(&scan, "b", false);
	}
}
END_TEST

START_TEST(what_was_found_is_shown_without_what_would_spoil_a_line)
{
	struct sampler_scan scan = scan_of("abc\x1b[31m");

	ck_assert(!scan_fail(&scan, 0, "nothing"));
	ck_assert_str_eq(error.found, "abc");
	scan = scan_of("a\xff\xfe");
	ck_assert(!scan_fail(&scan, 0, "nothing"));
	ck_assert_str_eq(error.found, "a\xef\xbf\xbd\xef\xbf\xbd");
	scan = scan_of("0123456789012345678901234567890");
	ck_assert(!scan_fail(&scan, 1, "nothing"));
	ck_assert_str_eq(error.found, "12345678901234567890123");
}
END_TEST

SUITE_MAIN("sampler_scan", NULL, {words_end_at_blanks_and_signs, 0}, {every_sign_ends_a_word_and_is_none, 0},
	   {what_was_found_is_shown_without_what_would_spoil_a_line, 0})
