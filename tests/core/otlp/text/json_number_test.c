/* SPDX-License-Identifier: Apache-2.0
 *
 * json_number_test.c - numbers and bytes as JSON has them.
 */
#include "otlp/text/json_number.h"

#include <string.h>

#include "otlp/text/json_schema.h"
#include "support/suite.h"

static const struct {
	uint8_t kind;
	const char *text;
	bool is_text;
	bool ok;
	uint64_t bits;
} rows[] = {
	{JSON_INT32, "-1", false, true, UINT64_MAX},
	{JSON_INT32, "2147483647", true, true, INT32_MAX},
	{JSON_INT32, "2147483648", false, false, 0},
	{JSON_INT32, "-2147483648", false, true, 0xffffffff80000000},
	{JSON_INT32, "-2147483649", false, false, 0},
	{JSON_ENUM, "3", false, true, 3},
	{JSON_ENUM, "3", true, false, 0},
	{JSON_SINT32, "-1", false, true, 1},
	{JSON_SINT32, "1", false, true, 2},
	{JSON_SINT32, "-2147483648", false, true, UINT32_MAX},
	{JSON_SINT32, "2147483647", false, true, UINT32_MAX - 1},
	{JSON_UINT32, "4294967295", false, true, UINT32_MAX},
	{JSON_UINT32, "4294967296", false, false, 0},
	{JSON_UINT32, "-0", false, false, 0},
	{JSON_FIXED64, "18446744073709551615", true, true, UINT64_MAX},
	{JSON_FIXED64, "18446744073709551616", true, false, 0},
	{JSON_FIXED64, "1.7e18", false, false, 0},
	{JSON_FIXED64, "1.7e15", false, true, 1700000000000000},
	{JSON_FIXED64, "1e3", true, true, 1000},
	{JSON_FIXED64, "1.5", true, false, 0},
	{JSON_SFIXED64, "-9223372036854775808", true, true, (uint64_t)INT64_MIN},
	{JSON_INT64, "--1", true, false, 0},
	{JSON_INT64, "-", true, false, 0},
	{JSON_INT64, "", true, false, 0},
	{JSON_INT64, " 1", true, false, 0},
	{JSON_INT64, "+1", true, false, 0},
	{JSON_BOOL, "true", false, true, 1},
	{JSON_BOOL, "false", false, true, 0},
	{JSON_BOOL, "null", false, false, 0},
	{JSON_DOUBLE, "1", false, true, 0x3ff0000000000000},
	{JSON_DOUBLE, "-0.0", false, true, 0x8000000000000000},
	{JSON_DOUBLE, "Infinity", true, true, 0x7ff0000000000000},
	{JSON_DOUBLE, "-Infinity", true, true, 0xfff0000000000000},
	{JSON_DOUBLE, "inf", true, false, 0},
	{JSON_DOUBLE, "1e999", false, false, 0},
	{JSON_DOUBLE, "true", false, false, 0},
};

START_TEST(numbers_are_taken_within_their_ranges)
{
	uint64_t bits = 0;
	const bool ok = json_number_read(rows[_i].kind, view_of(rows[_i].text), rows[_i].is_text, &bits);

	ck_assert_msg(ok == rows[_i].ok, "kind %u: %s", rows[_i].kind, rows[_i].text);
	ck_assert_msg(!ok || bits == rows[_i].bits, "kind %u: %s: %llx", rows[_i].kind, rows[_i].text,
		      (unsigned long long)bits);
	ck_assert_ptr_nonnull(json_number_wanted(rows[_i].kind));
}
END_TEST

START_TEST(hex_is_taken_in_either_case)
{
	struct buf out;

	buf_init(&out, 100);
	ck_assert(json_number_from_hex(&out, view_of("0aFf")));
	ck_assert_uint_eq(out.len, 2);
	ck_assert_mem_eq(out.data, "\x0a\xff", 2);
	ck_assert(json_number_from_hex(&out, view_of("")));
	ck_assert(!json_number_from_hex(&out, view_of("0")));
	ck_assert(!json_number_from_hex(&out, view_of("0g")));
	ck_assert_uint_eq(out.len, 2);
	buf_fini(&out);
}
END_TEST

SUITE_MAIN("json_number", NULL, {numbers_are_taken_within_their_ranges, sizeof rows / sizeof *rows},
	   {hex_is_taken_in_either_case, 0})
