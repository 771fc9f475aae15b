/* SPDX-License-Identifier: Apache-2.0
 *
 * attr_test.c - attributes of every type as OTLP bytes: values, keys, limits, UTF-8.
 */
#include "sdk/attr.h"

#include <math.h>
#include <otel/attr.h>

#include "core/sdk/record_support.h"

static void setup(void)
{
	begin((struct span_limits){128, UINT32_MAX, 64, 128, 128, 128, 128});
}

static void set(otel_attr attr)
{
	record_set(&pool, r, &r->attrs, &attr);
}

/* The value that key "k" has at the end. */
static const char *value(void)
{
	finish();
	return SPAN_ATTR_TEXT(span, "k");
}

static const char *const strings[] = {"a", "", NULL, "d\xc3\xa9"};
static const bool bools[] = {true, false};
static const int64_t ints[] = {0, -1, INT64_MIN, INT64_MAX, 300};
static const double doubles[] = {0.5, -0.0, 1e300};

START_TEST(every_type_of_value_is_encoded)
{
	const struct {
		otel_attr attr;
		const char *expected;
	} rows[] = {
		{otel_attr_str("k", "text"), "\"text\""},
		{otel_attr_str("k", ""), "\"\""},
		{otel_attr_str("k", NULL), "null"},
		{otel_attr_bool("k", true), "true"},
		{otel_attr_bool("k", false), "false"},
		{otel_attr_int("k", 0), "0"},
		{otel_attr_int("k", -5), "-5"},
		{otel_attr_int("k", INT64_MIN), "-9223372036854775808"},
		{otel_attr_int("k", INT64_MAX), "9223372036854775807"},
		{otel_attr_double("k", 1.5), "1.5"},
		{otel_attr_double("k", INFINITY), "inf"},
		{otel_attr_double("k", -INFINITY), "-inf"},
		{otel_attr_bytes("k", "\0\xff", 2), "x'00ff'"},
		{otel_attr_bytes("k", "", 0), "x''"},
		{otel_attr_bytes("k", NULL, 0), "x''"},
		{otel_attr_bytes("k", NULL, 3), "null"},
		{otel_attr_str_array("k", strings, 4), "[\"a\", \"\", null, \"d\xc3\xa9\"]"},
		{otel_attr_str_array("k", NULL, 0), "[]"},
		{otel_attr_str_array("k", NULL, 2), "null"},
		{otel_attr_bool_array("k", bools, 2), "[true, false]"},
		{otel_attr_int_array("k", ints, 5), "[0, -1, -9223372036854775808, 9223372036854775807, 300]"},
		{otel_attr_double_array("k", doubles, 3), "[0.5, -0, 1e+300]"},
		{otel_attr_double_array("k", doubles, 0), "[]"},
	};

	if ((size_t)_i < sizeof rows / sizeof *rows) {
		set(rows[_i].attr);
		ck_assert_str_eq(value(), rows[_i].expected);
	}
	done();
}
END_TEST

START_TEST(a_nan_stays_a_nan)
{
	set(otel_attr_double("k", NAN));
	ck_assert_ptr_nonnull(strstr(value(), "nan"));
	done();
}
END_TEST

START_TEST(an_unknown_type_is_ignored_and_counted)
{
	otel_attr attr = otel_attr_int("k", 1);

	attr.type = 77;
	set(attr);
	attr.type = 0;
	set(attr);
	ck_assert_str_eq(value(), "absent");
	ck_assert_uint_eq(atomic_load(&stats.misuse), 2);
	done();
}
END_TEST

START_TEST(an_attribute_without_a_key_is_ignored_and_counted)
{
	set(otel_attr_int("", 1));
	set(otel_attr_int(NULL, 1));
	record_set_str(&pool, r, &r->attrs, NULL, 5, STR("v"));
	record_set_bool(&pool, r, &r->attrs, "k", 0, true);
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 0);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 4);
	done();
}
END_TEST

START_TEST(keys_and_values_need_no_terminator_and_may_be_unicode)
{
	record_set_str(&pool, r, &r->attrs, "keyXXX", 3, "valueXXX", 5);
	record_set_str(&pool, r, &r->attrs, STR("schl\xc3\xbcssel"), STR("\xf0\x9f\x98\x80"));
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "key"), "\"value\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "schl\xc3\xbcssel"), "\"\xf0\x9f\x98\x80\"");
	done();
}
END_TEST

START_TEST(what_is_not_utf8_becomes_a_replacement_character)
{
	static const char *const array[] = {"fine",
					    "b\xff"
					    "d",
					    NULL, "\xed\xa0\x80"};

	record_set_str(&pool, r, &r->attrs, STR("v"), STR("a\xff\xc3"));
	record_set_str(&pool, r, &r->attrs, STR("k\xfe"), STR("x"));
	set(otel_attr_str_array("a", array, 4));
	set(otel_attr_bytes("b", "\xff", 1));
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "v"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k\xef\xbf\xbd"), "\"x\"");
	ck_assert_ptr_nonnull(strstr(SPAN_ATTR_TEXT(span, "a"), "\"fine\", \"b\xef\xbf\xbd"
								"d\", null, \"\xef\xbf\xbd"));
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "b"), "x'ff'");
	done();
}
END_TEST

/* Text of so many bytes and no more, with an e acute at the offset, if that is inside. */
static char *exact_text(size_t len, size_t accent)
{
	char *text = malloc(len ? len : 1);

	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + i % 26);
	if (accent + 1 < len)
		memcpy(text + accent, "\xc3\xa9", 2);
	return text;
}

static void set_and_compare(const char *key, size_t key_len, const char *value, size_t value_len)
{
	r = record_create(&pool, &limits, 1000);
	record_set_str(&pool, r, &r->attrs, key, key_len, value, value_len);
	record_set_int(&pool, r, &r->attrs, STR("next"), 7);
	finish();
	const struct msg pair = msg_sub(span, 9, 0);
	const struct wire_field k = msg_field(pair, 1, 0), v = msg_field(msg_sub(pair, 2, 0), 1, 0);
	ck_assert_uint_eq(k.len, key_len);
	ck_assert_mem_eq(k.data, key, key_len);
	ck_assert_uint_eq(v.len, value_len);
	ck_assert_mem_eq(v.data, value, value_len);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "next"), "7");
	ck_assert_uint_eq(msg_count(span, 9), 2);
	record_pool_put(&pool, r);
}

/* Memory checkers see to it that nothing beyond is read. */
START_TEST(keys_and_values_of_any_length_arrive_whole)
{
	const size_t value_len = (size_t)_i;
	char *value = exact_text(value_len, SIZE_MAX - 1);

	record_pool_put(&pool, r);
	for (size_t key_len = 1; key_len < 132; key_len += key_len < 36 || key_len > 112 ? 1 : 19) {
		char *key = exact_text(key_len, SIZE_MAX - 1);
		set_and_compare(key, key_len, value, value_len);
		free(key);
	}
	free(value);
	record_pool_drain(&pool);
}
END_TEST

START_TEST(letters_beyond_ascii_arrive_from_any_place)
{
	const size_t len = (size_t)_i;

	record_pool_put(&pool, r);
	for (size_t accent = 0; accent + 1 < len; accent++) {
		char *text = exact_text(len, accent);
		set_and_compare(text, len, "plain", 5);
		set_and_compare("plain", 5, text, len);
		set_and_compare(text, len, text, len);
		free(text);
	}
	record_pool_drain(&pool);
}
END_TEST

START_TEST(the_value_limit_holds_for_strings_bytes_and_elements)
{
	static const char *const array[] = {"abcdef", "ab", "abc\xff"};

	limits.attr_value_len = 4;
	r->attr_value_len = 4;
	record_set_str(&pool, r, &r->attrs, STR("s"), STR("abcdef"));
	record_set_str(&pool, r, &r->attrs, STR("u"), STR("abc\xc3\xa9"));
	record_set_str(&pool, r, &r->attrs, STR("bad"), STR("\xff\xff"));
	set(otel_attr_bytes("b", "abcdef", 6));
	set(otel_attr_str_array("a", array, 3));
	set(otel_attr_int("i", 1234567));
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "s"), "\"abcd\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "u"), "\"abc\xc3\xa9\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "bad"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "b"), "x'61626364'");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "a"), "[\"abcd\", \"ab\", \"abc\xef\xbf\xbd\"]");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "i"), "1234567");
	ck_assert_uint_eq(msg_number(span, 10), 0);
	done();
}
END_TEST

START_TEST(an_array_too_large_for_any_span_is_dropped_and_counted)
{
	static int64_t many[400000];

	set(otel_attr_int_array("k", many, 400000));
	ck_assert_str_eq(value(), "absent");
	ck_assert_uint_eq(msg_number(span, 10), 1);
	done();
}
END_TEST

START_TEST(a_key_of_two_mebibytes_is_dropped_and_counted)
{
	static char key[2 << 20];

	memset(key, 'k', sizeof key);
	record_set_int(&pool, r, &r->attrs, key, sizeof key, 1);
	key[0] = (char)0xff;
	record_set_int(&pool, r, &r->attrs, key, sizeof key, 1);
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 0);
	ck_assert_uint_eq(msg_number(span, 10), 2);
	done();
}
END_TEST

SUITE_MAIN("attr", setup, {every_type_of_value_is_encoded, 23}, {a_nan_stays_a_nan, 0},
	   {an_unknown_type_is_ignored_and_counted, 0}, {an_attribute_without_a_key_is_ignored_and_counted, 0},
	   {keys_and_values_need_no_terminator_and_may_be_unicode, 0},
	   {what_is_not_utf8_becomes_a_replacement_character, 0}, {keys_and_values_of_any_length_arrive_whole, 132},
	   {letters_beyond_ascii_arrive_from_any_place, 70}, {the_value_limit_holds_for_strings_bytes_and_elements, 0},
	   {an_array_too_large_for_any_span_is_dropped_and_counted, 0},
	   {a_key_of_two_mebibytes_is_dropped_and_counted, 0})
