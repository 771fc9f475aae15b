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
OTEL_KEY(longest, "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
		  "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");

START_TEST(every_type_is_set)
{
	OTEL_KEY(s, "s");
	OTEL_KEY(b, "b");
	OTEL_KEY(i, "i");
	OTEL_KEY(d, "d");
	otel_span span = test_start("x");

	for (int round = 0; round < 2; round++) {
		P->set_key_str(T, span, &s, STR("text"));
		P->set_key_bool(T, span, &b, true);
		P->set_key_int(T, span, &i, INT64_MIN);
		P->set_key_double(T, span, &d, 0.5);
	}
	P->set_key_str(T, span, &order_id, NULL, 0);
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

	P->set_key_int(T, span, &order_id, 1);
	P->set_int(T, span, STR("order.id"), 2);
	P->set_int(T, span, STR("größe"), 3);
	P->set_key_str(T, span, &unusual, STR("groß"));
	P->set_key_int(T, span, &longest, 4);
	P->set_key_int(T, span, &longest, 5);
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

	P->set_key_int(T, span, &empty, 1);
	test_end(span);
	ck_assert_uint_eq(msg_count(test_only(), 9), 0);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 1);
}
END_TEST

SUITE_MAIN("key", setup, {every_type_is_set, 0}, {handle_and_name_are_the_same_key, 0}, {an_empty_key_is_counted, 0})
