/* SPDX-License-Identifier: Apache-2.0
 *
 * headers_test.c - our headers stand before the program's list, which stays as it is.
 */
#include "plugins/curl/headers.h"

#include "plugins/curl/fake_api.h"
#include "support/suite.h"

static struct curl_slist second = {(char *)"X-Two: 2", NULL};
static struct curl_slist first = {(char *)"x-one: 1", &second};

START_TEST(a_header_is_found_whatever_its_case)
{
	ck_assert(headers_has(&first, "X-One"));
	ck_assert(headers_has(&first, "x-two"));
	ck_assert(!headers_has(&first, "x-on"));
	ck_assert(!headers_has(&first, "x-one: 1"));
	ck_assert(!headers_has(NULL, "x-one"));
}
END_TEST

START_TEST(a_header_without_value_counts_as_set)
{
	struct curl_slist empty = {(char *)"traceparent;", NULL};
	struct curl_slist removed = {(char *)"Traceparent:", NULL};

	ck_assert(headers_has(&empty, "traceparent"));
	ck_assert(headers_has(&removed, "traceparent"));
}
END_TEST

START_TEST(injected_headers_come_first_and_the_programs_follow)
{
	static const otel_header injected[] = {{"traceparent", "00-1"}, {"baggage", "a=b"}, {NULL, NULL}};
	struct headers headers;
	struct curl_slist *list;

	fake_api.injected = injected;
	list = headers_inject(&headers, &first);
	ck_assert_str_eq(list->data, "traceparent: 00-1");
	ck_assert_str_eq(list->next->data, "baggage: a=b");
	ck_assert_ptr_eq(list->next->next, &first);
	ck_assert_ptr_eq(first.next, &second);
	headers_fini(&headers);
}
END_TEST

START_TEST(with_nothing_to_inject_the_programs_list_is_it)
{
	struct headers headers;

	ck_assert_ptr_eq(headers_inject(&headers, &first), &first);
	ck_assert_ptr_null(headers_inject(&headers, NULL));
	headers_fini(&headers);
}
END_TEST

START_TEST(a_header_set_twice_keeps_the_last_value)
{
	static const otel_header injected[] = {{"baggage", "a=b"}, {"Baggage", "c=d"}, {NULL, NULL}};
	struct headers headers;
	struct curl_slist *list;

	fake_api.injected = injected;
	list = headers_inject(&headers, NULL);
	ck_assert_str_eq(list->data, "Baggage: c=d");
	ck_assert_ptr_null(list->next);
	headers_fini(&headers);
}
END_TEST

START_TEST(the_programs_own_header_is_not_added_again)
{
	static const otel_header injected[] = {{"traceparent", "00-1"}, {"x-one", "ours"}, {NULL, NULL}};
	struct headers headers;
	struct curl_slist *list;

	fake_api.injected = injected;
	list = headers_inject(&headers, &first);
	ck_assert_str_eq(list->data, "traceparent: 00-1");
	ck_assert_ptr_eq(list->next, &first);
	headers_fini(&headers);
}
END_TEST

START_TEST(more_headers_than_there_is_room_for_are_left_out)
{
	otel_header injected[HEADERS_MAX + 5] = {{NULL, NULL}};
	char names[HEADERS_MAX + 5][16];
	struct headers headers;
	int count = 0;

	for (int i = 0; i < HEADERS_MAX + 4; i++) {
		snprintf(names[i], sizeof names[i], "x-h%d", i);
		injected[i] = (otel_header){names[i], "v"};
	}
	fake_api.injected = injected;
	for (struct curl_slist *n = headers_inject(&headers, NULL); n; n = n->next)
		count++;
	ck_assert_int_eq(count, HEADERS_MAX);
	headers_fini(&headers);
}
END_TEST

SUITE_MAIN("plugins/curl/headers", fake_api_reset, {a_header_is_found_whatever_its_case, 0},
	   {a_header_without_value_counts_as_set, 0}, {injected_headers_come_first_and_the_programs_follow, 0},
	   {with_nothing_to_inject_the_programs_list_is_it, 0}, {a_header_set_twice_keeps_the_last_value, 0},
	   {the_programs_own_header_is_not_added_again, 0}, {more_headers_than_there_is_room_for_are_left_out, 0})
