/* SPDX-License-Identifier: Apache-2.0
 *
 * json_value_test.c - single values, type by type.
 */
#include "otlp/text/json_value.h"

#include <string.h>

#include "support/suite.h"

static const char *json(enum json_kind kind, uint64_t number, const char *bytes, size_t len)
{
	const struct wire_field value = {.value = number, .data = (const uint8_t *)bytes, .len = len};
	static struct buf out;

	buf_fini(&out);
	buf_init(&out, 1000);
	json_value_append(&out, (uint8_t)kind, &value);
	return buf_str(&out);
}

START_TEST(numbers_of_32_bits_are_numbers)
{
	ck_assert_str_eq(json(JSON_INT32, UINT64_MAX, NULL, 0), "-1");
	ck_assert_str_eq(json(JSON_INT32, 0xffffffff80000000, NULL, 0), "-2147483648");
	ck_assert_str_eq(json(JSON_ENUM, 3, NULL, 0), "3");
	ck_assert_str_eq(json(JSON_UINT32, UINT32_MAX, NULL, 0), "4294967295");
	ck_assert_str_eq(json(JSON_FIXED32, 0, NULL, 0), "0");
	ck_assert_str_eq(json(JSON_SINT32, 1, NULL, 0), "-1");
	ck_assert_str_eq(json(JSON_SINT32, UINT32_MAX, NULL, 0), "-2147483648");
	ck_assert_str_eq(json(JSON_SINT32, UINT32_MAX - 1, NULL, 0), "2147483647");
}
END_TEST

START_TEST(numbers_of_64_bits_are_texts)
{
	ck_assert_str_eq(json(JSON_INT64, (uint64_t)INT64_MIN, NULL, 0), "\"-9223372036854775808\"");
	ck_assert_str_eq(json(JSON_SFIXED64, UINT64_MAX, NULL, 0), "\"-1\"");
	ck_assert_str_eq(json(JSON_UINT64, UINT64_MAX, NULL, 0), "\"18446744073709551615\"");
	ck_assert_str_eq(json(JSON_FIXED64, 0, NULL, 0), "\"0\"");
}
END_TEST

START_TEST(bools_and_doubles_are_what_json_has)
{
	ck_assert_str_eq(json(JSON_BOOL, 1, NULL, 0), "true");
	ck_assert_str_eq(json(JSON_BOOL, 0, NULL, 0), "false");
	ck_assert_str_eq(json(JSON_DOUBLE, 0x3ff8000000000000, NULL, 0), "1.5");
	ck_assert_str_eq(json(JSON_DOUBLE, 0x7ff0000000000000, NULL, 0), "\"Infinity\"");
	ck_assert_str_eq(json(JSON_DOUBLE, 0x7ff8000000000000, NULL, 0), "\"NaN\"");
}
END_TEST

START_TEST(bytes_are_texts_hex_or_base64)
{
	ck_assert_str_eq(json(JSON_TEXT, 0, "a\"\n\0\x1f/", 6), "\"a\\\"\\n\\u0000\\u001f/\"");
	ck_assert_str_eq(json(JSON_TEXT, 0, NULL, 0), "\"\"");
	ck_assert_str_eq(json(JSON_ID, 0, "\x01\xab", 2), "\"01ab\"");
	ck_assert_str_eq(json(JSON_BYTES, 0, "fooba", 5), "\"Zm9vYmE=\"");
	ck_assert_str_eq(json(JSON_BYTES, 0, NULL, 0), "\"\"");
}
END_TEST

START_TEST(what_is_no_utf8_is_replaced_byte_by_byte)
{
	ck_assert_str_eq(json(JSON_TEXT, 0, "\303\244\355\240\200\360\237\215\265\364\220\200\200", 13),
			 "\"\303\244\357\277\275\357\277\275\357\277\275\360\237\215\265"
			 "\357\277\275\357\277\275\357\277\275\357\277\275\"");
	ck_assert_str_eq(json(JSON_TEXT, 0, "\303", 1), "\"\357\277\275\"");
}
END_TEST

SUITE_MAIN("json_value", NULL, {numbers_of_32_bits_are_numbers, 0}, {numbers_of_64_bits_are_texts, 0},
	   {bools_and_doubles_are_what_json_has, 0}, {bytes_are_texts_hex_or_base64, 0},
	   {what_is_no_utf8_is_replaced_byte_by_byte, 0})
