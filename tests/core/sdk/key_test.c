/* SPDX-License-Identifier: Apache-2.0
 *
 * key_test.c - attributes by key handle are those that names would have set.
 */
#include <otel/key.h>
#include <math.h>

#include "core/sdk/span_support.h"
#include "sdk/stats.h"
#include "support/suite.h"

static void setup(void)
{
	test_provider("always_on");
}

OTEL_KEY(order_id, "order.id");
OTEL_KEY(unusual, "größe");
OTEL_KEY(empty, "");
OTEL_KEY(longest,
	 "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
	 "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");

START_TEST(every_type_is_set)
{
	OTEL_KEY(s, "s");
	OTEL_KEY(b, "b");
	OTEL_KEY(i, "i");
	OTEL_KEY(d, "d");
	otel_span span = test_start("x");

	for (int round = 0; round < 2; round++) {
		CALL(set_key_str, span, &s, STR("text"));
		CALL(set_key_bool, span, &b, true);
		CALL(set_key_int, span, &i, INT64_MIN);
		CALL(set_key_double, span, &d, 0.5);
	}
	CALL(set_key_str, span, &order_id, NULL, 0);
	test_end(span);
	struct msg m = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "s"), "\"text\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "b"), "true");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "i"), "-9223372036854775808");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "d"), "0.5");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "order.id"), "null");
	ck_assert_uint_eq(msg_count(m, 9), 5);
}
END_TEST

START_TEST(handle_and_name_are_the_same_key)
{
	otel_span span = test_start("x");

	CALL(set_key_int, span, &order_id, 1);
	CALL(set_int, span, STR("order.id"), 2);
	CALL(set_int, span, STR("größe"), 3);
	CALL(set_key_str, span, &unusual, STR("groß"));
	CALL(set_key_int, span, &longest, 4);
	CALL(set_key_int, span, &longest, 5);
	test_end(span);
	struct msg m = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "order.id"), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "größe"), "\"groß\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, longest.name), "5");
	ck_assert_uint_eq(msg_count(m, 9), 3);
}
END_TEST

START_TEST(an_empty_key_is_counted)
{
	otel_span span = test_start("x");

	CALL(set_key_int, span, &empty, 1);
	test_end(span);
	ck_assert_uint_eq(msg_count(test_only(), 9), 0);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 1);
}
END_TEST

SUITE_MAIN("key", setup, {every_type_is_set, 0}, {handle_and_name_are_the_same_key, 0}, {an_empty_key_is_counted, 0})
