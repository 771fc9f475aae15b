/* SPDX-License-Identifier: Apache-2.0
 *
 * answer_headers_test.c - the header lines of an answer, put into a list.
 */
#include "http/answer_headers.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static struct answer_headers headers;

static void set_up(void)
{
	answer_headers_fini(&headers);
	answer_headers_init(&headers);
}

static bool add(const char *line)
{
	return answer_headers_add(&headers, line, strlen(line));
}

START_TEST(fields_come_in_their_order_and_trailers_behind_them)
{
	ck_assert(add("HTTP/2 200 \r\n") && add("Content-Type: a/b \r\n") && add("x:\r\n") && add("\r\n") &&
		  add("grpc-status: 0\r\n"));
	const otel_header *list = answer_headers_list(&headers);
	ck_assert_uint_eq(headers.count, 3);
	ck_assert_str_eq(list[0].name, "Content-Type");
	ck_assert_str_eq(list[0].value, "a/b");
	ck_assert_str_eq(list[1].value, "");
	ck_assert_str_eq(list[2].name, "grpc-status");
	ck_assert_str_eq(answer_headers_find(&headers, "content-type"), "a/b");
	ck_assert_str_eq(answer_headers_find(&headers, "nothing"), "");
}
END_TEST

START_TEST(an_interim_answer_is_forgotten)
{
	ck_assert(add("HTTP/1.1 103 Early Hints\r\n") && add("link: x\r\n") && add("\r\n"));
	ck_assert(add("HTTP/1.1 200 OK\r\n") && add("a: b\r\n"));
	answer_headers_list(&headers);
	ck_assert_uint_eq(headers.count, 1);
	ck_assert_str_eq(answer_headers_find(&headers, "link"), "");
}
END_TEST

START_TEST(a_head_is_whole_with_its_empty_line)
{
	ck_assert(add("HTTP/1.1 100 Continue\r\n") && add("\r\n"));
	ck_assert(headers.is_whole);
	ck_assert(add("HTTP/1.1 200 OK\r\n") && add("a: b\r\n"));
	ck_assert(!headers.is_whole);
	ck_assert(add("\r\n") && add("trailer: x\r\n"));
	ck_assert(headers.is_whole);
	answer_headers_clear(&headers);
	ck_assert(!headers.is_whole);
}
END_TEST

START_TEST(lines_that_are_no_fields_are_passed_over)
{
	ck_assert(add(" folded\r\n") && add("no colon\r\n") && add(": x\r\n") && add("a b: c\r\n") && add("\n"));
	ck_assert_uint_eq(headers.count, 0);
	ck_assert_ptr_null(answer_headers_list(&headers));
}
END_TEST

START_TEST(a_zero_byte_ends_a_value)
{
	ck_assert(answer_headers_add(&headers, "a: b\0c\r\n", 8));
	ck_assert(add("d: e\r\n"));
	answer_headers_list(&headers);
	ck_assert_str_eq(answer_headers_find(&headers, "a"), "b");
	ck_assert_str_eq(answer_headers_find(&headers, "d"), "e");
}
END_TEST

START_TEST(there_is_an_end_to_fields_and_bytes)
{
	char line[2048];
	for (int i = 0; i < 256; i++)
		ck_assert(add("a: b\r\n"));
	ck_assert(!add("a: b\r\n"));
	set_up();
	memset(line, 'x', sizeof line);
	memcpy(line, "HTTP/", 5); /* bytes count even where nothing is kept */
	for (int i = 0; i < 128; i++)
		ck_assert(answer_headers_add(&headers, line, sizeof line));
	ck_assert(!answer_headers_add(&headers, line, 1));
}
END_TEST

SUITE_MAIN("answer_headers", set_up, {fields_come_in_their_order_and_trailers_behind_them, 0},
	   {an_interim_answer_is_forgotten, 0}, {a_head_is_whole_with_its_empty_line, 0},
	   {lines_that_are_no_fields_are_passed_over, 0}, {a_zero_byte_ends_a_value, 0},
	   {there_is_an_end_to_fields_and_bytes, 0})
