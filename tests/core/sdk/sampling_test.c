/* SPDX-License-Identifier: Apache-2.0
 *
 * sampling_test.c - what a sampler may answer beside its decision: attributes, a tracestate; and the parent's context.
 */
#include "sdk/sampling.h"

#include <otel/otel.h>

#include "sdk/record_life.h"
#include "core/sdk/span_support.h"
#include "support/suite.h"

static const struct otel_parent nobody;

static struct sampling sampling_new(void)
{
	return (struct sampling){.asked = {.size = sizeof(otel_sampling), .parent_tracestate = ""}, .parent = &nobody};
}

/* ---- attributes ---- */

/* An attribute of each type, in memory that is another's soon after. */
static void ask_for_each_type(struct sampling *s)
{
	char key[] = "key", text[] = "text", one[] = "one";
	const char *strings[] = {one, NULL};
	int64_t ints[] = {1, 2};
	double doubles[] = {0.5};
	bool bools[] = {true, false, true};
	otel_attr items[] = {otel_attr_str("inner", text), otel_attr_int_array("ints", ints, 2)};
	otel_attr map = otel_attr_make("map", OTEL_ATTR_MAP, 2);
	map.value.items = items;
	const otel_attr attrs[] = {
		otel_attr_str(key, text),
		otel_attr_bytes("b", text, 4),
		otel_attr_str_array("s", strings, 2),
		otel_attr_int_array("i", ints, 2),
		otel_attr_double_array("d", doubles, 1),
		otel_attr_bool_array("f", bools, 3),
		otel_attr_int("n", 5),
		map,
	};

	for (size_t i = 0; i < 8; i++)
		sampling_attr(&s->asked, &attrs[i]);
	memset(key, 'x', 3);
	memset(text, 'x', 4);
	memset(one, 'x', 3);
	memset(ints, 0, sizeof ints);
	memset(doubles, 0, sizeof doubles);
	memset(bools, 0, sizeof bools);
	memset(items, 0, sizeof items);
	memset(strings, 0, sizeof strings);
}

START_TEST(attributes_are_copied_whole)
{
	struct sampling s = sampling_new();

	ask_for_each_type(&s);
	ck_assert_uint_eq(s.attr_count, 8);
	ck_assert_uint_eq(s.dropped, 0);
	ck_assert_mem_eq(s.attrs[0].key, "key", 3);
	ck_assert_mem_eq(s.attrs[0].value.str, "text", 4);
	ck_assert_mem_eq(s.attrs[1].value.bytes, "text", 4);
	ck_assert_str_eq(s.attrs[2].value.strs[0], "one");
	ck_assert_ptr_null(s.attrs[2].value.strs[1]);
	ck_assert_int_eq(s.attrs[3].value.ints[1], 2);
	ck_assert_double_eq(s.attrs[4].value.doubles[0], 0.5);
	ck_assert(s.attrs[5].value.bools[0] && !s.attrs[5].value.bools[1] && s.attrs[5].value.bools[2]);
	ck_assert_int_eq(s.attrs[6].value.i, 5);
	ck_assert_mem_eq(s.attrs[7].value.items[0].key, "inner", 5);
	ck_assert_mem_eq(s.attrs[7].value.items[0].value.str, "text", 4);
	ck_assert_int_eq(s.attrs[7].value.items[1].value.ints[1], 2);
}
END_TEST

START_TEST(what_does_not_fit_is_dropped_and_counted_and_later_ones_still_fit)
{
	static char large[2000];
	struct sampling s = sampling_new();
	const otel_attr too_large = otel_attr_str("large", memset(large, 'x', sizeof large - 1));
	const otel_attr huge_count = otel_attr_make("huge", OTEL_ATTR_INT_ARRAY, SIZE_MAX / 8 + 2);
	otel_attr huge = huge_count;
	huge.value.ints = (const int64_t *)large;
	const otel_attr small = otel_attr_str("small", "x");

	sampling_attr(&s.asked, &too_large);
	sampling_attr(&s.asked, &huge);
	ck_assert_uint_eq(s.dropped, 2);
	ck_assert_uint_eq(s.used, 0);
	for (unsigned i = 0; i < SAMPLING_ATTRS + 3; i++)
		sampling_attr(&s.asked, &small);
	ck_assert_uint_eq(s.attr_count, SAMPLING_ATTRS);
	ck_assert_uint_eq(s.dropped, 5);
	sampling_attr(&s.asked, NULL);
	ck_assert_uint_eq(s.dropped, 5);
}
END_TEST

START_TEST(values_in_one_another_are_as_deep_as_the_room)
{
	struct sampling s = sampling_new();
	otel_attr levels[100];

	for (int i = 0; i < 100; i++) {
		levels[i] = otel_attr_make("", OTEL_ATTR_ARRAY, i < 99);
		levels[i].value.items = i < 99 ? &levels[i + 1] : NULL;
	}
	sampling_attr(&s.asked, &levels[0]);
	ck_assert_uint_eq(s.dropped, 1);
	ck_assert_uint_eq(s.attr_count, 0);
	sampling_attr(&s.asked, &levels[90]);
	ck_assert_uint_eq(s.attr_count, 1);
}
END_TEST

START_TEST(the_span_gets_attributes_and_the_count_of_lost_ones)
{
	static const struct span_limits limits = {
		.attr_count = 128, .attr_depth = 64, .attr_value_len = UINT32_MAX, .event_count = 1, .link_count = 1};
	struct sampling s = sampling_new();
	struct record_pool pool = {0};
	struct record *r = record_create(&pool, &limits, 1);
	const otel_attr last = otel_attr_int("k", 2), first = otel_attr_int("k", 1);
	const otel_span_context context = {.trace_id = {1}, .span_id = {1}};

	sampling_attr(&s.asked, &first);
	sampling_attr(&s.asked, &last);
	s.dropped = 3;
	sampling_apply(&s, &pool, r);
	const struct record_bytes bytes = test_finish(&pool, r, &context, NULL, 2);
	const struct msg span = span_of(bytes.data, bytes.len);
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "2");
	ck_assert_uint_eq(msg_number(span, 10), 3);
	record_pool_put(&pool, r);
	record_pool_drain(&pool);
}
END_TEST

/* ---- tracestate ---- */

START_TEST(a_tracestate_is_taken_if_it_is_one)
{
	struct sampling s = sampling_new();

	sampling_tracestate(&s.asked, NULL);
	sampling_tracestate(&s.asked, "A=b");
	sampling_tracestate(&s.asked, "a");
	ck_assert(!s.has_tracestate);
	sampling_tracestate(&s.asked, "a=b");
	sampling_tracestate(&s.asked, "c=d");
	ck_assert(s.has_tracestate);
	ck_assert_str_eq(s.tracestate->text, "c=d");
	sampling_tracestate(&s.asked, "a==");
	ck_assert_str_eq(s.tracestate->text, "c=d");
	sampling_tracestate(&s.asked, "");
	ck_assert(s.has_tracestate);
	ck_assert_ptr_null(s.tracestate);
	sampling_fini(&s);
}
END_TEST

/* ---- the parent's context ---- */

static const otel_context_key key = {"key"};
static int something;

START_TEST(a_context_that_tells_of_the_parent_is_given_as_it_is)
{
	const otel_span_context parent = {.trace_id = {1}, .span_id = {2}};
	otel_context *context = otel_context_with_span_context(NULL, &parent, NULL);
	const struct otel_parent of = {.context = context};
	struct sampling s = sampling_new();

	s.parent = &of;
	s.parent_context = &parent;
	ck_assert_ptr_eq(sampling_context(&s.asked), context);
	ck_assert_ptr_null(s.context);
	sampling_fini(&s);
	otel_context_unref(context);
}
END_TEST

START_TEST(a_handle_over_a_context_becomes_one_context)
{
	const otel_span_context outer = {.trace_id = {1}, .span_id = {2}}, parent = {.trace_id = {1}, .span_id = {3}};
	otel_context *remote = otel_context_with_span_context(NULL, &outer, "a=b");
	otel_context *base = otel_context_with_value(remote, &key, &something, NULL);
	const struct otel_parent of = {.span = {UINT64_MAX}, .context = base};
	struct sampling s = sampling_new();

	s.parent = &of;
	s.parent_context = &parent;
	s.asked.parent_tracestate = "c=d";
	const otel_context *context = sampling_context(&s.asked);
	ck_assert_int_eq(otel_context_span_context(context).span_id[0], 3);
	ck_assert_str_eq(otel_context_tracestate(context), "c=d");
	ck_assert_ptr_eq(otel_context_value(context, &key), &something);
	ck_assert_ptr_eq(sampling_context(&s.asked), context);
	sampling_fini(&s);
	otel_context_unref(base);
	otel_context_unref(remote);
}
END_TEST

START_TEST(of_a_root_the_context_has_no_span_but_keeps_the_rest)
{
	const otel_span_context outer = {.trace_id = {1}, .span_id = {2}};
	otel_context *remote = otel_context_with_span_context(NULL, &outer, "a=b");
	otel_context *base = otel_context_with_value(remote, &key, &something, NULL);
	const struct otel_parent of = {.context = base};
	struct sampling s = sampling_new();

	ck_assert_ptr_null(sampling_context(&s.asked));
	s.parent = &of;
	const otel_context *context = sampling_context(&s.asked);
	ck_assert_int_eq(otel_context_span_context(context).span_id[0], 0);
	ck_assert_str_eq(otel_context_tracestate(context), "");
	ck_assert_ptr_eq(otel_context_value(context, &key), &something);
	sampling_fini(&s);
	otel_context_unref(base);
	otel_context_unref(remote);
}
END_TEST

SUITE_MAIN("sampling", NULL, {attributes_are_copied_whole, 0},
	   {what_does_not_fit_is_dropped_and_counted_and_later_ones_still_fit, 0},
	   {values_in_one_another_are_as_deep_as_the_room, 0}, {the_span_gets_attributes_and_the_count_of_lost_ones, 0},
	   {a_tracestate_is_taken_if_it_is_one, 0}, {a_context_that_tells_of_the_parent_is_given_as_it_is, 0},
	   {a_handle_over_a_context_becomes_one_context, 0}, {of_a_root_the_context_has_no_span_but_keeps_the_rest, 0})
