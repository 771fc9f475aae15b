/* SPDX-License-Identifier: Apache-2.0
 *
 * spec_span_test.c - rules of the specification for spans that no other test states.
 */
#include <check.h>

#include "core/sdk/span_support.h"
#include "sdk/stats.h"
#include "support/suite.h"

static void setup(void)
{
	test_provider("always_on");
}

/* specification/trace/api.md, UpdateName and End */
START_TEST(a_name_changed_after_the_end_stays)
{
	const otel_span span = test_start("first");

	P->update_name(T, span, "second");
	test_end(span);
	P->update_name(T, span, "third");
	ck_assert_str_eq(msg_text(test_only(), 5), "second");
}
END_TEST

/* specification/trace/api.md, End */
START_TEST(children_are_not_ended_with_their_parent)
{
	const otel_span parent = test_start("parent"), child = test_child("child", parent);

	test_end(parent);
	ck_assert(P->is_recording(T, child));
	CALL(set_int, child, STR("k"), 1);
	test_end(child);
	ck_assert_uint_eq(test_take(), 2);
	ck_assert_str_eq(msg_text(test_span(1), 5), "child");
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_span(1), "k"), "1");
}
END_TEST

/* specification/trace/sdk.md, Sampling */
START_TEST(a_span_is_recording_as_the_sampler_decided)
{
	otel_span span = test_start("on");

	ck_assert(P->is_recording(T, span));
	test_end(span);
	test_provider("always_off");
	span = test_start("off");
	ck_assert(!P->is_recording(T, span));
	test_end(span);
}
END_TEST

/* specification/trace/api.md, IsRecording */
START_TEST(an_ended_span_is_not_recording)
{
	const otel_span span = test_start("s");

	test_end(span);
	ck_assert(!P->is_recording(T, span));
	ck_assert_uint_eq(atomic_load(&stats.misuse), 0);
}
END_TEST

SUITE_MAIN("spec_span", setup, {a_name_changed_after_the_end_stays, 0}, {children_are_not_ended_with_their_parent, 0},
	   {a_span_is_recording_as_the_sampler_decided, 0}, {an_ended_span_is_not_recording, 0})
