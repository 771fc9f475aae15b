/* SPDX-License-Identifier: Apache-2.0
 *
 * record_attr_test.c - each key once, the last value wins, the count limit.
 */
#include <otel/attr.h>
#include <stdio.h>

#include "core/sdk/record_support.h"

static void setup(void)
{
	begin((struct span_limits){4, UINT32_MAX, 64, 128, 128, 128, 128});
}

static void set_int(const char *key, int64_t value)
{
	record_set_int(&pool, r, &r->attrs, key, strlen(key), value);
}

static void set_str(const char *key, const char *value)
{
	record_set_str(&pool, r, &r->attrs, key, strlen(key), value, strlen(value));
}

START_TEST(a_key_set_twice_keeps_the_last_value)
{
	set_int("k", 1);
	set_int("other", 7);
	set_int("k", 2);
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "other"), "7");
	ck_assert_uint_eq(msg_count(span, 9), 2);
	done();
}
END_TEST

START_TEST(a_new_value_may_be_longer_shorter_or_of_another_type)
{
	set_str("k", "short");
	set_str("k", "considerably longer");
	set_int("k", 1);
	set_str("k", "x");
	record_set_bool(&pool, r, &r->attrs, STR("k"), true);
	record_set_double(&pool, r, &r->attrs, STR("k"), 0.25);
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "0.25");
	ck_assert_uint_eq(msg_count(span, 9), 1);
	done();
}
END_TEST

START_TEST(a_key_set_200_times_takes_one_place_of_the_limit)
{
	char value[300];

	for (int i = 0; i < 200; i++) {
		memset(value, 'v', sizeof value);
		value[i] = 0;
		set_str("x", value);
	}
	set_int("a", 1);
	set_int("b", 1);
	set_int("c", 1);
	set_int("too many", 1);
	set_str("x", "last");
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "x"), "\"last\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "c"), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "too many"), "absent");
	ck_assert_uint_eq(msg_number(span, 10), 1);
	done();
}
END_TEST

START_TEST(past_the_limit_new_keys_are_dropped_and_old_ones_still_change)
{
	char key[16];

	for (int i = 0; i < 10000; i++) {
		snprintf(key, sizeof key, "key.%d", i);
		set_int(key, i);
	}
	set_int("key.3", 1000);
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 4);
	ck_assert_uint_eq(msg_number(span, 10), 9996);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "key.3"), "1000");
	done();
}
END_TEST

START_TEST(a_limit_of_none_drops_all)
{
	r->attrs.limit = 0;
	set_int("k", 1);
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 0);
	ck_assert_uint_eq(msg_number(span, 10), 1);
	done();
}
END_TEST

START_TEST(keys_that_begin_alike_are_told_apart)
{
	static const char *const keys[] = {"http.request.header.a", "http.request.header.b", "http.request.header.ab",
					   "h"};

	for (int i = 0; i < 4; i++)
		set_int(keys[i], i);
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, keys[0]), "0");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, keys[1]), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, keys[2]), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, keys[3]), "3");
	done();
}
END_TEST

/* Records grow under them, at every distance from the end of the room. */
START_TEST(a_hundred_attributes_of_any_size_are_all_there)
{
	char key[16], value[130], expected[132];

	r->attrs.limit = 100;
	for (int i = 0; i < 100; i++) {
		const int len = (i * 7 + _i) % 128;
		snprintf(key, sizeof key, "key.%d", i);
		snprintf(value, sizeof value, "%0*d", len, i);
		set_str(key, value);
	}
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 100);
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "key.%d", i);
		snprintf(expected, sizeof expected, "\"%0*d\"", (i * 7 + _i) % 128, i);
		ck_assert_str_eq(SPAN_ATTR_TEXT(span, key), expected);
	}
	done();
}
END_TEST

/* They go another way; the count and the limit must not see that. */
START_TEST(values_beyond_ascii_count_once)
{
	set_str("a", "größe");
	set_str("b", "maß");
	set_str("a", "länge");
	set_str("c", "plain");
	set_str("größe", "plain");
	set_str("e", "one too many");
	set_str("f", "eins zu viel: größe");
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 4);
	ck_assert_uint_eq(msg_number(span, 10), 2);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "a"), "\"länge\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "größe"), "\"plain\"");
	done();
}
END_TEST

/* Against a plain table: random sets of few keys, values of all lengths, names and statuses between. */
START_TEST(random_sets_end_as_in_a_plain_table)
{
	enum { KEYS = 12, MAX = 400 };
	static char model[KEYS][MAX];
	static char expected[sizeof(model) + 3];
	char key[16], value[MAX];
	unsigned seed = (unsigned)_i * 7919 + 1;

	memset(model, 0, sizeof model);
	r->attrs.limit = KEYS;
	for (int n = 0; n < 300; n++) {
		const int k = rand_r(&seed) % KEYS;
		const size_t len = 1 + (size_t)rand_r(&seed) % (rand_r(&seed) % 8 ? 12 : MAX - 2);
		memset(value, 'a' + rand_r(&seed) % 26, len);
		value[len] = 0;
		snprintf(key, sizeof key, "key.%d", k);
		set_str(key, value);
		strcpy(model[k], value);
		if (n % 50 == 7)
			record_name(&pool, r, value, len);
		if (n % 60 == 9)
			record_status(&pool, r, OTEL_STATUS_ERROR, value);
	}
	finish();
	ck_assert_uint_eq(msg_number(span, 10), 0);
	for (int k = 0; k < KEYS; k++) {
		snprintf(key, sizeof key, "key.%d", k);
		snprintf(expected, sizeof expected, "\"%s\"", model[k]);
		ck_assert_str_eq(SPAN_ATTR_TEXT(span, key), *model[k] ? expected : "absent");
	}
	ck_assert_uint_eq(msg_count(span, 5), 1);
	ck_assert_uint_eq(msg_count(span, 15), 1);
	done();
}
END_TEST

SUITE_MAIN("record_attr", setup, {a_key_set_twice_keeps_the_last_value, 0},
	   {a_new_value_may_be_longer_shorter_or_of_another_type, 0},
	   {a_key_set_200_times_takes_one_place_of_the_limit, 0},
	   {past_the_limit_new_keys_are_dropped_and_old_ones_still_change, 0}, {a_limit_of_none_drops_all, 0},
	   {keys_that_begin_alike_are_told_apart, 0}, {a_hundred_attributes_of_any_size_are_all_there, 64},
	   {values_beyond_ascii_count_once, 0}, {random_sets_end_as_in_a_plain_table, 200})
