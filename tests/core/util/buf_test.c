/* SPDX-License-Identifier: Apache-2.0
 *
 * buf_test.c - the bounded buffer.
 */
#include "util/buf.h"

#include <stdlib.h>

#include "support/suite.h"

START_TEST(it_grows_with_what_is_appended)
{
	struct buf b;

	buf_init(&b, 100000);
	for (int i = 0; i < 1000; i++)
		ck_assert(buf_printf(&b, "%04d,", i));
	ck_assert(buf_append_str(&b, "end"));
	ck_assert(buf_append_char(&b, '!'));
	ck_assert_uint_eq(b.len, 5004);
	ck_assert_str_eq(buf_str(&b) + 4990, "0998,0999,end!");
	ck_assert(!b.failed);
	buf_fini(&b);
}
END_TEST

START_TEST(an_append_over_the_maximum_fails_and_keeps_what_was)
{
	struct buf b;

	buf_init(&b, 8);
	ck_assert(buf_append_str(&b, "12345678"));
	ck_assert_str_eq(buf_str(&b), "12345678");
	ck_assert(!buf_append_char(&b, '9'));
	ck_assert(b.failed);
	ck_assert_str_eq(buf_str(&b), "12345678");
	buf_fini(&b);
}
END_TEST

START_TEST(after_a_failure_smaller_appends_are_ignored_too)
{
	struct buf b;

	buf_init(&b, 4);
	ck_assert(buf_append_str(&b, "ab"));
	ck_assert(!buf_append_str(&b, "cde"));
	ck_assert(!buf_append_char(&b, 'c'));
	ck_assert(!buf_printf(&b, "%d", 1));
	ck_assert_str_eq(buf_str(&b), "ab");
	buf_clear(&b);
	ck_assert(buf_append_str(&b, "cdef"));
	buf_fini(&b);
}
END_TEST

START_TEST(sizes_near_the_end_of_memory_do_not_wrap)
{
	struct buf b;

	buf_init(&b, SIZE_MAX);
	ck_assert(!buf_reserve(&b, SIZE_MAX));
	buf_fini(&b);
	buf_init(&b, SIZE_MAX / 4);
	ck_assert(buf_append_char(&b, 'a'));
	ck_assert(!buf_reserve(&b, SIZE_MAX));
	buf_fini(&b);
}
END_TEST

START_TEST(an_empty_buffer_is_an_empty_string)
{
	struct buf b;

	buf_init(&b, 10);
	ck_assert_str_eq(buf_str(&b), "");
	ck_assert(buf_append(&b, NULL, 0));
	ck_assert_str_eq(buf_str(&b), "");
	buf_fini(&b);
	buf_fini(&b);
}
END_TEST

START_TEST(take_hands_the_memory_over)
{
	struct buf b;
	size_t len;
	uint8_t *data;

	buf_init(&b, 10);
	ck_assert(buf_append_str(&b, "abc"));
	data = buf_take(&b, &len);
	ck_assert_uint_eq(len, 3);
	ck_assert_str_eq((char *)data, "abc");
	free(data);
	ck_assert_uint_eq(b.len, 0);
	ck_assert(buf_append_str(&b, "de"));
	ck_assert_str_eq(buf_str(&b), "de");
	buf_fini(&b);
}
END_TEST

START_TEST(take_of_a_failed_buffer_gives_nothing)
{
	struct buf b;
	size_t len = 7;

	buf_init(&b, 2);
	ck_assert(buf_append_str(&b, "ab"));
	ck_assert(!buf_append_str(&b, "c"));
	ck_assert_ptr_null(buf_take(&b, &len));
	ck_assert_uint_eq(b.len, 0);
	ck_assert(!b.failed);
}
END_TEST

START_TEST(percent_encoding_leaves_only_unreserved_characters)
{
	struct buf out;

	buf_init(&out, 256);
	ck_assert(buf_append_percent(&out, "aZ09-._~ +%/\xc3\xa9\x7f"));
	ck_assert_str_eq(buf_str(&out), "aZ09-._~%20%2B%25%2F%C3%A9%7F");
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("buf", NULL, {it_grows_with_what_is_appended, 0}, {an_append_over_the_maximum_fails_and_keeps_what_was, 0},
	   {after_a_failure_smaller_appends_are_ignored_too, 0}, {sizes_near_the_end_of_memory_do_not_wrap, 0},
	   {an_empty_buffer_is_an_empty_string, 0}, {take_hands_the_memory_over, 0},
	   {take_of_a_failed_buffer_gives_nothing, 0}, {percent_encoding_leaves_only_unreserved_characters, 0})
