/* SPDX-License-Identifier: Apache-2.0
 *
 * record_test.c - a record becomes one Span: its head, name, status, times, and growth to the maximum.
 */
#include "sdk/record_life.h"

#include <stdio.h>

#include "core/sdk/span_support.h"
#include "support/suite.h"

static const struct span_limits limits = {128, UINT32_MAX, 64, 128, 128, 128, 128};
static const otel_span_context context = {
	.trace_id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
	.span_id = {21, 22, 23, 24, 25, 26, 27, 28},
	.trace_flags = 1,
};
static struct record_pool pool;
static struct record *r;
static struct msg span;
static size_t whole; /* bytes of the finished field */

static void setup(void)
{
	record_pool_drain(&pool);
	r = record_create(&pool, &limits, 1000);
	ck_assert_ptr_nonnull(r);
	record_name(&pool, r, STR("first"));
}

static void finish(uint64_t end)
{
	const struct record_bytes bytes = test_finish(&pool, r, &context, NULL, end);

	whole = bytes.len;
	span = span_of(bytes.data, bytes.len);
}

static void done(void)
{
	record_pool_put(&pool, r);
}

static void set_int(const char *key, int64_t value)
{
	record_set_int(&pool, r, &r->attrs, key, strlen(key), value);
}

static void set_str(const char *key, const char *value)
{
	record_set_str(&pool, r, &r->attrs, key, strlen(key), value, otel_strlen(value));
}

START_TEST(an_empty_span_has_ids_name_kind_times_and_flags)
{
	finish(2000);
	ck_assert_mem_eq(msg_field(span, 1, 0).data, context.trace_id, 16);
	ck_assert_mem_eq(msg_field(span, 2, 0).data, context.span_id, 8);
	ck_assert_uint_eq(msg_count(span, 4), 0);
	ck_assert_str_eq(msg_text(span, 5), "first");
	ck_assert_uint_eq(msg_number(span, 6), OTEL_KIND_INTERNAL);
	ck_assert_uint_eq(msg_number(span, 7), 1000);
	ck_assert_uint_eq(msg_number(span, 8), 2000);
	ck_assert_uint_eq(msg_number(span, 16), 0x101);
	ck_assert_uint_eq(msg_count(span, 3) + msg_count(span, 10) + msg_count(span, 12) + msg_count(span, 14), 0);
	done();
}
END_TEST

START_TEST(a_remote_parent_shows_in_the_flags)
{
	memcpy(r->parent_id, "parentid", 8);
	r->parent_remote = true;
	r->kind = OTEL_KIND_SERVER;
	finish(2000);
	ck_assert_mem_eq(msg_field(span, 4, 0).data, "parentid", 8);
	ck_assert_uint_eq(msg_number(span, 16), 0x301);
	ck_assert_uint_eq(msg_number(span, 6), OTEL_KIND_SERVER);
	done();
}
END_TEST

START_TEST(a_span_never_ends_before_it_started)
{
	finish(10);
	ck_assert_uint_eq(msg_number(span, 8), 1000);
	done();
}
END_TEST

START_TEST(the_clock_does_not_go_back_within_a_span)
{
	ck_assert_uint_eq(record_time(r, 1500), 1500);
	ck_assert_uint_eq(record_time(r, 1400), 1500);
	ck_assert_uint_eq(record_time(r, 1600), 1600);
	done();
}
END_TEST

START_TEST(the_last_name_counts_whatever_its_length)
{
	record_name(&pool, r, STR("other"));
	record_name(&pool, r, STR("a much longer name than before"));
	set_int("k", 1);
	record_name(&pool, r, STR("x"));
	finish(2000);
	ck_assert_str_eq(msg_text(span, 5), "x");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "1");
	done();
}
END_TEST

START_TEST(an_empty_name_is_a_name)
{
	record_name(&pool, r, "", 0);
	finish(2000);
	ck_assert_str_eq(msg_text(span, 5), "");
	done();
}
END_TEST

START_TEST(a_name_is_made_utf8_and_not_endless)
{
	static char name[100000];

	memset(name, 'n', sizeof name);
	name[0] = (char)0xff;
	record_name(&pool, r, name, sizeof name);
	finish(2000);
	ck_assert_uint_le(msg_field(span, 5, 0).len, RECORD_MAX_TEXT + 2);
	ck_assert_mem_eq(msg_field(span, 5, 0).data, "\xef\xbf\xbdn", 4);
	done();
}
END_TEST

START_TEST(the_tracestate_is_recorded)
{
	const struct record_bytes bytes = test_finish(&pool, r, &context, "a=1,b=2", 2000);
	ck_assert_str_eq(msg_text(span_of(bytes.data, bytes.len), 3), "a=1,b=2");
	done();
}
END_TEST

static const char *status_text(void)
{
	static char text[64];
	struct msg status;

	if (!msg_count(span, 15))
		return "unset";
	ck_assert_uint_eq(msg_count(span, 15), 1);
	status = msg_sub(span, 15, 0);
	snprintf(text, sizeof text, "%s %s", msg_number(status, 3) == 1 ? "ok" : "error", msg_text(status, 2));
	return text;
}

START_TEST(status_follows_the_specification)
{
	static const struct {
		struct {
			otel_status_code code;
			const char *description;
		} calls[3];
		const char *expected;
	} rows[] = {
		{{{0, NULL}}, "unset"},
		{{{2, "boom"}}, "error boom"},
		{{{2, NULL}}, "error "},
		{{{2, ""}}, "error "},
		{{{1, "ignored"}}, "ok "},
		{{{2, "first"}, {2, "second, longer"}}, "error second, longer"},
		{{{2, "first"}, {2, NULL}}, "error "},
		{{{2, "first"}, {1, NULL}}, "ok "},
		{{{1, NULL}, {2, "late"}}, "ok "},
		{{{2, "stays"}, {0, NULL}}, "error stays"},
		{{{2, "stays"}, {(otel_status_code)7, "no such code"}}, "error stays"},
		{{{2, "bad \xff"}}, "error bad \xef\xbf\xbd"},
	};

	for (size_t i = 0; i < 3; i++)
		record_status(&pool, r, rows[_i].calls[i].code, rows[_i].calls[i].description);
	finish(2000);
	ck_assert_str_eq(status_text(), rows[_i].expected);
	done();
}
END_TEST

START_TEST(lengths_are_shortest_varints)
{
	/* Around the boundary where the span's length takes a second byte. */
	char value[200];

	memset(value, 'v', sizeof value);
	record_set_str(&pool, r, &r->attrs, STR("k"), value, (size_t)_i);
	finish(2000);
	ck_assert_uint_eq(whole, 1 + wire_varint_size(span.len) + span.len);
	done();
}
END_TEST

START_TEST(a_value_of_one_mebibyte_is_dropped_and_counted)
{
	static char value[RECORD_MAX_BYTES];

	memset(value, 'v', sizeof value);
	set_int("before", 1);
	record_set_str(&pool, r, &r->attrs, STR("huge"), value, sizeof value);
	record_set_str(&pool, r, &r->attrs, STR("large"), value, sizeof value / 2);
	set_int("after", 2);
	record_status(&pool, r, OTEL_STATUS_ERROR, "still told");
	finish(2000);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "huge"), "absent");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "before"), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "after"), "2");
	ck_assert_uint_eq(msg_number(span, 10), 1);
	ck_assert_str_eq(status_text(), "error still told");
	ck_assert_uint_gt(whole, sizeof value / 2);
	ck_assert_uint_le(whole, RECORD_MAX_BYTES);
	done();
}
END_TEST

START_TEST(a_full_span_still_gets_its_status_and_tracestate)
{
	static char value[1001];
	char key[16];

	r->limits = &(const struct span_limits){UINT32_MAX, UINT32_MAX, 64, UINT32_MAX, 1, 1, 1};
	r->attrs.limit = UINT32_MAX;
	memset(value, 'v', sizeof value - 1);
	for (int i = 0; i < 2000; i++) {
		snprintf(key, sizeof key, "key.%d", i);
		record_set_str(&pool, r, &r->attrs, key, strlen(key), value, sizeof value - 1);
	}
	for (int i = 0; i < 1000; i++)
		set_int("n", i);
	record_status(&pool, r, OTEL_STATUS_ERROR, value);
	const struct record_bytes bytes = test_finish(&pool, r, &context, "a=1", 2000);
	span = span_of(bytes.data, bytes.len);
	ck_assert_uint_le(bytes.len, RECORD_MAX_BYTES);
	ck_assert_uint_gt(msg_number(span, 10), 900);
	ck_assert_uint_eq(msg_count(span, 9) + msg_number(span, 10), 2001);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "n"), "999");
	ck_assert_str_eq(msg_text(span, 3), "a=1");
	ck_assert_uint_eq(msg_number(msg_sub(span, 15, 0), 3), 2);
	done();
}
END_TEST

START_TEST(ten_thousand_keys_are_each_there_once)
{
	char key[16];

	r->attrs.limit = UINT32_MAX;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 10000; i += round ? 10 : 1) {
			snprintf(key, sizeof key, "key.%d", i);
			set_int(key, round * 1000000 + i);
		}
	}
	finish(2000);
	ck_assert_uint_eq(msg_count(span, 9), 10000);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "key.0"), "1000000");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "key.9990"), "1009990");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "key.9999"), "9999");
	done();
}
END_TEST

START_TEST(a_growing_value_leaves_nothing_behind)
{
	static char value[5000];

	memset(value, 'v', sizeof value);
	for (size_t len = 0; len < sizeof value; len++)
		record_set_str(&pool, r, &r->attrs, STR("progress"), value, len);
	ck_assert_uint_le(r->size, 32768);
	set_str("progress", "done");
	finish(2000);
	ck_assert_uint_eq(msg_count(span, 9), 1);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "progress"), "\"done\"");
	ck_assert_uint_lt(whole, 200);
	done();
}
END_TEST

START_TEST(a_pool_hands_out_the_record_put_back_last_and_keeps_few)
{
	struct record *many[200];

	done();
	ck_assert_ptr_eq(record_create(&pool, &limits, 1), r);
	for (size_t i = 0; i < 200; i++)
		many[i] = record_create(&pool, &limits, 1);
	for (size_t i = 0; i < 200; i++)
		record_pool_put(&pool, many[i]);
	ck_assert_uint_le(pool.record_count, 64);
	done();
	record_pool_drain(&pool);
	ck_assert_uint_eq(pool.record_count, 0);
}
END_TEST

START_TEST(without_a_pool_memory_comes_from_malloc)
{
	static char value[10000];

	memset(value, 'v', sizeof value);
	struct record *other = record_create(NULL, &limits, 1);
	record_name(NULL, other, STR("n"));
	record_set_str(NULL, other, &other->attrs, STR("k"), value, sizeof value);
	const struct record_bytes bytes = test_finish(NULL, other, &context, NULL, 2);
	ck_assert_uint_eq(msg_count(span_of(bytes.data, bytes.len), 9), 1);
	record_pool_put(NULL, other);
	done();
}
END_TEST

SUITE_MAIN("record", setup, {an_empty_span_has_ids_name_kind_times_and_flags, 0},
	   {a_remote_parent_shows_in_the_flags, 0}, {a_span_never_ends_before_it_started, 0},
	   {the_clock_does_not_go_back_within_a_span, 0}, {the_last_name_counts_whatever_its_length, 0},
	   {an_empty_name_is_a_name, 0}, {a_name_is_made_utf8_and_not_endless, 0}, {the_tracestate_is_recorded, 0},
	   {status_follows_the_specification, 12}, {lengths_are_shortest_varints, 200},
	   {a_value_of_one_mebibyte_is_dropped_and_counted, 0}, {a_full_span_still_gets_its_status_and_tracestate, 0},
	   {ten_thousand_keys_are_each_there_once, 0}, {a_growing_value_leaves_nothing_behind, 0},
	   {a_pool_hands_out_the_record_put_back_last_and_keeps_few, 0}, {without_a_pool_memory_comes_from_malloc, 0})
