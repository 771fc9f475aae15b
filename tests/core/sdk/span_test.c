/* SPDX-License-Identifier: Apache-2.0
 *
 * span_test.c - spans as the API's calls make them: start, change, end.
 */
#include <errno.h>
#include <unistd.h>

#include "core/sdk/span_support.h"
#include "sdk/scope.h"
#include "sdk/span_log.h"
#include "sdk/stack.h"
#include "sdk/stats.h"
#include "support/suite.h"
#include "util/clock.h"

static void setup(void)
{
	test_provider("parentbased_always_on");
}

static otel_span_context context_of(otel_span span)
{
	otel_span_context out = {.trace_flags = 0};

	ck_assert(P->span_context(T, span, &out, NULL));
	return out;
}

static uint64_t misuse(void)
{
	return atomic_load(&stats.misuse);
}

/* ---- start and end ---- */

START_TEST(a_root_span_has_new_ids_and_the_random_flag)
{
	const otel_span a = test_start("a"), b = test_start("b");
	const otel_span_context ca = context_of(a), cb = context_of(b);

	ck_assert_mem_ne(ca.trace_id, cb.trace_id, 16);
	ck_assert_mem_ne(ca.span_id, cb.span_id, 8);
	ck_assert_uint_eq(ca.trace_flags, OTEL_TRACE_FLAG_SAMPLED | OTEL_TRACE_FLAG_RANDOM);
	ck_assert_uint_eq(ca.is_remote, 0);
	test_end(a);
	test_end(b);
	ck_assert_uint_eq(test_take(), 2);
	ck_assert_mem_eq(msg_field(test_span(0), 1, 0).data, ca.trace_id, 16);
	ck_assert_mem_eq(msg_field(test_span(0), 2, 0).data, ca.span_id, 8);
	ck_assert_uint_eq(msg_count(test_span(0), 4), 0);
	ck_assert_uint_eq(msg_number(test_span(0), 16), 0x103);
}
END_TEST

START_TEST(a_child_has_the_trace_of_its_parent)
{
	const otel_span parent = test_start("parent"), child = test_child("child", parent);
	const otel_span_context p = context_of(parent), c = context_of(child);

	ck_assert_mem_eq(p.trace_id, c.trace_id, 16);
	ck_assert_mem_ne(p.span_id, c.span_id, 8);
	test_end(child);
	test_end(parent);
	test_take();
	ck_assert_mem_eq(msg_field(test_span(0), 4, 0).data, p.span_id, 8);
	ck_assert_str_eq(msg_text(test_span(0), 5), "child");
}
END_TEST

START_TEST(a_child_of_an_ended_span_is_still_its_child)
{
	const otel_span parent = test_start("parent");
	const otel_span_context p = context_of(parent);

	test_end(parent);
	const otel_span child = test_child("child", parent);
	ck_assert_mem_eq(context_of(child).trace_id, p.trace_id, 16);
	test_end(child);
}
END_TEST

START_TEST(a_remote_parent_gives_trace_flags_and_tracestate)
{
	const otel_span_context remote = {.trace_id = {9}, .span_id = {8}, .trace_flags = 3, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, "vendor=1");
	const otel_span span = test_under("server", context), child = test_child("child", span);
	struct otel_tracestate *tracestate;
	otel_span_context out;

	ck_assert(P->span_context(T, child, &out, &tracestate));
	ck_assert_str_eq(tracestate->text, "vendor=1");
	ck_assert_uint_eq(out.is_remote, 0);
	otel_tracestate_unref_v1(tracestate);
	otel_context_unref(context);
	test_end(span);
	test_end(child);
	test_take();
	ck_assert_uint_eq(msg_number(test_span(0), 16), 0x303);
	ck_assert_str_eq(msg_text(test_span(0), 3), "vendor=1");
	ck_assert_uint_eq(msg_number(test_span(1), 16), 0x103);
	ck_assert_str_eq(msg_text(test_span(1), 3), "vendor=1");
}
END_TEST

START_TEST(a_child_keeps_its_parents_random_flag_and_no_unknown_ones)
{
	static const uint8_t rows[][2] = {{0xfd, 1}, {0xff, 3}, {0x03, 3}, {0x02, 2}, {0x00, 0}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		otel_span_context remote = {.trace_id = {9}, .span_id = {8}, .trace_flags = rows[i][0], .is_remote = 1};
		otel_context *context = otel_context_with_span_context(NULL, &remote, NULL);
		const otel_span span = test_under("a", context);
		ck_assert_uint_eq(context_of(span).trace_flags, rows[i][1]);
		otel_context_unref(context);
		test_end(span);
	}
}
END_TEST

START_TEST(options_say_kind_time_attributes_links_and_root)
{
	const otel_attr attrs[] = {otel_attr_str("a", "x"), otel_attr_int("b", 2)};
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {2}}};
	const otel_span parent = test_start("parent");
	const struct otel_parent of = {.span = parent};
	const otel_span_options options = {.size = sizeof options,
					   .kind = OTEL_KIND_CLIENT,
					   .root = true,
					   .start_time_ns = 12345,
					   .attrs = attrs,
					   .attr_count = 2,
					   .links = &link,
					   .link_count = 1};
	const otel_span span = P->span_start(T, &test_tracer, "s", 1, &of, &options);

	CALL(end, span, 23456);
	const struct msg m = test_only();
	ck_assert_uint_eq(msg_number(m, 6), OTEL_KIND_CLIENT);
	ck_assert_uint_eq(msg_number(m, 7), 12345);
	ck_assert_uint_eq(msg_number(m, 8), 23456);
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "b"), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "a"), "\"x\"");
	ck_assert_uint_eq(msg_count(m, 13), 1);
	ck_assert_mem_eq(msg_field(msg_sub(m, 13, 0), 1, 0).data, link.span_context.trace_id, 16);
	ck_assert_mem_eq(msg_field(msg_sub(m, 13, 0), 2, 0).data, link.span_context.span_id, 8);
	ck_assert_uint_eq(msg_count(m, 4), 0);
	test_end(parent);
}
END_TEST

START_TEST(links_of_the_start_come_before_those_that_are_added)
{
	const otel_link links[] = {{.span_context = {.trace_id = {1}, .span_id = {1}}},
				   {.span_context = {.trace_id = {1}, .span_id = {2}}}};
	const otel_link added[] = {{.span_context = {.trace_id = {1}, .span_id = {3}}},
				   {.span_context = {.trace_id = {1}, .span_id = {4}}}};
	const otel_span_options options = {.size = sizeof options, .links = links, .link_count = 2};
	const struct otel_parent none = {.context = NULL};
	const otel_span span = P->span_start(T, &test_tracer, "s", 1, &none, &options);

	P->add_link(T, span, &added[0]);
	CALL(set_int, span, STR("between"), 1);
	P->add_link(T, span, &added[1]);
	test_end(span);
	const struct msg m = test_only();
	ck_assert_uint_eq(msg_count(m, 13), 4);
	for (unsigned i = 0; i < 4; i++)
		ck_assert_uint_eq(((const uint8_t *)msg_field(msg_sub(m, 13, i), 2, 0).data)[0], i + 1);
}
END_TEST

START_TEST(options_of_an_older_program_are_read_as_far_as_they_go)
{
	const struct otel_parent none = {.context = NULL};
	otel_span_options options = {.size = offsetof(otel_span_options, start_time_ns),
				     .kind = OTEL_KIND_SERVER,
				     .start_time_ns = 7,
				     .attr_count = 99};

	options.attrs = (const otel_attr *)(uintptr_t)8; /* would crash if read */
	test_end(P->span_start(T, &test_tracer, "s", 1, &none, &options));
	const struct msg m = test_only();
	ck_assert_uint_eq(msg_number(m, 6), OTEL_KIND_SERVER);
	ck_assert_uint_ne(msg_number(m, 7), 7);
}
END_TEST

START_TEST(times_come_from_the_clock)
{
	const uint64_t before = clock_unix_ns();
	const otel_span span = test_start("s");

	CALL(add_event, span, "e", 0, NULL, 0);
	test_end(span);
	const uint64_t after = clock_unix_ns();
	const struct msg m = test_only();
	const uint64_t start = msg_number(m, 7), event = msg_number(msg_sub(m, 11, 0), 1), end = msg_number(m, 8);
	ck_assert(before <= start && start <= event && event <= end && end <= after);
}
END_TEST

START_TEST(an_unknown_kind_is_recorded_as_internal)
{
	const struct otel_parent none = {.context = NULL};
	const otel_span_options options = {.size = sizeof options, .kind = (otel_span_kind)77};

	test_end(P->span_start(T, &test_tracer, "s", 1, &none, &options));
	ck_assert_uint_eq(msg_number(test_only(), 6), OTEL_KIND_INTERNAL);
}
END_TEST

START_TEST(the_scope_of_the_tracer_goes_with_the_span)
{
	struct otel_tracer other = {.size = sizeof other, .name = "other", .version = "2", .schema_url = ""};
	const struct otel_parent none = {.context = NULL};

	test_end(P->span_start(T, &other, "s", 1, &none, NULL));
	test_end(P->span_start(T, NULL, "s", 1, &none, NULL));
	test_take();
	ck_assert_uint_eq(test_scope(0), scope_of(&other));
	ck_assert_uint_eq(test_scope(1), 0);
}
END_TEST

START_TEST(the_pipeline_is_told_of_each_recorded_span)
{
	test_end(test_start("s"));
	test_end(test_start("s"));
	ck_assert_uint_eq(atomic_load(&test_notified), 2);
}
END_TEST

/* ---- changes ---- */

START_TEST(every_call_changes_the_span)
{
	const otel_span span = test_start("before");
	const otel_attr attrs[] = {otel_attr_double("d", 1.5), otel_attr_str("s", "again")};
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {2}}};

	ck_assert(P->is_recording(T, span));
	CALL(set_str, span, STR("s"), STR("text"));
	CALL(set_bool, span, STR("b"), true);
	CALL(set_int, span, STR("i"), -7);
	CALL(set_double, span, STR("d"), 0.5);
	P->set_attrs(T, span, attrs, 2);
	CALL(add_event, span, "event", 55, attrs, 1);
	P->add_link(T, span, &link);
	P->set_status(T, span, OTEL_STATUS_ERROR, "failed");
	P->update_name(T, span, "after");
	test_end(span);
	ck_assert(!P->is_recording(T, span));
	const struct msg m = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "s"), "\"again\"");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "b"), "true");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "i"), "-7");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "d"), "1.5");
	ck_assert_uint_eq(msg_count(m, 9), 4);
	ck_assert_uint_eq(msg_number(msg_sub(m, 11, 0), 1), 55);
	ck_assert_uint_eq(msg_count(m, 13), 1);
	ck_assert_mem_eq(msg_field(msg_sub(m, 13, 0), 1, 0).data, link.span_context.trace_id, 16);
	ck_assert_mem_eq(msg_field(msg_sub(m, 13, 0), 2, 0).data, link.span_context.span_id, 8);
	ck_assert_str_eq(msg_text(msg_sub(m, 15, 0), 2), "failed");
	ck_assert_str_eq(msg_text(m, 5), "after");
	ck_assert_uint_eq(misuse(), 0);
}
END_TEST

START_TEST(open_spans_that_are_changed_in_turn_keep_to_themselves)
{
	const otel_span outer = test_start("outer"), inner = test_child("inner", outer);

	for (int i = 0; i < 3; i++) {
		static const char *const keys[] = {"zero", "one", "two"};
		CALL(set_int, outer, keys[i], strlen(keys[i]), i);
		CALL(set_str, inner, keys[i], strlen(keys[i]), keys[i], strlen(keys[i]));
		CALL(add_event, outer, keys[i], 0, NULL, 0);
	}
	test_end(inner);
	CALL(set_bool, outer, STR("last"), true);
	CALL(set_bool, inner, STR("late"), true);
	test_end(outer);
	ck_assert_uint_eq(misuse(), 1);
	ck_assert_uint_eq(test_take(), 2);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_span(0), "two"), "\"two\"");
	ck_assert_uint_eq(msg_count(test_span(0), 9), 3);
	ck_assert_uint_eq(msg_count(test_span(0), 11), 0);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_span(1), "two"), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_span(1), "last"), "true");
	ck_assert_uint_eq(msg_count(test_span(1), 9), 4);
	ck_assert_uint_eq(msg_count(test_span(1), 11), 3);
}
END_TEST

START_TEST(calls_without_sense_do_nothing_and_are_counted)
{
	const otel_span span = test_start("s");

	P->update_name(T, span, NULL);
	P->add_link(T, span, NULL);
	P->set_attrs(T, span, NULL, 5);
	CALL(add_event, span, NULL, 0, NULL, 3);
	CALL(set_int, span, NULL, 0, 1);
	ck_assert_uint_eq(misuse(), 3);
	test_end(span);
	const struct msg m = test_only();
	ck_assert_str_eq(msg_text(m, 5), "s");
	ck_assert_uint_eq(msg_count(m, 11), 1);
}
END_TEST

START_TEST(calls_after_the_end_do_nothing_and_are_counted)
{
	const otel_span span = test_start("s");

	test_end(span);
	CALL(set_int, span, STR("late"), 1);
	CALL(add_event, span, "late", 0, NULL, 0);
	P->update_name(T, span, "late");
	P->set_status(T, span, OTEL_STATUS_OK, NULL);
	P->record_exception(T, span, "t", "m", OTEL_STACK_HERE, NULL, 0);
	test_end(span);
	ck_assert_uint_eq(misuse(), 6);
	const struct msg m = test_only();
	ck_assert_str_eq(msg_text(m, 5), "s");
	ck_assert_uint_eq(msg_count(m, 9) + msg_count(m, 11) + msg_count(m, 15), 0);
	ck_assert_uint_eq(span_log_created(), 1);
}
END_TEST

START_TEST(a_handle_of_somebody_else_does_nothing_and_is_counted)
{
	const otel_span foreign = {UINT64_C(0x0100000900000009)};

	CALL(set_int, foreign, STR("k"), 1);
	test_end(foreign);
	ck_assert_uint_eq(misuse(), 2);
	ck_assert_uint_eq(test_take(), 0);
	const otel_span child = test_child("child", foreign);
	ck_assert_uint_ne(child.id, 0);
	test_end(child);
	ck_assert_uint_eq(msg_count(test_only(), 4), 0);
}
END_TEST

START_TEST(an_exception_is_an_event_whose_extra_attributes_win)
{
	const otel_span span = test_start("s");
	const otel_attr attrs[] = {otel_attr_str("exception.message", "better"), otel_attr_int("code", 7)};

	P->record_exception(T, span, "io", "short read", "at main", attrs, 2);
	P->record_exception(T, span, NULL, "only a message", NULL, NULL, 0);
	test_end(span);
	const struct msg m = test_only(), first = msg_sub(m, 11, 0), second = msg_sub(m, 11, 1);
	ck_assert_str_eq(msg_text(first, 2), "exception");
	ck_assert_str_eq(EVENT_ATTR_TEXT(first, "exception.type"), "\"io\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(first, "exception.message"), "\"better\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(first, "exception.stacktrace"), "\"at main\"");
	ck_assert_str_eq(EVENT_ATTR_TEXT(first, "code"), "7");
	ck_assert_str_eq(EVENT_ATTR_TEXT(second, "exception.type"), "absent");
	ck_assert_str_eq(EVENT_ATTR_TEXT(second, "exception.stacktrace"), "absent");
}
END_TEST

START_TEST(the_stack_here_is_recorded)
{
	const otel_span span = test_start("s");

	stack_setup(otel_api_slot_v1());
	P->record_exception(T, span, NULL, "m", OTEL_STACK_HERE, NULL, 0);
	test_end(span);
	const char *stack = EVENT_ATTR_TEXT(msg_sub(test_only(), 11, 0), "exception.stacktrace");
	ck_assert_msg(strstr(stack, "span_test(") != NULL, "%s", stack);
	ck_assert_ptr_null(strstr(stack, "span_record_exception"));
}
END_TEST

START_TEST(no_call_changes_errno)
{
	static char large[100000];

	memset(large, 'x', sizeof large);
	errno = 4711;
	const otel_span span = test_start("s");
	CALL(set_str, span, STR("k"), large, sizeof large);
	P->record_exception(T, span, NULL, "m", OTEL_STACK_HERE, NULL, 0);
	test_end(span);
	ck_assert_int_eq(errno, 4711);
}
END_TEST

/* ---- not recorded ---- */

START_TEST(a_dropped_span_has_ids_and_is_not_sampled)
{
	test_provider("always_off");
	const otel_span span = test_start("s"), child = test_child("c", span);

	ck_assert(!P->is_recording(T, span));
	ck_assert_uint_eq(context_of(span).trace_flags, OTEL_TRACE_FLAG_RANDOM);
	ck_assert_mem_eq(context_of(span).trace_id, context_of(child).trace_id, 16);
	ck_assert_mem_ne(context_of(span).span_id, context_of(child).span_id, 8);
	CALL(set_int, span, STR("k"), 1);
	test_end(span);
	test_end(child);
	ck_assert_uint_eq(test_take(), 0);
	ck_assert_uint_eq(misuse(), 0);
	ck_assert_uint_eq(span_log_created(), 0);
}
END_TEST

static otel_decision record_only(void *self, const otel_sampling *sampling)
{
	otel_sampling *seen = self;

	*seen = *sampling;
	return OTEL_RECORD_ONLY;
}

START_TEST(a_recorded_but_unsampled_span_is_not_exported)
{
	static const otel_sampler sampler = {.component = {.size = sizeof sampler}, .decide = record_only};
	const otel_attr attr = otel_attr_int("a", 1);
	const otel_span_options start = {.size = sizeof start, .attrs = &attr, .attr_count = 1};
	const struct otel_parent none = {.context = NULL};
	struct provider_options options = test_options("always_on");
	otel_sampling seen;

	options.sampler->vtable = &sampler;
	options.sampler->self = &seen;
	test_provider_with(&options);
	const otel_span span = P->span_start(T, &test_tracer, "name", 4, &none, &start);
	ck_assert(P->is_recording(T, span));
	ck_assert_uint_eq(context_of(span).trace_flags & OTEL_TRACE_FLAG_SAMPLED, 0);
	test_end(span);
	ck_assert_uint_eq(test_take(), 0);
	ck_assert_uint_eq(span_log_created(), 0);
	ck_assert_ptr_null(seen.parent);
	ck_assert_str_eq(seen.parent_tracestate, "");
	ck_assert_uint_eq(seen.name_len, 4);
	ck_assert_int_eq(seen.kind, OTEL_KIND_INTERNAL);
	ck_assert_uint_eq(seen.attr_count, 1);
}
END_TEST

START_TEST(while_suppressed_the_parent_is_passed_on)
{
	const otel_span parent = test_start("parent");

	test_thread.suppressed = 1;
	const otel_span span = test_child("s", parent), none = test_start("s");
	test_thread.suppressed = 0;
	ck_assert_uint_eq(none.id, 0);
	ck_assert(!P->is_recording(T, span));
	ck_assert_mem_eq(context_of(span).span_id, context_of(parent).span_id, 8);
	test_end(span);
	ck_assert(P->is_recording(T, parent));
	test_end(parent);
}
END_TEST

SUITE_MAIN("span", setup, {a_root_span_has_new_ids_and_the_random_flag, 0}, {a_child_has_the_trace_of_its_parent, 0},
	   {a_child_of_an_ended_span_is_still_its_child, 0}, {a_remote_parent_gives_trace_flags_and_tracestate, 0},
	   {a_child_keeps_its_parents_random_flag_and_no_unknown_ones, 0},
	   {options_say_kind_time_attributes_links_and_root, 0},
	   {links_of_the_start_come_before_those_that_are_added, 0},
	   {options_of_an_older_program_are_read_as_far_as_they_go, 0}, {times_come_from_the_clock, 0},
	   {an_unknown_kind_is_recorded_as_internal, 0}, {the_scope_of_the_tracer_goes_with_the_span, 0},
	   {the_pipeline_is_told_of_each_recorded_span, 0}, {every_call_changes_the_span, 0},
	   {open_spans_that_are_changed_in_turn_keep_to_themselves, 0},
	   {calls_without_sense_do_nothing_and_are_counted, 0}, {calls_after_the_end_do_nothing_and_are_counted, 0},
	   {a_handle_of_somebody_else_does_nothing_and_is_counted, 0},
	   {an_exception_is_an_event_whose_extra_attributes_win, 0}, {the_stack_here_is_recorded, 0},
	   {no_call_changes_errno, 0}, {a_dropped_span_has_ids_and_is_not_sampled, 0},
	   {a_recorded_but_unsampled_span_is_not_exported, 0}, {while_suppressed_the_parent_is_passed_on, 0})
