/* SPDX-License-Identifier: Apache-2.0
 *
 * retry_after_test.c - seconds and HTTP dates.
 */
#include "otlp/retry_after.h"

#include <string.h>

#include "support/suite.h"

#define NOW 784111757u /* 1994-11-06T08:49:17Z, 20 s before the date of RFC 9110's examples */

static const struct {
	const char *text;
	uint32_t ms;
} vectors[] = {
	{"", 0},
	{"0", 0},
	{"7", 7000},
	{"  120 ", 120000},
	{"86401", 86400000},
	{"99999999999999999999999", 86400000},
	{"-1", 0},
	{"1.5", 0},
	{"soon", 0},
	{"Sun, 06 Nov 1994 08:49:37 GMT", 20000},
	{"Sunday, 06-Nov-94 08:49:37 GMT", 20000},
	{"Sun Nov  6 08:49:37 1994", 20000},
	{"Sun, 06 Nov 1994 08:49:17 GMT", 0},
	{"Sun, 06 Nov 1994 08:00:00 GMT", 0},
	{"Mon, 07 Nov 1994 00:00:00 GMT", 54643000},
	{"Tue, 06 Nov 2029 08:49:37 GMT", 86400000},
	{"Sun, 06 Foo 1994 08:49:37 GMT", 0},
	{"Sun, 06 Nov 1994 25:49:37 GMT", 0},
	{"Sun, 06 Nov 1994 08:49 GMT", 0},
	{"Sun, 32 Nov 1994 08:49:37 GMT", 0},
	{"Sun, 06 Nov 1994 08:49:37 GMT 3", 0},
	{"Sun, 06 Nov 08:49:37 GMT", 0},
};

START_TEST(the_wait_is_what_the_header_asks_for_and_at_most_a_day)
{
	uint32_t ms = retry_after_ms(vectors[_i].text, strlen(vectors[_i].text), NOW);
	ck_assert_msg(ms == vectors[_i].ms, "\"%s\": %u ms, not %u", vectors[_i].text, ms, vectors[_i].ms);
}
END_TEST

START_TEST(a_leap_day_counts)
{
	const char text[] = "Thu, 29 Feb 2024 00:00:10 GMT";
	ck_assert_uint_eq(retry_after_ms(text, strlen(text), 1709164800), 10000);
	const char next[] = "Fri, 01 Mar 2024 00:00:00 GMT";
	ck_assert_uint_eq(retry_after_ms(next, strlen(next), 1709164801), 86399000);
}
END_TEST

START_TEST(a_two_digit_year_far_ahead_was_in_the_century_before)
{
	const char text[] = "Sunday, 06-Nov-94 08:49:37 GMT";
	ck_assert_uint_eq(retry_after_ms(text, strlen(text), 1709164800), 0);
}
END_TEST

SUITE_MAIN("retry_after", NULL,
	   {the_wait_is_what_the_header_asks_for_and_at_most_a_day, sizeof vectors / sizeof *vectors},
	   {a_leap_day_counts, 0}, {a_two_digit_year_far_ahead_was_in_the_century_before, 0})
