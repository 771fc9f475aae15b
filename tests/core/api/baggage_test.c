/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_test.c - immutable baggage and its bounds.
 */
#include <otel/otel.h>
#include <stdio.h>

#include "api/slot.h"
#include "support/suite.h"

static uint64_t dropped(void)
{
	return otel_api_slot_v1()->dropped;
}

/* Replaces *baggage by a copy with the entry. */
static void put(otel_baggage **baggage, const char *name, const char *value)
{
	otel_baggage *with = otel_baggage_with(*baggage, name, value, NULL);

	otel_baggage_unref(*baggage);
	*baggage = with;
}

START_TEST(the_empty_baggage_is_null_and_answers)
{
	ck_assert_uint_eq(otel_baggage_count(NULL), 0);
	ck_assert_ptr_null(otel_baggage_value(NULL, "a"));
	ck_assert_ptr_null(otel_baggage_at(NULL, 0).name);
	ck_assert_ptr_null(otel_baggage_without(NULL, "a"));
	ck_assert_ptr_null(otel_baggage_ref(NULL));
	otel_baggage_unref(NULL);
}
END_TEST

START_TEST(adding_leaves_the_original_as_it_was)
{
	otel_baggage *one = otel_baggage_with(NULL, "a", "1", "p=q");
	otel_baggage *two = otel_baggage_with(one, "b", "2", NULL);

	ck_assert_uint_eq(otel_baggage_count(one), 1);
	ck_assert_uint_eq(otel_baggage_count(two), 2);
	ck_assert_str_eq(otel_baggage_at(two, 0).name, "a");
	ck_assert_str_eq(otel_baggage_at(two, 0).metadata, "p=q");
	ck_assert_str_eq(otel_baggage_at(two, 1).value, "2");
	ck_assert_str_eq(otel_baggage_at(two, 1).metadata, "");
	otel_baggage_unref(one);
	ck_assert_str_eq(otel_baggage_value(two, "a"), "1");
	otel_baggage_unref(two);
}
END_TEST

START_TEST(a_name_set_again_keeps_its_place_with_the_new_value)
{
	otel_baggage *b = NULL;

	put(&b, "a", "1");
	put(&b, "b", "2");
	put(&b, "a", "3");
	ck_assert_uint_eq(otel_baggage_count(b), 2);
	ck_assert_str_eq(otel_baggage_at(b, 0).value, "3");
	otel_baggage_unref(b);
}
END_TEST

START_TEST(removing_an_entry_leaves_the_others_and_the_original)
{
	otel_baggage *all = NULL;

	put(&all, "a", "1");
	put(&all, "b", "2");
	put(&all, "c", "3");
	otel_baggage *two = otel_baggage_without(all, "b");
	ck_assert_uint_eq(otel_baggage_count(two), 2);
	ck_assert_ptr_null(otel_baggage_value(two, "b"));
	ck_assert_str_eq(otel_baggage_at(two, 0).name, "a");
	ck_assert_str_eq(otel_baggage_at(two, 1).value, "3");
	ck_assert_str_eq(otel_baggage_value(all, "b"), "2");
	otel_context *context = otel_context_with_baggage(NULL, two);
	otel_context *without = otel_context_with_baggage(context, NULL);
	ck_assert_ptr_eq(otel_context_baggage(context), two);
	ck_assert_ptr_null(otel_context_baggage(without));
	otel_context_unref(without);
	otel_context_unref(context);
	otel_baggage_unref(two);
	otel_baggage_unref(all);
}
END_TEST

START_TEST(removing_the_last_entry_gives_the_empty_baggage)
{
	otel_baggage *b = otel_baggage_with(NULL, "a", "1", NULL);
	otel_baggage *same = otel_baggage_without(b, "no such");

	ck_assert_ptr_eq(same, b);
	ck_assert_ptr_null(otel_baggage_without(b, "a"));
	otel_baggage_unref(same);
	otel_baggage_unref(b);
}
END_TEST

START_TEST(an_empty_name_changes_nothing)
{
	otel_baggage *b = otel_baggage_with(NULL, "a", NULL, NULL);

	ck_assert_str_eq(otel_baggage_value(b, "a"), "");
	ck_assert_ptr_eq(otel_baggage_with(b, "", "x", NULL), b);
	ck_assert_ptr_eq(otel_baggage_with(b, NULL, "x", NULL), b);
	otel_baggage_unref(b);
	otel_baggage_unref(b);
	otel_baggage_unref(b);
}
END_TEST

START_TEST(the_sixty_fifth_entry_is_left_out_and_counted)
{
	otel_baggage *b = NULL;
	uint64_t before = dropped();
	char name[8];

	for (int i = 0; i < 65; i++) {
		snprintf(name, sizeof(name), "k%d", i);
		put(&b, name, "v");
	}
	ck_assert_uint_eq(otel_baggage_count(b), 64);
	ck_assert_ptr_null(otel_baggage_value(b, "k64"));
	ck_assert_uint_eq(dropped(), before + 1);
	put(&b, "k3", "new");
	ck_assert_str_eq(otel_baggage_value(b, "k3"), "new");
	otel_baggage_unref(b);
}
END_TEST

START_TEST(what_would_not_fit_into_the_header_is_left_out)
{
	static char big[9000];
	otel_baggage *b = NULL;
	uint64_t before = dropped();

	memset(big, 'x', 8190);
	put(&b, "a", big); /* a= and 8190 bytes: exactly 8192 */
	ck_assert_uint_eq(otel_baggage_count(b), 1);
	put(&b, "b", "");
	ck_assert_uint_eq(otel_baggage_count(b), 1);
	ck_assert_uint_eq(dropped(), before + 1);
	otel_baggage_unref(b);
	b = NULL;
	memset(big, ' ', 3000); /* three bytes each, percent-encoded */
	big[3000] = '\0';
	put(&b, "a", big);
	ck_assert_ptr_null(b);
}
END_TEST

START_TEST(bytes_that_are_no_utf8_become_replacement_characters)
{
	otel_baggage *b = otel_baggage_with(NULL, "a\xff", "\xc3\xa9\xfe", "m\x80");

	ck_assert_str_eq(otel_baggage_at(b, 0).name, "a\xef\xbf\xbd");
	ck_assert_str_eq(otel_baggage_at(b, 0).value, "\xc3\xa9\xef\xbf\xbd");
	ck_assert_str_eq(otel_baggage_at(b, 0).metadata, "m\xef\xbf\xbd");
	otel_baggage_unref(b);
}
END_TEST

SUITE_MAIN("baggage", NULL, {the_empty_baggage_is_null_and_answers, 0}, {adding_leaves_the_original_as_it_was, 0},
	   {a_name_set_again_keeps_its_place_with_the_new_value, 0},
	   {removing_an_entry_leaves_the_others_and_the_original, 0},
	   {removing_the_last_entry_gives_the_empty_baggage, 0}, {an_empty_name_changes_nothing, 0},
	   {the_sixty_fifth_entry_is_left_out_and_counted, 0}, {what_would_not_fit_into_the_header_is_left_out, 0},
	   {bytes_that_are_no_utf8_become_replacement_characters, 0})
