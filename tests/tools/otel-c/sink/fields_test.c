/* SPDX-License-Identifier: Apache-2.0
 *
 * fields_test.c - fields of headers and trailers.
 */
#include "tools/otel-c/sink/fields.h"

#include <string.h>

#include "support/suite.h"

static struct sink_fields fields;

START_TEST(fields_come_back_in_their_order)
{
	struct sink_field field;
	size_t cursor = 0;

	sink_fields_init(&fields, 1000);
	ck_assert(sink_fields_put(&fields, "te", "trailers"));
	ck_assert(sink_fields_add(&fields, "empty-then", 5, "valueless", 0));
	ck_assert_uint_eq(fields.count, 2);
	ck_assert(sink_fields_next(&fields, &cursor, &field));
	ck_assert_str_eq(field.name, "te");
	ck_assert_str_eq(field.value, "trailers");
	ck_assert(sink_fields_next(&fields, &cursor, &field));
	ck_assert_str_eq(field.name, "empty");
	ck_assert_str_eq(field.value, "");
	ck_assert(!sink_fields_next(&fields, &cursor, &field));
	sink_fields_fini(&fields);
	ck_assert_uint_eq(fields.count, 0);
}
END_TEST

START_TEST(the_first_of_a_name_is_found)
{
	sink_fields_init(&fields, 1000);
	sink_fields_put(&fields, "a", "a1");
	sink_fields_put(&fields, "a1", "other");
	sink_fields_put(&fields, "a", "a2");
	ck_assert_str_eq(sink_fields_get(&fields, "a"), "a1");
	ck_assert_str_eq(sink_fields_get(&fields, "a1"), "other");
	ck_assert_ptr_null(sink_fields_get(&fields, "other"));
	sink_fields_fini(&fields);
	ck_assert_ptr_null(sink_fields_get(&fields, "a"));
}
END_TEST

START_TEST(a_nul_ends_a_value)
{
	sink_fields_init(&fields, 1000);
	sink_fields_add(&fields, "a", 1, "x\0y", 3);
	sink_fields_put(&fields, "b", "z");
	ck_assert_str_eq(sink_fields_get(&fields, "a"), "x");
	ck_assert_str_eq(sink_fields_get(&fields, "b"), "z");
	sink_fields_fini(&fields);
}
END_TEST

START_TEST(they_have_a_bound)
{
	sink_fields_init(&fields, 10);
	ck_assert(sink_fields_put(&fields, "abc", "de"));
	ck_assert(!sink_fields_put(&fields, "fg", "h"));
	ck_assert_uint_eq(fields.count, 1);
	ck_assert_ptr_null(sink_fields_get(&fields, "fg"));
	sink_fields_fini(&fields);
}
END_TEST

SUITE_MAIN("sink_fields", NULL, {fields_come_back_in_their_order, 0}, {the_first_of_a_name_is_found, 0},
	   {a_nul_ends_a_value, 0}, {they_have_a_bound, 0})
