/* SPDX-License-Identifier: Apache-2.0
 *
 * glob_test.c - names by pattern.
 */
#include "util/glob.h"

#include <check.h>
#include <string.h>

#include "support/suite.h"

static void setup(void)
{
}

static const struct {
	const char *pattern;
	const char *text;
	bool matches;
} rows[] = {
	{"", "", true},
	{"", "a", false},
	{"*", "", true},
	{"*", "anything", true},
	{"tenant.*", "tenant.id", true},
	{"tenant.*", "tenant", false},
	{"tenant*", "tenant", true},
	{"a", "a", true},
	{"a", "A", false},
	{"a?c", "abc", true},
	{"a?c", "ac", false},
	{"?", "", false},
	{"*a", "ba", true},
	{"*a", "ab", false},
	{"*a*b*c*", "xxaxxbxxcxx", true},
	{"*a*b*c*", "cba", false},
	{"**", "", true},
	{"a**b", "ab", true},
	{"a*b*", "ab", true},
	{"*.password", "db.user.password", true},
	{"http.*.header", "http.request.header", true},
	{"http.*.header", "http.request.headers", false},
};

START_TEST(a_pattern_matches_the_whole_name)
{
	ck_assert_msg(glob_match(rows[_i].pattern, strlen(rows[_i].pattern), rows[_i].text, strlen(rows[_i].text)) ==
			      rows[_i].matches,
		      "\"%s\" and \"%s\"", rows[_i].pattern, rows[_i].text);
}
END_TEST

START_TEST(lengths_are_kept_to)
{
	ck_assert(glob_match("ab", 1, "ac", 1));
	ck_assert(!glob_match("ab", 2, "ab", 1));
}
END_TEST

START_TEST(many_stars_do_not_take_forever)
{
	char pattern[201], text[20001];

	for (int i = 0; i < 200; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	memset(text, 'a', 20000);
	text[20000] = 0;
	ck_assert(!glob_match(pattern, 199, "b", 1));
	text[19999] = 'b';
	ck_assert(!glob_match(pattern, 200, text, 20000));
}
END_TEST

START_TEST(a_list_matches_if_one_of_its_patterns_does)
{
	ck_assert(glob_list_match("a*, b ,c", "b", 1));
	ck_assert(glob_list_match("a*, b ,c", "ab", 2));
	ck_assert(!glob_list_match("a*, b ,c", "bb", 2));
	ck_assert(!glob_list_match("a*,,", "", 0));
	ck_assert(!glob_list_match("", "a", 1));
	ck_assert(!glob_list_match(NULL, "a", 1));
}
END_TEST

SUITE_MAIN("glob", setup, {a_pattern_matches_the_whole_name, sizeof rows / sizeof *rows}, {lengths_are_kept_to, 0},
	   {many_stars_do_not_take_forever, 0}, {a_list_matches_if_one_of_its_patterns_does, 0})
