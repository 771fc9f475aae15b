/* SPDX-License-Identifier: Apache-2.0
 *
 * span_test.c - what reaches a provider, and with which parent.
 */
#include <otel/otel.h>
#include <string.h>

#include "api/passthrough.h"
#include "fake_provider.h"
#include "support/suite.h"

static const otel_span_context remote = {
	.trace_id = {1, 2, 3}, .span_id = {4, 5}, .trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};

static void setup(void)
{
	otel_api_slot_v1()->provider = &fake_provider;
}

START_TEST(a_span_without_a_parent_is_a_root)
{
	otel_span span = otel_span_start(otel_tracer("shop", NULL), "checkout");

	ck_assert_uint_eq(span.id >> 56, FAKE_ISSUER);
	ck_assert_uint_eq(fake_parent_span.id, 0);
	ck_assert_uint_eq(fake_parent_context.trace_id[0], 0);
	ck_assert_str_eq(fake_name, "checkout");
	ck_assert_str_eq(fake_tracer, "shop");
}
END_TEST

START_TEST(the_current_span_is_the_parent)
{
	otel_span parent = otel_span_start(NULL, "parent");
	otel_token token = otel_span_attach(parent);

	otel_span_start(NULL, "child");
	ck_assert_uint_eq(fake_parent_span.id, parent.id);
	otel_detach(token);
}
END_TEST

START_TEST(an_attached_context_is_the_parent)
{
	otel_context *context = otel_context_with_span_context(NULL, &remote, "x=1");
	otel_token token = otel_context_attach(context);

	otel_span_start(NULL, "child");
	ck_assert_uint_eq(fake_parent_span.id, 0);
	ck_assert_mem_eq(&fake_parent_context, &remote, sizeof(remote));
	ck_assert_str_eq(fake_parent_tracestate, "x=1");
	otel_detach(token);
	otel_context_unref(context);
}
END_TEST

START_TEST(a_captured_context_gives_handle_and_copy)
{
	otel_span parent = otel_span_start(NULL, "parent");
	otel_context *context = otel_context_with_span(NULL, parent);

	otel_span_start_with(NULL, "child", OTEL_SPAN_OPTIONS(.parent = context));
	ck_assert_uint_eq(fake_parent_span.id, parent.id);
	ck_assert_mem_eq(fake_parent_context.span_id, fake_context_of(parent).span_id, 8);
	otel_context_unref(context);
}
END_TEST

START_TEST(a_root_has_no_parent_whatever_is_current)
{
	otel_token token = otel_span_attach(otel_span_start(NULL, "parent"));

	otel_span_start_with(NULL, "root", OTEL_SPAN_OPTIONS(.root = true));
	ck_assert_uint_eq(fake_parent_span.id, 0);
	ck_assert_uint_eq(fake_parent_context.trace_id[0], 0);
	otel_detach(token);
}
END_TEST

START_TEST(a_span_from_before_the_sdk_is_a_parent_by_its_context)
{
	otel_baggage *baggage = otel_baggage_with(NULL, "k", "v", NULL);
	otel_context *context = otel_context_with_baggage(NULL, baggage);
	otel_token below = otel_context_attach(context);
	otel_span early = passthrough_take(&remote, otel_tracestate_make_v1("x=1", 3));
	otel_token token = otel_span_attach(early);

	otel_span_start(NULL, "child");
	ck_assert_uint_eq(fake_parent_span.id, 0);
	ck_assert_mem_eq(&fake_parent_context, &remote, sizeof(remote));
	ck_assert_str_eq(fake_parent_tracestate, "x=1");
	ck_assert_str_eq(fake_parent_baggage, "v");
	otel_detach(token);
	otel_detach(below);
	otel_context_unref(context);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(a_suppressed_thread_records_nothing_but_carries_the_parent_on)
{
	otel_span parent = otel_span_start(NULL, "parent");
	otel_token token = otel_span_attach(parent);
	unsigned started = fake_calls.started;
	otel_span span;

	otel_suppress_begin();
	ck_assert(!otel_tracer_enabled(otel_tracer("t", NULL)));
	span = otel_span_start(NULL, "quiet");
	otel_suppress_end();
	ck_assert_uint_eq(fake_calls.started, started);
	ck_assert_uint_eq(span.id >> 56, 0);
	ck_assert_mem_eq(otel_span_context_get(span).span_id, fake_context_of(parent).span_id, 8);
	otel_detach(token);
}
END_TEST

START_TEST(options_of_an_older_caller_are_completed)
{
	struct {
		otel_span_options options;
		char behind[64];
	} old;

	memset(&old, 0xee, sizeof(old));
	old.options.kind = OTEL_KIND_SERVER;
	old.options.root = true;
	old.options.size = offsetof(otel_span_options, parent);
	otel_span_start_with(NULL, "s", &old.options);
	ck_assert_uint_eq(fake_options.size, sizeof(otel_span_options));
	ck_assert_int_eq(fake_options.kind, OTEL_KIND_SERVER);
	ck_assert_ptr_null(fake_options.attrs);
	ck_assert_uint_eq(fake_options.start_time_ns, 0);
}
END_TEST

START_TEST(options_without_a_size_are_ignored_and_counted)
{
	const otel_span_options options = {.kind = OTEL_KIND_SERVER};
	unsigned before = fake_calls.misuse;

	ck_assert_uint_ne(otel_span_start_with(NULL, "s", &options).id, 0);
	ck_assert_int_eq(fake_options.kind, 0);
	ck_assert_uint_eq(fake_calls.misuse, before + 1);
}
END_TEST

START_TEST(no_name_and_no_tracer_are_empty_ones)
{
	otel_span_start_n(NULL, NULL, 5, NULL);
	ck_assert_str_eq(fake_name, "");
	ck_assert_str_eq(fake_tracer, "");
}
END_TEST

START_TEST(every_call_arrives)
{
	otel_span span = otel_span_start(NULL, "s");
	const otel_link link = {0};
	struct fake_calls before = fake_calls;

	otel_span_set_str(span, "k", "v");
	otel_span_set_bool(span, "k", true);
	otel_span_set_int(span, "k", 1);
	otel_span_set_double(span, "k", 1.0);
	otel_span_set_attr(span, otel_attr_int("k", 1));
	otel_span_add_event(span, "e");
	otel_span_add_link(span, &link);
	otel_span_update_name(span, "n");
	otel_span_set_status(span, OTEL_STATUS_OK, NULL);
	ck_assert(otel_span_is_recording(span));
	otel_span_end(span);
	ck_assert_uint_eq(fake_calls.set, before.set + 5);
	ck_assert_uint_eq(fake_calls.events, before.events + 1);
	ck_assert_uint_eq(fake_calls.links, before.links + 1);
	ck_assert_uint_eq(fake_calls.names, before.names + 1);
	ck_assert_uint_eq(fake_calls.statuses, before.statuses + 1);
	ck_assert_uint_eq(fake_calls.ended, before.ended + 1);
}
END_TEST

START_TEST(failing_is_a_status_and_an_exception_with_the_stack)
{
	struct fake_calls before = fake_calls;

	otel_span_fail(otel_span_start(NULL, "s"), "card declined");
	ck_assert_uint_eq(fake_calls.statuses, before.statuses + 1);
	ck_assert_uint_eq(fake_calls.exceptions, before.exceptions + 1);
	ck_assert_ptr_eq(fake_stacktrace, OTEL_STACK_HERE);
}
END_TEST

START_TEST(failing_with_a_type_sets_error_type_too)
{
	struct fake_calls before = fake_calls;

	otel_span_fail_with(otel_span_start(NULL, "s"), "ECONNREFUSED", "nobody listens");
	ck_assert_uint_eq(fake_calls.statuses, before.statuses + 1);
	ck_assert_uint_eq(fake_calls.exceptions, before.exceptions + 1);
	ck_assert_uint_eq(fake_calls.set, before.set + 1);
}
END_TEST

START_TEST(handles_of_others_never_reach_the_provider)
{
	struct fake_calls before = fake_calls;
	otel_span foreign = {(uint64_t)9 << 56 | 1};
	otel_span own = passthrough_take(&remote, NULL);

	otel_span_set_int(foreign, "k", 1);
	otel_span_end(foreign);
	otel_span_set_int(own, "k", 1);
	otel_span_end(own);
	otel_span_end((otel_span){0});
	ck_assert(!otel_span_is_recording(own));
	ck_assert_uint_eq(fake_calls.set, before.set);
	ck_assert_uint_eq(fake_calls.ended, before.ended);
	ck_assert_uint_eq(fake_calls.misuse, before.misuse + 2);
}
END_TEST

START_TEST(the_tracer_tells_whether_it_is_worth_preparing_a_span)
{
	ck_assert(otel_tracer_enabled(otel_tracer("t", NULL)));
	ck_assert(otel_tracer_enabled(NULL));
	ck_assert(!otel_tracer_enabled(otel_tracer("disabled", NULL)));
}
END_TEST

SUITE_MAIN("span", setup, {a_span_without_a_parent_is_a_root, 0}, {the_current_span_is_the_parent, 0},
	   {an_attached_context_is_the_parent, 0}, {a_captured_context_gives_handle_and_copy, 0},
	   {a_root_has_no_parent_whatever_is_current, 0}, {a_span_from_before_the_sdk_is_a_parent_by_its_context, 0},
	   {a_suppressed_thread_records_nothing_but_carries_the_parent_on, 0},
	   {options_of_an_older_caller_are_completed, 0}, {options_without_a_size_are_ignored_and_counted, 0},
	   {no_name_and_no_tracer_are_empty_ones, 0}, {every_call_arrives, 0},
	   {failing_is_a_status_and_an_exception_with_the_stack, 0}, {failing_with_a_type_sets_error_type_too, 0},
	   {handles_of_others_never_reach_the_provider, 0}, {the_tracer_tells_whether_it_is_worth_preparing_a_span, 0})
