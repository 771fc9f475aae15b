/* SPDX-License-Identifier: Apache-2.0
 *
 * carrier_test.c - headers of carriers of any version, with and without end.
 */
#include "plugins/propagation/carrier.h"

#include "core/api/header_list.h"
#include "support/suite.h"

static struct header_list headers;

static void clear(void)
{
	header_list_clear(&headers);
}

START_TEST(one_value_is_found_and_stripped)
{
	otel_carrier carrier = header_list_carrier(&headers);

	header_list_add(&headers, "A", " \tx y\t ");
	header_list_add(&headers, "b", "");
	ck_assert(view_equals(carrier_only(&carrier, "a"), "x y"));
	ck_assert_ptr_nonnull(carrier_only(&carrier, "b").ptr);
	ck_assert_uint_eq(carrier_only(&carrier, "b").len, 0);
	ck_assert_ptr_null(carrier_only(&carrier, "c").ptr);
}
END_TEST

START_TEST(two_values_count_as_none)
{
	otel_carrier carrier = header_list_carrier(&headers);

	header_list_add(&headers, "a", "1");
	header_list_add(&headers, "A", "1");
	ck_assert_ptr_null(carrier_only(&carrier, "a").ptr);
}
END_TEST

START_TEST(names_are_told_in_lower_case_and_cut_to_nothing_when_too_long)
{
	otel_carrier carrier = header_list_carrier(&headers);
	char name[8];

	header_list_add(&headers, "Ab-C1", "");
	header_list_add(&headers, "exactly", "");
	header_list_add(&headers, "too-long", "");
	ck_assert(carrier_name(&carrier, 0, name, sizeof name));
	ck_assert_str_eq(name, "ab-c1");
	ck_assert(carrier_name(&carrier, 1, name, sizeof name));
	ck_assert_str_eq(name, "exactly");
	ck_assert(carrier_name(&carrier, 2, name, sizeof name));
	ck_assert_str_eq(name, "");
	ck_assert(!carrier_name(&carrier, 3, name, sizeof name));
}
END_TEST

START_TEST(fields_that_a_carrier_does_not_have_are_not_read)
{
	otel_carrier carrier = header_list_carrier(&headers);
	char name[8];

	header_list_add(&headers, "a", "1");
	carrier.size = offsetof(otel_carrier, key);
	ck_assert(!carrier_name(&carrier, 0, name, sizeof name));
	ck_assert(view_equals(carrier_only(&carrier, "a"), "1"));
	carrier.size = offsetof(otel_carrier, get);
	ck_assert_ptr_null(carrier_only(&carrier, "a").ptr);
}
END_TEST

static const char *endless(void *self, size_t index)
{
	(void)self;
	(void)index;
	return "a";
}

START_TEST(names_without_end_are_left_at_some_point)
{
	otel_carrier carrier = {.size = sizeof carrier, .key = endless};
	char name[8];
	size_t i = 0;

	while (carrier_name(&carrier, i, name, sizeof name))
		i++;
	ck_assert_uint_eq(i, CARRIER_MAX_NAMES);
}
END_TEST

SUITE_MAIN("carrier", clear, {one_value_is_found_and_stripped, 0}, {two_values_count_as_none, 0},
	   {names_are_told_in_lower_case_and_cut_to_nothing_when_too_long, 0},
	   {fields_that_a_carrier_does_not_have_are_not_read, 0}, {names_without_end_are_left_at_some_point, 0})
