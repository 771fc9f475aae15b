/* SPDX-License-Identifier: Apache-2.0
 *
 * buf_double_test.c - numbers as text, in any locale.
 */
#include "util/buf.h"

#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "support/suite.h"

static const char *number(double d)
{
	static struct buf out;

	buf_fini(&out);
	buf_init(&out, 100);
	ck_assert(buf_append_double(&out, d));
	return buf_str(&out);
}

START_TEST(a_double_is_as_short_as_it_can_be)
{
	ck_assert_str_eq(number(0.1), "0.1");
	ck_assert_str_eq(number(12.5), "12.5");
	ck_assert_str_eq(number(2), "2");
	ck_assert_str_eq(number(1.0 / 3), "0.3333333333333333");
	ck_assert_str_eq(number(1e300), "1e+300");
	ck_assert_str_eq(number(-0.0), "-0");
}
END_TEST

START_TEST(what_is_no_number_has_a_name)
{
	ck_assert_str_eq(number((double)NAN), "NaN");
	ck_assert_str_eq(number((double)INFINITY), "Infinity");
	ck_assert_str_eq(number(-(double)INFINITY), "-Infinity");
}
END_TEST

START_TEST(it_reads_back_as_the_same_and_errno_stays)
{
	static const double rows[] = {DBL_MAX,   DBL_MIN, DBL_EPSILON, 5e-324, 1e23, 9007199254740993.0,
				      0.1 + 0.2, -1.7e-5};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		errno = EXDEV;
		ck_assert(strtod(number(rows[i]), NULL) == rows[i]);
		errno = EXDEV;
		number(rows[i]);
		ck_assert_int_eq(errno, EXDEV);
	}
}
END_TEST

START_TEST(the_locale_does_not_matter)
{
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "ps_AF.UTF-8"))
		return; /* not installed here */
	ck_assert_str_eq(number(-12.5e-300), "-1.25e-299");
	setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(a_full_buffer_says_so)
{
	struct buf out;

	buf_init(&out, 2);
	ck_assert(!buf_append_double(&out, 0.25));
	ck_assert(out.failed);
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("buf_double", NULL, {a_double_is_as_short_as_it_can_be, 0}, {what_is_no_number_has_a_name, 0},
	   {it_reads_back_as_the_same_and_errno_stays, 0}, {the_locale_does_not_matter, 0}, {a_full_buffer_says_so, 0})
