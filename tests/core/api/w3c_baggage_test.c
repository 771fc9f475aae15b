/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_baggage_test.c - what the vectors leave out: malformed escapes, limits, text that may not go into a header.
 */
#include "api/w3c_baggage.h"

#include <stdio.h>

#include "api/context_block.h"
#include "header_list.h"
#include "support/suite.h"

static otel_baggage *parsed(const char *text)
{
	return w3c_baggage_parse(text, strlen(text));
}

static char header[9000];

static const char *formatted(otel_baggage *baggage)
{
	ck_assert_uint_le(w3c_baggage_format(baggage, header), baggage->header_len);
	return header;
}

static void expect_value(const char *text, const char *value)
{
	otel_baggage *b = parsed(text);

	ck_assert_msg(b != NULL, "%s", text);
	ck_assert_str_eq(otel_baggage_value(b, "k"), value);
	otel_baggage_unref(b);
}

START_TEST(a_percent_sign_without_two_digits_stays)
{
	expect_value("k=%", "%");
	expect_value("k=%4", "%4");
	expect_value("k=%4g%41", "%4gA");
	expect_value("k=%%41", "%A");
}
END_TEST

START_TEST(a_decoded_zero_byte_cannot_cut_the_value)
{
	expect_value("k=a%00b", "a\xef\xbf\xbd"
				"b");
}
END_TEST

START_TEST(members_with_bad_properties_are_skipped)
{
	otel_baggage *b = parsed("a=1;\"p\",b=2;p = q ,c=3;");

	ck_assert_uint_eq(otel_baggage_count(b), 2);
	ck_assert_str_eq(otel_baggage_at(b, 0).metadata, "p = q");
	ck_assert_str_eq(otel_baggage_at(b, 1).metadata, "");
	otel_baggage_unref(b);
}
END_TEST

START_TEST(nothing_usable_gives_nothing)
{
	const char *const empty[] = {"", ",", "=", "=1", "a", ";", "a b=1", "\x80=1", "a=\x01"};

	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		ck_assert_msg(!parsed(empty[i]), "%s", empty[i]);
}
END_TEST

START_TEST(members_past_the_limit_are_left_out_and_the_first_kept)
{
	char text[2048] = "";
	otel_baggage *b;

	for (int i = 0; i < 70; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "k%d=v,", i);
	b = parsed(text);
	ck_assert_uint_eq(otel_baggage_count(b), 64);
	ck_assert_str_eq(otel_baggage_at(b, 63).name, "k63");
	otel_baggage_unref(b);
}
END_TEST

START_TEST(the_longest_header_travels_whole)
{
	static char text[8193];
	otel_baggage *b;

	memset(text, 'v', 8192);
	memcpy(text, "a=", 2);
	memcpy(text + 4000, ",b=", 3);
	b = parsed(text);
	ck_assert_uint_eq(b->header_len, 8192);
	ck_assert_str_eq(formatted(b), text);
	otel_baggage_unref(b);
}
END_TEST

START_TEST(names_that_are_no_tokens_stay_at_home)
{
	otel_baggage *one = otel_baggage_with(NULL, "na\xc3\xafve", "1", NULL);
	otel_baggage *two = otel_baggage_with(one, "b", "2", NULL);

	ck_assert_str_eq(formatted(two), "b=2");
	ck_assert_str_eq(formatted(one), "");
	otel_baggage_unref(one);
	otel_baggage_unref(two);
}
END_TEST

START_TEST(no_metadata_can_break_out_of_its_header)
{
	const char *const bad[] = {"p\r\nX-Evil: 1", "p,c=3", "\"", "p\x7f"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		otel_baggage *b = otel_baggage_with(NULL, "b", "2\r\n", bad[i]);
		ck_assert_str_eq(formatted(b), "b=2%0D%0A");
		otel_baggage_unref(b);
	}
}
END_TEST

START_TEST(a_carrier_of_another_version_is_read_as_far_as_it_goes)
{
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	otel_baggage *b = otel_baggage_with(NULL, "a", "1", NULL);
	otel_context *context = otel_context_with_baggage(NULL, b);

	carrier.size = offsetof(otel_carrier, get);
	otel_baggage_inject_v1(context, &carrier);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_ptr_null(otel_baggage_extract_v1(NULL, &carrier));
	ck_assert_ptr_null(otel_tracecontext_extract_v1(NULL, &carrier));
	carrier.size = offsetof(otel_carrier, set);
	header_list_clear(&list);
	otel_baggage_inject_v1(context, &carrier);
	ck_assert_uint_eq(list.count, 0);
	otel_baggage_unref(b);
	otel_context_unref(context);
}
END_TEST

SUITE_MAIN("w3c_baggage", NULL, {a_percent_sign_without_two_digits_stays, 0},
	   {a_decoded_zero_byte_cannot_cut_the_value, 0}, {members_with_bad_properties_are_skipped, 0},
	   {nothing_usable_gives_nothing, 0}, {members_past_the_limit_are_left_out_and_the_first_kept, 0},
	   {the_longest_header_travels_whole, 0}, {names_that_are_no_tokens_stay_at_home, 0},
	   {no_metadata_can_break_out_of_its_header, 0}, {a_carrier_of_another_version_is_read_as_far_as_it_goes, 0})
