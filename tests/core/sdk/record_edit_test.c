/* SPDX-License-Identifier: Apache-2.0
 *
 * record_edit_test.c - attributes of a record removed and replaced: what goes goes everywhere, what stays stays as and
 * where it was.
 */
#include "sdk/record_edit.h"

#include <stdio.h>
#include <stdlib.h>

#include "sdk/record_life.h"
#include "core/sdk/span_support.h"
#include "sdk/stats.h"
#include "support/suite.h"

static struct span_limits limits;
static struct record_pool pool;
static const otel_span_context context = {.trace_id = {1}, .span_id = {2}};
static struct record *r;

static void setup(void)
{
	limits = (struct span_limits){128, UINT32_MAX, 64, 128, 128, 128, 128};
	stats_reset();
	if (r)
		record_pool_put(&pool, r);
	record_pool_drain(&pool);
	r = record_create(&pool, &limits, 1000);
	record_name(&pool, r, STR("name"));
}

static struct msg finish(void)
{
	const struct record_bytes bytes = test_finish(&pool, r, &context, NULL, 2000);
	return span_of(bytes.data, bytes.len);
}

static void set_str(struct attr_list *list, const char *key, const char *value)
{
	record_set_str(&pool, r, list, key, strlen(key), value, strlen(value));
}

/* Secret things go, passwords are masked. */
static otel_edit redact(void *arg, otel_attr *attr)
{
	(void)arg;
	if (attr->key_len >= 6 && !memcmp(attr->key, "secret", 6))
		return OTEL_EDIT_REMOVE;
	if (attr->key_len < 8 || memcmp(attr->key, "password", 8))
		return OTEL_EDIT_KEEP;
	attr->type = OTEL_ATTR_STRING;
	attr->value.str = "****";
	attr->count = 4;
	return OTEL_EDIT_REPLACE;
}

START_TEST(attributes_of_the_span_are_removed_replaced_and_kept)
{
	set_str(&r->attrs, "a", "1");
	set_str(&r->attrs, "secret.key", "s3cr3t");
	set_str(&r->attrs, "password", "hunter2");
	record_set_int(&pool, r, &r->attrs, STR("n"), -5);
	record_set_double(&pool, r, &r->attrs, STR("d"), 0.5);
	record_edit(&pool, r, OTEL_EDIT_SPAN, redact, NULL);
	set_str(&r->attrs, "a", "2");

	struct msg span = finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "a"), "\"2\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "secret.key"), "absent");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "password"), "\"****\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "n"), "-5");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "d"), "0.5");
	ck_assert_uint_eq(msg_count(span, 9), 4);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_str_eq(msg_text(span, 5), "name");
}
END_TEST

static void add_event(const char *name, const char *key, const char *value)
{
	struct attr_list list;

	ck_assert(record_open_event(&pool, r, &list, name, strlen(name), 1500));
	set_str(&list, "kept", "yes");
	set_str(&list, key, value);
	record_close(&pool, r, &list);
}

START_TEST(events_and_links_keep_their_order_and_the_rest_of_them)
{
	const otel_attr attrs[] = {otel_attr_str("secret", "x"), otel_attr_str("kept", "y")};
	const otel_link link = {.span_context = {.trace_id = {9}, .span_id = {8}}, .attrs = attrs, .attr_count = 2};

	add_event("first", "secret", "x");
	add_event("second", "password", "y");
	record_link(&pool, r, &link);
	set_str(&r->attrs, "secret", "untouched");
	record_status(&pool, r, OTEL_STATUS_ERROR, "broken");
	record_edit(&pool, r, OTEL_EDIT_EVENTS | OTEL_EDIT_LINKS, redact, NULL);

	struct msg span = finish();
	ck_assert_str_eq(msg_text(msg_sub(span, 11, 0), 2), "first");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 0), "secret"), "absent");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 0), "kept"), "\"yes\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 1), "password"), "\"****\"");
	ck_assert_uint_eq(msg_number(msg_sub(span, 11, 1), 1), 1500);
	ck_assert_str_eq(attr_text(msg_sub(span, 13, 0), 4, "secret"), "absent");
	ck_assert_str_eq(attr_text(msg_sub(span, 13, 0), 4, "kept"), "\"y\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "secret"), "\"untouched\"");
	ck_assert_str_eq(msg_text(msg_sub(span, 15, 0), 2), "broken");
}
END_TEST

START_TEST(a_large_span_is_edited_as_a_whole)
{
	char key[32], *value = malloc(4001);

	memset(value, 'v', 4000);
	value[4000] = 0;
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "%s.%d", i % 2 ? "secret" : "kept", i);
		set_str(&r->attrs, key, value);
	}
	record_edit(&pool, r, OTEL_EDIT_SPAN, redact, NULL);
	struct msg span = finish();
	ck_assert_uint_eq(msg_count(span, 9), 50);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "secret.1"), "absent");
	free(value);
}
END_TEST

START_TEST(a_new_value_keeps_to_the_limits)
{
	limits.attr_value_len = 2;
	set_str(&r->attrs, "password", "xy");
	record_edit(&pool, r, OTEL_EDIT_SPAN, redact, NULL);
	ck_assert_str_eq(SPAN_ATTR_TEXT(finish(), "password"), "\"**\"");
}
END_TEST

static otel_edit as_told(void *arg, otel_attr *attr)
{
	const unsigned char *answers = arg;
	const otel_edit answer = (otel_edit)(answers[atoi(attr->key + 1)] % 3);

	if (answer == OTEL_EDIT_REPLACE) {
		attr->type = OTEL_ATTR_INT;
		attr->value.i = 42;
	}
	return answer;
}

START_TEST(any_edit_gives_what_was_asked_for)
{
	unsigned char answers[60];
	char key[8], text[16];

	srand((unsigned)_i);
	for (int i = 0; i < 60; i++) {
		answers[i] = (unsigned char)rand();
		const int len = snprintf(key, sizeof key, "k%d", i);
		record_set_int(&pool, r, &r->attrs, key, (size_t)len, i);
		if (rand() % 3 == 0)
			set_str(&r->attrs, key, "changed");
	}
	for (int round = 0; round < 2; round++)
		record_edit(&pool, r, OTEL_EDIT_SPAN, as_told, answers);
	struct msg span = finish();
	for (int i = 0; i < 60; i++) {
		const char *got;
		snprintf(key, sizeof key, "k%d", i);
		got = SPAN_ATTR_TEXT(span, key);
		snprintf(text, sizeof text, "%d", i);
		if (answers[i] % 3 == OTEL_EDIT_REMOVE)
			ck_assert_str_eq(got, "absent");
		else if (answers[i] % 3 == OTEL_EDIT_REPLACE)
			ck_assert_str_eq(got, "42");
		else
			ck_assert(!strcmp(got, text) || !strcmp(got, "\"changed\""));
	}
}
END_TEST

/* Grows what it is told to until there is no room. */
static otel_edit grow(void *arg, otel_attr *attr)
{
	static char long_value[300000];

	memset(long_value, 'v', sizeof long_value);
	if (attr->key_len != strlen(arg) || memcmp(attr->key, arg, attr->key_len) != 0)
		return OTEL_EDIT_KEEP;
	attr->type = OTEL_ATTR_STRING;
	attr->value.str = long_value;
	attr->count = sizeof long_value;
	return OTEL_EDIT_REPLACE;
}

static void set_long(const char *key)
{
	char *value = malloc(300001);

	memset(value, 'x', 300000);
	value[300000] = 0;
	set_str(&r->attrs, key, value);
	free(value);
}

START_TEST(a_new_value_that_has_no_room_is_dropped_and_takes_nothing_with_it)
{
	add_event("event", "grows", "1");
	set_long("a");
	set_long("b");
	set_long("c");
	set_str(&r->attrs, "last", "1");
	record_status(&pool, r, OTEL_STATUS_ERROR, "broken");
	record_edit(&pool, r, OTEL_EDIT_EVENTS, grow, (void *)(uintptr_t) "grows");

	struct msg span = finish();
	ck_assert_uint_eq(msg_count(span, 9), 4);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "last"), "\"1\"");
	ck_assert_str_eq(msg_text(msg_sub(span, 15, 0), 2), "broken");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 0), "grows"), "absent");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 0), "kept"), "\"yes\"");
	ck_assert_uint_eq(msg_number(msg_sub(span, 11, 0), 4), 1);
}
END_TEST

START_TEST(what_an_event_dropped_before_is_counted_together_with_what_the_edit_drops)
{
	limits.event_attr_count = 2;
	struct attr_list list;

	ck_assert(record_open_event(&pool, r, &list, "event", 5, 1500));
	set_str(&list, "grows", "1");
	set_str(&list, "kept", "yes");
	set_str(&list, "over", "1");
	set_str(&list, "the limit", "1");
	record_close(&pool, r, &list);
	set_long("a");
	set_long("b");
	set_long("c");
	record_edit(&pool, r, OTEL_EDIT_EVENTS, grow, (void *)(uintptr_t) "grows");

	struct msg event = msg_sub(finish(), 11, 0);
	ck_assert_uint_eq(msg_count(event, 3), 1);
	ck_assert_uint_eq(msg_count(event, 4), 1);
	ck_assert_uint_eq(msg_number(event, 4), 3);
}
END_TEST

START_TEST(without_memory_what_was_not_edited_stays)
{
	add_event("event", "secret", "1");
	set_str(&r->attrs, "secret", "1");
	for (int i = 0; i < 100; i++) {
		char key[16];
		snprintf(key, sizeof key, "key.%d", i);
		set_str(&r->attrs, key, "a value of some length");
	}
	record_status(&pool, r, OTEL_STATUS_ERROR, "broken");
	record_pool_drain(&pool);
	record_pool_limit(1);
	record_edit(&pool, r, OTEL_EDIT_EVENTS, redact, NULL);
	record_pool_limit(0);

	struct msg span = finish();
	ck_assert_str_eq(msg_text(span, 5), "name");
	ck_assert_str_eq(msg_text(msg_sub(span, 15, 0), 2), "broken");
	ck_assert_uint_eq(msg_count(span, 9), 101);
	ck_assert_uint_eq(msg_count(span, 11), 0);
	ck_assert_uint_eq(msg_number(span, 12), 1);
}
END_TEST

SUITE_MAIN("record_edit", setup, {attributes_of_the_span_are_removed_replaced_and_kept, 0},
	   {events_and_links_keep_their_order_and_the_rest_of_them, 0}, {a_large_span_is_edited_as_a_whole, 0},
	   {a_new_value_keeps_to_the_limits, 0}, {a_new_value_that_has_no_room_is_dropped_and_takes_nothing_with_it, 0},
	   {what_an_event_dropped_before_is_counted_together_with_what_the_edit_drops, 0},
	   {without_memory_what_was_not_edited_stays, 0}, {any_edit_gives_what_was_asked_for, 50})
