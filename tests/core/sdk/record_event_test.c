/* SPDX-License-Identifier: Apache-2.0
 *
 * record_event_test.c - events and links: order, attributes, limits, lengths.
 */
#include <otel/attr.h>

#include "core/sdk/record_support.h"

static void setup(void)
{
	begin((struct span_limits){128, UINT32_MAX, 64, 4, 3, 2, 2});
}

static void event(const char *name, uint64_t time, const otel_attr *attrs, size_t count)
{
	struct attr_list list;

	if (!record_open_event(&pool, r, &list, name, strlen(name), time))
		return;
	record_set_all(&pool, r, &list, attrs, count);
	record_close(&pool, r, &list);
}

START_TEST(events_keep_order_time_name_and_attributes)
{
	event("first", 11, NULL, 0);
	event("", 5, OTEL_ATTRS(otel_attr_str("a", "x"), otel_attr_int("b", 2)));
	finish();
	ck_assert_uint_eq(msg_count(span, 11), 2);
	const struct msg first = msg_sub(span, 11, 0), second = msg_sub(span, 11, 1);
	ck_assert_str_eq(msg_text(first, 2), "first");
	ck_assert_uint_eq(msg_number(first, 1), 11);
	ck_assert_uint_eq(msg_count(first, 3) + msg_count(first, 4), 0);
	ck_assert_str_eq(msg_text(second, 2), "");
	ck_assert_uint_eq(msg_number(second, 1), 5);
	ck_assert_str_eq(EVENT_ATTR_TEXT(second, "a"), "\"x\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(second, "b"), "2");
	done();
}
END_TEST

START_TEST(events_past_the_limit_are_dropped_and_counted)
{
	for (int i = 0; i < 10; i++)
		event(i < 4 ? "early" : "late", 1, NULL, 0);
	finish();
	ck_assert_uint_eq(msg_count(span, 11), 4);
	ck_assert_str_eq(msg_text(msg_sub(span, 11, 3), 2), "early");
	ck_assert_uint_eq(msg_number(span, 12), 6);
	done();
}
END_TEST

START_TEST(attributes_of_an_event_are_limited_and_unique)
{
	event("e", 1,
	      OTEL_ATTRS(otel_attr_str("a", "old"), otel_attr_int("b", 2), otel_attr_int("c", 3),
			 otel_attr_str("a", "new and longer"), otel_attr_int("", 4)));
	finish();
	const struct msg e = msg_sub(span, 11, 0);
	ck_assert_str_eq(EVENT_ATTR_TEXT(e, "a"), "\"new and longer\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(e, "b"), "2");
	ck_assert_str_eq(EVENT_ATTR_TEXT(e, "c"), "absent");
	ck_assert_uint_eq(msg_number(e, 4), 1);
	ck_assert_uint_eq(msg_number(span, 10), 0);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 1);
	done();
}
END_TEST

START_TEST(the_same_key_in_span_and_event_are_two)
{
	record_set_int(&pool, r, &r->attrs, STR("k"), 1);
	event("e", 1, OTEL_ATTRS(otel_attr_int("k", 2)));
	record_set_int(&pool, r, &r->attrs, STR("k"), 300);
	finish();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "300");
	ck_assert_str_eq(EVENT_ATTR_TEXT(msg_sub(span, 11, 0), "k"), "2");
	done();
}
END_TEST

/* The length of an event takes one, two or three bytes, and the record grows meanwhile. */
START_TEST(events_of_any_length_are_whole)
{
	static const size_t lengths[] = {0, 90, 100, 110, 127, 128, 200, 400, 2000, 16300, 16390, 70000};
	char *text = malloc(70001);

	memset(text, 't', 70000);
	text[lengths[_i]] = 0;
	event("e", 1, OTEL_ATTRS(otel_attr_str("t", text)));
	event("after", 2, NULL, 0);
	finish();
	const struct wire_field v = msg_field(msg_sub(msg_sub(msg_sub(span, 11, 0), 3, 0), 2, 0), 1, 0);
	ck_assert_uint_eq(v.len, lengths[_i]);
	ck_assert_mem_eq(v.data, text, v.len);
	ck_assert_str_eq(msg_text(msg_sub(span, 11, 1), 2), "after");
	free(text);
	done();
}
END_TEST

START_TEST(short_events_are_whole_too)
{
	char name[RECORD_SHORT_EVENT + 1];

	record_pool_put(&pool, r);
	memset(name, 'n', sizeof name);
	for (size_t len = 0; len <= RECORD_SHORT_EVENT; len += 4) {
		r = record_create(&pool, &limits, 1000);
		ck_assert(record_short_event(r, name, len, 7));
		event("after", 8, OTEL_ATTRS(otel_attr_int("k", 1)));
		finish();
		const struct msg first = msg_sub(span, 11, 0), second = msg_sub(span, 11, 1);
		ck_assert_uint_eq(msg_field(first, 2, 0).len, len);
		ck_assert_mem_eq(msg_field(first, 2, 0).data, name, len);
		ck_assert_uint_eq(msg_number(first, 1), 7);
		ck_assert_str_eq(EVENT_ATTR_TEXT(second, "k"), "1");
		record_pool_put(&pool, r);
	}
	record_pool_drain(&pool);
}
END_TEST

START_TEST(what_is_no_short_event_changes_nothing)
{
	char name[RECORD_SHORT_EVENT + 1];
	const uint32_t len = r->len;

	memset(name, 'n', sizeof name);
	ck_assert(!record_short_event(r, name, sizeof name, 7));
	ck_assert(!record_short_event(r, STR("größe"), 7));
	ck_assert_uint_eq(r->len, len);
	for (uint32_t i = 0; i < limits.event_count; i++)
		ck_assert(record_short_event(r, STR("e"), 7));
	ck_assert(!record_short_event(r, STR("e"), 7));
	finish();
	ck_assert_uint_eq(msg_count(span, 11), limits.event_count);
	ck_assert_uint_eq(msg_count(span, 12), 0);
	done();
}
END_TEST

START_TEST(an_attribute_too_large_is_dropped_from_its_event)
{
	char *text = malloc(2 << 20);

	memset(text, 't', 2 << 20);
	text[(2 << 20) - 1] = 0;
	event("e", 1, OTEL_ATTRS(otel_attr_str("huge", text), otel_attr_int("small", 1)));
	finish();
	const struct msg e = msg_sub(span, 11, 0);
	ck_assert_str_eq(EVENT_ATTR_TEXT(e, "small"), "1");
	ck_assert_uint_eq(msg_number(e, 4), 1);
	free(text);
	done();
}
END_TEST

START_TEST(events_that_do_not_fit_a_full_span_are_counted)
{
	char *text = malloc(RECORD_MAX_BYTES);

	memset(text, 't', RECORD_MAX_BYTES);
	record_set_str(&pool, r, &r->attrs, STR("k"), text, RECORD_MAX_BYTES - RECORD_TAIL - RECORD_GAP - 40);
	event("does not fit, whatever is tried", 1, NULL, 0);
	finish();
	ck_assert_uint_eq(msg_count(span, 9), 1);
	ck_assert_uint_eq(msg_count(span, 11), 0);
	ck_assert_uint_eq(msg_number(span, 12), 1);
	free(text);
	done();
}
END_TEST

static const otel_span_context target = {.trace_id = {7}, .span_id = {8}, .trace_flags = 1, .is_remote = 1};

START_TEST(links_keep_order_context_tracestate_and_attributes)
{
	const otel_attr attrs[] = {otel_attr_int("a", 1), otel_attr_int("b", 2), otel_attr_int("c", 3)};
	const otel_link one = {.span_context = target, .tracestate = "v=1", .attrs = attrs, .attr_count = 3};
	otel_link two = {.span_context = target, .tracestate = "not valid"};

	two.span_context.is_remote = 0;
	two.span_context.trace_flags = 0;
	record_link(&pool, r, &one);
	record_link(&pool, r, &two);
	finish();
	const struct msg first = msg_sub(span, 13, 0), second = msg_sub(span, 13, 1);
	ck_assert_mem_eq(msg_field(first, 1, 0).data, target.trace_id, 16);
	ck_assert_mem_eq(msg_field(first, 2, 0).data, target.span_id, 8);
	ck_assert_str_eq(msg_text(first, 3), "v=1");
	ck_assert_str_eq(attr_text(first, 4, "b"), "2");
	ck_assert_uint_eq(msg_number(first, 5), 1);
	ck_assert_uint_eq(msg_number(first, 6), 0x301);
	ck_assert_uint_eq(msg_count(second, 3), 0);
	ck_assert_uint_eq(msg_number(second, 6), 0x100);
	done();
}
END_TEST

START_TEST(a_link_to_nowhere_counts_only_with_attributes_or_tracestate)
{
	const otel_attr attr = otel_attr_int("a", 1);
	const otel_link nothing = {.tracestate = ""};
	const otel_link with_attr = {.attrs = &attr, .attr_count = 1};
	const otel_link with_tracestate = {.tracestate = "v=1"};

	record_link(&pool, r, &nothing);
	record_link(&pool, r, &with_attr);
	record_link(&pool, r, &with_tracestate);
	finish();
	ck_assert_uint_eq(msg_count(span, 13), 2);
	ck_assert_uint_eq(msg_number(span, 14), 0);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 1);
	done();
}
END_TEST

START_TEST(links_past_the_limit_are_dropped_and_counted)
{
	const otel_link link = {.span_context = target};

	for (int i = 0; i < 5; i++)
		record_link(&pool, r, &link);
	finish();
	ck_assert_uint_eq(msg_count(span, 13), 3);
	ck_assert_uint_eq(msg_number(span, 14), 2);
	done();
}
END_TEST

SUITE_MAIN("record_event", setup, {events_keep_order_time_name_and_attributes, 0},
	   {events_past_the_limit_are_dropped_and_counted, 0}, {attributes_of_an_event_are_limited_and_unique, 0},
	   {the_same_key_in_span_and_event_are_two, 0}, {events_of_any_length_are_whole, 12},
	   {short_events_are_whole_too, 0}, {what_is_no_short_event_changes_nothing, 0},
	   {an_attribute_too_large_is_dropped_from_its_event, 0}, {events_that_do_not_fit_a_full_span_are_counted, 0},
	   {links_keep_order_context_tracestate_and_attributes, 0},
	   {a_link_to_nowhere_counts_only_with_attributes_or_tracestate, 0},
	   {links_past_the_limit_are_dropped_and_counted, 0})
