/* SPDX-License-Identifier: Apache-2.0
 *
 * number_test.c - numbers as text.
 */
#include "util/str.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "support/suite.h"

START_TEST(whole_numbers_are_taken_within_their_range)
{
	static const struct {
		const char *text;
		uint64_t min, max;
		bool ok;
		uint64_t value;
	} rows[] = {
		{"0", 0, 10, true, 0},
		{"10", 0, 10, true, 10},
		{"11", 0, 10, false, 0},
		{"4", 5, 10, false, 0},
		{"007", 0, 10, true, 7},
		{"18446744073709551615", 0, UINT64_MAX, true, UINT64_MAX},
		{"18446744073709551616", 0, UINT64_MAX, false, 0},
		{"99999999999999999999999", 0, UINT64_MAX, false, 0},
		{"", 0, 10, false, 0},
		{"-1", 0, 10, false, 0},
		{"+1", 0, 10, false, 0},
		{" 1", 0, 10, false, 0},
		{"1 ", 0, 10, false, 0},
		{"0x1", 0, 10, false, 0},
		{"1.0", 0, 10, false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t out = 77;
		bool ok = str_to_u64(view_of(rows[i].text), rows[i].min, rows[i].max, &out);
		ck_assert_msg(ok == rows[i].ok, "%s", rows[i].text);
		ck_assert_msg(out == (ok ? rows[i].value : 77), "%s", rows[i].text);
	}
}
END_TEST

START_TEST(decimal_fractions_are_read_exactly)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{"0", 0.0},      {"1", 1.0},
		{"0.25", 0.25},  {"-2.5e3", -2500.0},
		{"+.5", 0.5},    {"5.", 5.0},
		{"0.1", 0.1},    {"1e-3", 0.001},
		{"1E+2", 100.0}, {"2.2250738585072014e-308", 2.2250738585072014e-308},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double out = -1;
		ck_assert_msg(str_to_double(view_of(rows[i].text), &out), "%s", rows[i].text);
		ck_assert_msg(!memcmp(&out, &rows[i].value, sizeof(out)), "%s", rows[i].text);
	}
}
END_TEST

START_TEST(what_is_no_decimal_fraction_is_refused)
{
	static const char *const rows[] = {"",      "x",  ".",  "-",   "1e",    "1e+",   "inf", "nan",
					   "0x1p3", " 1", "1 ", "1,5", "1.2.3", "1e400", "--1", "1f"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double out = 7;
		ck_assert_msg(!str_to_double(view_of(rows[i]), &out), "%s", rows[i]);
		ck_assert_double_eq(out, 7);
	}
}
END_TEST

START_TEST(the_hosts_locale_changes_nothing)
{
	double out;

	/* A comma locale where one is installed; the point must work either way. */
	setlocale(LC_ALL, "de_DE.UTF-8");
	errno = ENOTTY;
	ck_assert(str_to_double(view_of("0.5"), &out));
	ck_assert_double_eq(out, 0.5);
	ck_assert(!str_to_double(view_of("0,5"), &out));
	ck_assert(!str_to_double(view_of("1e999"), &out));
	ck_assert_int_eq(errno, ENOTTY);
	setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(a_number_may_stand_inside_a_longer_text)
{
	struct view v = {"12345", 3};
	uint64_t whole;
	double real;

	ck_assert(str_to_u64(v, 0, 1000, &whole));
	ck_assert_uint_eq(whole, 123);
	ck_assert(str_to_double(v, &real));
	ck_assert_double_eq(real, 123);
}
END_TEST

SUITE_MAIN("number", NULL, {whole_numbers_are_taken_within_their_range, 0}, {decimal_fractions_are_read_exactly, 0},
	   {what_is_no_decimal_fraction_is_refused, 0}, {the_hosts_locale_changes_nothing, 0},
	   {a_number_may_stand_inside_a_longer_text, 0})
