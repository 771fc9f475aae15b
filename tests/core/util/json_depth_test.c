/* SPDX-License-Identifier: Apache-2.0
 *
 * json_depth_test.c - how deep JSON from outside is.
 */
#include "util/json_depth.h"

#include <string.h>
#include <support/suite.h>

static bool deeper(const char *text, unsigned max)
{
	return json_is_deeper(text, strlen(text), max);
}

START_TEST(what_is_open_at_once_counts)
{
	ck_assert(!deeper("", 0));
	ck_assert(deeper("[]", 0));
	ck_assert(!deeper("[{},[],{}]", 2));
	ck_assert(deeper("[{},[{}],{}]", 2));
	ck_assert(deeper("[[[[[[[[", 7));
	ck_assert(!deeper("]]]][", 1));
}
END_TEST

START_TEST(brackets_in_strings_do_not_count)
{
	ck_assert(!deeper("{\"[[[[\": \"{{{{\"}", 1));
	ck_assert(!deeper("{\"\\\"[[[[\\\\\": 1}", 1));
	ck_assert(deeper("{\"\\\\\": [1]}", 1));
}
END_TEST

SUITE_MAIN("json_depth", NULL, {what_is_open_at_once_counts, 0}, {brackets_in_strings_do_not_count, 0})
