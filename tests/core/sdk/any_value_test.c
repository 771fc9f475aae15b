/* SPDX-License-Identifier: Apache-2.0
 *
 * any_value_test.c - values in values: what is recorded of them, however they are nested, cut, broken or large.
 */
#include "sdk/any_value.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk/record_life.h"
#include "core/sdk/span_support.h"
#include "sdk/stats.h"
#include "support/suite.h"

static struct span_limits limits;
static struct record_pool pool;
static struct record *r;
static const otel_span_context context = {.trace_id = {1}, .span_id = {2}};

static void setup(void)
{
	limits = (struct span_limits){128, UINT32_MAX, 64, 128, 128, 128, 128};
	stats_reset();
	if (r)
		record_pool_put(&pool, r);
	record_pool_drain(&pool);
	r = record_create(&pool, &limits, 1000);
}

static struct msg finish(void)
{
	const struct record_bytes bytes = test_finish(&pool, r, &context, NULL, 2000);
	return span_of(bytes.data, bytes.len);
}

/* The attribute "v" as it was recorded. */
static const char *recorded(otel_attr attr)
{
	attr.key = "v";
	attr.key_len = 1;
	record_set(&pool, r, &r->attrs, &attr);
	return SPAN_ATTR_TEXT(finish(), "v");
}

START_TEST(arrays_and_maps_hold_values_of_any_type)
{
	static const bool flags[] = {true, false};
	const otel_attr inner[] = {otel_attr_int("n", -1), otel_attr_empty("nothing")};
	const otel_attr list[] = {
		otel_attr_str(NULL, "a"),      otel_attr_bytes(NULL, "\1\2", 2), otel_attr_bool_array(NULL, flags, 2),
		otel_attr_map(NULL, inner, 2), otel_attr_double(NULL, 0.5),      otel_attr_array(NULL, NULL, 0),
	};
	const otel_attr map[] = {otel_attr_array("list", list, 6), otel_attr_bool("b", true)};

	errno = 5;
	ck_assert_str_eq(recorded(otel_attr_map("v", map, 2)),
			 "{list: [\"a\", x'0102', [true, false], {n: -1, nothing: null}, 0.5, []], b: true}");
	ck_assert_int_eq(errno, 5);
}
END_TEST

START_TEST(the_empty_value_is_an_attribute)
{
	ck_assert_str_eq(recorded(otel_attr_empty("v")), "null");
}
END_TEST

START_TEST(of_a_key_twice_in_a_map_the_last_counts)
{
	const otel_attr map[] = {otel_attr_int("a", 1), otel_attr_int("b", 2), otel_attr_int("a", 3)};

	ck_assert_str_eq(recorded(otel_attr_map("v", map, 3)), "{b: 2, a: 3}");
}
END_TEST

START_TEST(entries_without_a_key_or_of_no_type_are_left_out_and_counted)
{
	otel_attr map[] = {otel_attr_int(NULL, 1), otel_attr_int("", 2), otel_attr_int("k", 3), otel_attr_int("x", 4)};

	map[3].type = 99;
	ck_assert_str_eq(recorded(otel_attr_map("v", map, 4)), "{k: 3}");
	ck_assert_uint_eq(atomic_load(&stats.misuse), 3);
}
END_TEST

START_TEST(text_is_cut_by_characters_and_cleaned_at_any_depth)
{
	const otel_attr list[] = {otel_attr_str("\xff", "größer"), otel_attr_str("b", "a\xffz"),
				  otel_attr_bytes("c", "12345", 5)};
	const otel_attr outer[] = {otel_attr_map("m", list, 3)};

	limits.attr_value_len = 4;
	ck_assert_str_eq(recorded(otel_attr_array("v", outer, 1)),
			 "[{\xef\xbf\xbd: \"größ\", b: \"a\xef\xbf\xbdz\", c: x'31323334'}]");
}
END_TEST

static const char *nested(uint32_t levels)
{
	otel_attr *chain = calloc(levels + 1, sizeof *chain);
	const char *text;

	chain[levels] = otel_attr_int(NULL, 1);
	for (uint32_t i = levels; i-- > 0;)
		chain[i] = otel_attr_array(NULL, &chain[i + 1], 1);
	text = recorded(chain[0]);
	free(chain);
	return text;
}

START_TEST(what_lies_deeper_than_the_limit_is_empty)
{
	limits.attr_depth = 3;
	ck_assert_str_eq(nested(3), "[[[1]]]");
	ck_assert_str_eq(nested(4), "[[[null]]]");
	limits.attr_depth = 1;
	ck_assert_str_eq(nested(2), "[null]");
}
END_TEST

START_TEST(a_hundred_thousand_levels_are_not_gone_down)
{
	char expected[256] = "";

	for (int i = 0; i < 64; i++)
		strcat(expected, "[");
	strcat(expected, "null");
	for (int i = 0; i < 64; i++)
		strcat(expected, "]");
	limits.attr_depth = 1000000;
	ck_assert_str_eq(nested(100000), expected);
}
END_TEST

START_TEST(ten_thousand_entries_are_kept_and_ten_megabytes_dropped)
{
	otel_attr *map = calloc(10000, sizeof *map);
	char(*keys)[8] = calloc(10000, sizeof *keys);
	char *large = calloc(1, 2 << 20);

	for (int i = 0; i < 10000; i++) {
		snprintf(keys[i], sizeof keys[i], "k%d", i);
		map[i] = otel_attr_int(keys[i], i);
	}
	otel_attr attr = otel_attr_map("many", map, 10000);
	record_set(&pool, r, &r->attrs, &attr);
	memset(large, 'x', (2 << 20) - 1);
	map[0] = otel_attr_str("large", large);
	attr = otel_attr_map("large", map, 1);
	record_set(&pool, r, &r->attrs, &attr);
	struct msg span = finish();
	ck_assert_uint_eq(msg_count(span, 9), 1);
	ck_assert_uint_eq(msg_number(span, 10), 1);
	ck_assert_uint_eq(msg_count(msg_sub(msg_sub(msg_sub(span, 9, 0), 2, 0), 6, 0), 1), 10000);
	free(map);
	free(keys);
	free(large);
}
END_TEST

START_TEST(numbers_that_are_none_are_recorded)
{
	const otel_attr list[] = {otel_attr_double(NULL, NAN), otel_attr_double(NULL, -INFINITY)};

	ck_assert_str_eq(recorded(otel_attr_array("v", list, 2)), "[nan, -inf]");
}
END_TEST

SUITE_MAIN("any_value", setup, {arrays_and_maps_hold_values_of_any_type, 0}, {the_empty_value_is_an_attribute, 0},
	   {of_a_key_twice_in_a_map_the_last_counts, 0},
	   {entries_without_a_key_or_of_no_type_are_left_out_and_counted, 0},
	   {text_is_cut_by_characters_and_cleaned_at_any_depth, 0}, {what_lies_deeper_than_the_limit_is_empty, 0},
	   {a_hundred_thousand_levels_are_not_gone_down, 0},
	   {ten_thousand_entries_are_kept_and_ten_megabytes_dropped, 0}, {numbers_that_are_none_are_recorded, 0})
