/* SPDX-License-Identifier: Apache-2.0
 *
 * header_list_test.c - OTEL_EXPORTER_OTLP_HEADERS.
 */
#include "otlp/header_list.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static char complaints[2048];

static void complain(void *arg, size_t position, const char *name, const char *why)
{
	(void)arg;
	size_t n = strlen(complaints);
	snprintf(complaints + n, sizeof complaints - n, "%zu %s: %s\n", position, name, why);
}

static struct header_list list;

static void read_list(const char *text)
{
	header_list_read(&list, text, complain, NULL);
}

static void set_up(void)
{
	complaints[0] = '\0';
	memset(&list, 0, sizeof list);
}

static void tear_down(void)
{
	header_list_fini(&list);
}

START_TEST(names_and_decoded_values_come_out)
{
	read_list(" api-key = a%20b%2Cc , x-tenant=t=1+1,empty=,");
	ck_assert_uint_eq(list.count, 3);
	ck_assert_str_eq(list.items[0].name, "api-key");
	ck_assert_str_eq(list.items[0].value, "a b,c");
	ck_assert_str_eq(list.items[1].value, "t=1+1");
	ck_assert_str_eq(list.items[2].value, "");
	ck_assert_str_eq(complaints, "");
}
END_TEST

START_TEST(an_empty_text_gives_no_headers)
{
	read_list("");
	read_list(" , ,");
	ck_assert_uint_eq(list.count, 0);
	ck_assert_str_eq(complaints, "");
}
END_TEST

START_TEST(a_later_list_wins_on_the_same_name_in_any_case)
{
	read_list("x-sf-token=distro,keep=1");
	read_list("X-SF-Token=mine");
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[0].name, "X-SF-Token");
	ck_assert_str_eq(list.items[0].value, "mine");
}
END_TEST

START_TEST(a_bad_element_is_named_without_its_value_and_the_others_stay)
{
	read_list("good=1,hunter2,b d=hunter2,c=%zzhunter2,d=x%0d%0aEvil:hunter2,=hunter2,e=%00hunter2,last=1");
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[1].name, "last");
	ck_assert_ptr_null(strstr(complaints, "hunter2"));
	ck_assert_ptr_nonnull(strstr(complaints, "2 : it has no '='"));
	ck_assert_ptr_nonnull(strstr(complaints, "4 c: its value is not valid percent-encoding"));
	ck_assert_ptr_nonnull(strstr(complaints, "5 d: its value has control characters"));
}
END_TEST

START_TEST(headers_that_describe_the_body_cannot_be_set)
{
	read_list(
		"Content-Type=text/plain,content-length=1,Transfer-Encoding=chunked,Content-Encoding=br,Connection=x");
	ck_assert_uint_eq(list.count, 0);
	ck_assert_ptr_nonnull(strstr(complaints, "1 Content-Type: otel-c sets this header itself"));
}
END_TEST

START_TEST(more_headers_than_the_list_holds_are_reported)
{
	char text[HEADER_LIST_MAX * 16];
	size_t n = 0;
	for (unsigned i = 0; i <= HEADER_LIST_MAX; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "h%u=1,", i);
	read_list(text);
	ck_assert_uint_eq(list.count, HEADER_LIST_MAX);
	ck_assert_ptr_nonnull(strstr(complaints, "more than 64 headers"));
}
END_TEST

START_TEST(a_full_list_still_takes_another_value_for_a_name_that_it_has)
{
	char text[HEADER_LIST_MAX * 16];
	size_t n = 0;
	for (unsigned i = 0; i < HEADER_LIST_MAX; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "h%u=1,", i);
	snprintf(text + n, sizeof text - n, "H3=2");
	read_list(text);
	ck_assert_str_eq(complaints, "");
	ck_assert_uint_eq(list.count, HEADER_LIST_MAX);
	ck_assert_str_eq(list.items[3].value, "2");
}
END_TEST

SUITE_MAIN_WITH("header_list", set_up, tear_down, {names_and_decoded_values_come_out, 0},
		{an_empty_text_gives_no_headers, 0}, {a_later_list_wins_on_the_same_name_in_any_case, 0},
		{a_bad_element_is_named_without_its_value_and_the_others_stay, 0},
		{headers_that_describe_the_body_cannot_be_set, 0}, {more_headers_than_the_list_holds_are_reported, 0},
		{a_full_list_still_takes_another_value_for_a_name_that_it_has, 0})
