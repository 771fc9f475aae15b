/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_list_test.c - OTEL_RESOURCE_ATTRIBUTES.
 */
#include "sdk/resource_list.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static char pairs[4096];

static void collect(void *arg, const char *key, const char *value)
{
	(void)arg;
	size_t n = strlen(pairs);
	snprintf(pairs + n, sizeof pairs - n, "[%s|%s]", key, value);
}

static bool read_list(const char *text, struct resource_list_error *error)
{
	pairs[0] = '\0';
	return resource_list_read(text, collect, NULL, error);
}

static const struct {
	const char *text;
	const char *pairs;
} good[] = {
	{"", ""},
	{" , ,", ""},
	{"a=1", "[a|1]"},
	{" a = 1 , b=2, ", "[a|1][b|2]"},
	{"a=", "[a|]"},
	{"a=x%2Cy%3Dz%25", "[a|x,y=z%]"},
	{"k%20ey=v+1", "[k ey|v+1]"},
	{"a=\xc3\xa4,b=%C3%A4", "[a|\xc3\xa4][b|\xc3\xa4]"},
	{"a=1,a=2", "[a|1][a|2]"},
};

START_TEST(pairs_come_out_decoded_and_in_order)
{
	struct resource_list_error error;
	ck_assert(read_list(good[_i].text, &error));
	ck_assert_str_eq(pairs, good[_i].pairs);
}
END_TEST

static const struct {
	const char *text;
	size_t position;
} bad[] = {
	{"a", 1},   {"a=1,b", 2}, {"=1", 1},        {"a=1,,=2", 3}, {"a=%", 1},    {"a=%2", 1},      {"a=%zz", 1},
	{"%=1", 1}, {"a=b=c", 1}, {"a=1,b=%00", 2}, {"a=%ff", 1},   {"a=\xff", 1}, {"a=1;b=2;c", 1},
};

START_TEST(one_bad_element_makes_all_of_it_count_for_nothing)
{
	struct resource_list_error error;
	bool taken = read_list(bad[_i].text, &error);
	ck_assert_msg(!taken, "\"%s\" was taken", bad[_i].text);
	ck_assert_str_eq(pairs, "");
	ck_assert_uint_eq(error.position, bad[_i].position);
	ck_assert_ptr_nonnull(error.why);
}
END_TEST

START_TEST(too_many_elements_are_refused)
{
	static char text[520 * 4 + 1];
	struct resource_list_error error;
	for (int i = 0; i < 520; i++)
		memcpy(text + 4 * i, "a=1,", 4);
	ck_assert(!read_list(text, &error));
	ck_assert_uint_eq(error.position, 513);
}
END_TEST

SUITE_MAIN("resource_list", NULL, {pairs_come_out_decoded_and_in_order, sizeof good / sizeof *good},
	   {one_bad_element_makes_all_of_it_count_for_nothing, sizeof bad / sizeof *bad},
	   {too_many_elements_are_refused, 0})
