/* SPDX-License-Identifier: Apache-2.0
 *
 * composable_test.c - the composite sampler: thresholds, randomness, and what becomes of the tracestate.
 */
#include "sdk/composable.h"

#include <stdio.h>

#include "core/sdk/sampler_support.h"
#include "support/suite.h"

#define HALF UINT64_C(0x80000000000000)

/* ---- ProbabilitySampler ---- */

START_TEST(a_kept_span_tells_its_threshold)
{
	sampler_open("probability", "0.01");
	ck_assert_int_eq(ASK(.random = UINT64_C(0xfd70a000000000)), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:fd70a");
	ck_assert_int_eq(ASK(.random = UINT64_C(0xfd709fffffffff)), OTEL_DROP);
	ck_assert(sampler_left_tracestate_alone());
	sampler_open("probability", "1");
	ck_assert_int_eq(ASK(.random = 0), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:0");
}
END_TEST

START_TEST(explicit_randomness_decides_before_the_trace_id)
{
	sampler_open("probability", "0.5");
	ck_assert_int_eq(ASK(.random = 0, .parent = "remote", .tracestate = "ot=rv:80000000000000"),
			 OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=rv:80000000000000;th:8");
	ck_assert_int_eq(ASK(.random = HALF, .parent = "remote+", .tracestate = "ot=rv:7fffffffffffff;th:4,a=b"),
			 OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "ot=rv:7fffffffffffff,a=b");
}
END_TEST

START_TEST(the_parents_flag_and_threshold_are_ignored_by_a_probability)
{
	sampler_open("probability", "0.5");
	ck_assert_int_eq(ASK(.random = HALF, .parent = "remote", .tracestate = "ot=th:f"), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:8");
	ck_assert_int_eq(ASK(.random = 0, .parent = "remote+", .tracestate = "ot=th:0"), OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "");
	ck_assert(!sampler_left_tracestate_alone());
}
END_TEST

START_TEST(presumed_randomness_is_said_once)
{
	sampler_open("probability", "0.5");
	ASK(.parent = "remote+");
	ASK(.parent = "remote+", .is_not_random = true, .tracestate = "ot=rv:80000000000000");
	ck_assert_str_eq(sampler_said, "");
	ASK(.parent = "remote+", .is_not_random = true);
	ck_assert_ptr_nonnull(strstr(sampler_said, "did not say that the trace id is random"));
	*sampler_said = 0;
	ASK(.parent = "remote+", .is_not_random = true);
	ck_assert_str_eq(sampler_said, "");
}
END_TEST

START_TEST(what_is_kept_anyway_presumes_nothing)
{
	sampler_open("probability", "1");
	ck_assert_int_eq(ASK(.parent = "remote+", .is_not_random = true), OTEL_RECORD_AND_SAMPLE);
	sampler_open("parent_threshold", "probability(0.5)");
	ck_assert_int_eq(ASK(.parent = "remote+", .is_not_random = true), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_said, "");
}
END_TEST

START_TEST(a_root_whose_trace_id_is_not_random_gets_randomness_of_its_own)
{
	unsigned kept = 0;

	sampler_open("probability", "0.5");
	for (int i = 0; i < 200; i++) {
		const bool is_kept = ASK(.random = 0, .is_not_random = true) == OTEL_RECORD_AND_SAMPLE;
		const char *tracestate = sampler_tracestate();
		const struct ot_state state = ot_read(tracestate, strlen(tracestate));
		ck_assert(state.has_random);
		ck_assert_int_eq(is_kept, state.random >= HALF);
		ck_assert_int_eq(is_kept, state.has_threshold);
		kept += is_kept;
	}
	ck_assert_uint_gt(kept, 50);
	ck_assert_uint_lt(kept, 150);
}
END_TEST

/* ---- ParentThreshold ---- */

START_TEST(a_child_keeps_its_parents_threshold)
{
	sampler_open("parent_threshold", "probability(0.001)");
	ck_assert_int_eq(ASK(.random = HALF, .parent = "remote+", .tracestate = "a=b,ot=th:4"), OTEL_RECORD_AND_SAMPLE);
	ck_assert(sampler_left_tracestate_alone());
	ck_assert_int_eq(ASK(.random = 1, .parent = "remote", .tracestate = "a=b,ot=th:4"), OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "a=b");
}
END_TEST

START_TEST(a_parent_without_a_threshold_is_followed_by_its_flag_and_th_stays_away)
{
	sampler_open("parent_threshold", "probability(0.001)");
	ck_assert_int_eq(ASK(.random = 0, .parent = "remote+"), OTEL_RECORD_AND_SAMPLE);
	ck_assert(sampler_left_tracestate_alone());
	ck_assert_int_eq(ASK(.random = HALF, .parent = "local"), OTEL_DROP);
}
END_TEST

START_TEST(a_threshold_that_contradicts_the_flag_is_erased)
{
	sampler_open("parent_threshold", "probability(0.001)");
	ck_assert_int_eq(ASK(.random = 0, .parent = "remote+", .tracestate = "ot=th:4"), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "");
	ck_assert_int_eq(ASK(.random = HALF, .parent = "remote", .tracestate = "ot=th:4;rv:ffffffffffffff"), OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "ot=rv:ffffffffffffff");
}
END_TEST

START_TEST(a_root_under_parent_threshold_is_decided_by_the_root_sampler)
{
	sampler_open("parent_threshold", "probability(0.25)");
	ck_assert_int_eq(ASK(.random = HALF), OTEL_DROP);
	ck_assert_int_eq(ASK(.random = UINT64_C(0xc0000000000000)), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:c");
}
END_TEST

/* ---- others ---- */

START_TEST(on_and_off_in_a_composite_are_thresholds)
{
	sampler_open("composite", "always_on");
	ck_assert_int_eq(ASK(.random = 0, .parent = "remote", .tracestate = "ot=th:8"), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:0");
	sampler_open("composite", "always_off");
	ck_assert_int_eq(ASK(.random = HALF, .parent = "remote+", .tracestate = "ot=th:8,x=y"), OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "x=y");
}
END_TEST

START_TEST(the_first_rule_that_matches_decides_and_none_is_a_drop)
{
	sampler_open("rules", "name=/a*: always_off; name=/ab: always_on; kind=server: probability(0.5)");
	ck_assert_int_eq(ASK(.name = "/ab", .random = HALF), OTEL_DROP);
	ck_assert_int_eq(ASK(.name = "/b", .kind = OTEL_KIND_SERVER, .random = HALF), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:8");
	ck_assert_int_eq(ASK(.name = "/b", .kind = OTEL_KIND_CLIENT, .random = HALF), OTEL_DROP);
}
END_TEST

START_TEST(annotations_are_added_to_what_is_kept_the_inner_ones_last)
{
	sampler_open("annotate", "tier=gold, level=3: annotate(share=0.5, \"on\"=true: probability(0.5))");
	ck_assert_int_eq(ASK(.random = HALF), OTEL_RECORD_AND_SAMPLE);
	ck_assert_uint_eq(sampler_attr_count(), 4);
	ck_assert_mem_eq(sampler_attr(0)->key, "tier", 4);
	ck_assert_mem_eq(sampler_attr(0)->value.str, "gold", 4);
	ck_assert_uint_eq(sampler_attr(1)->type, OTEL_ATTR_INT);
	ck_assert_int_eq(sampler_attr(1)->value.i, 3);
	ck_assert_uint_eq(sampler_attr(2)->type, OTEL_ATTR_DOUBLE);
	ck_assert_uint_eq(sampler_attr(3)->type, OTEL_ATTR_BOOL);
	ck_assert_int_eq(ASK(.random = 1), OTEL_DROP);
	ck_assert_uint_eq(sampler_attr_count(), 0);
}
END_TEST

START_TEST(a_threshold_that_does_not_fit_is_left_out_and_said_once)
{
	char tracestate[300];

	sampler_open("probability", "0.01");
	snprintf(tracestate, sizeof tracestate, "ot=th:8;x:%0248d", 0);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(ASK(.random = OT_RANGE - 1, .parent = "remote+", .tracestate = tracestate),
				 OTEL_RECORD_AND_SAMPLE);
		ck_assert_ptr_nonnull(strstr(sampler_tracestate(), "ot=x:000"));
		ck_assert_ptr_null(strstr(sampler_tracestate(), "th:"));
		ck_assert_int_eq(strstr(sampler_said, "no room for the sampling threshold") != NULL, !i);
		*sampler_said = 0;
	}
}
END_TEST

START_TEST(the_longest_tracestate_is_edited_too)
{
	static char tracestate[20000];

	for (int i = 0; i < 32; i++)
		sprintf(tracestate + strlen(tracestate), "%s%c%c%0100d=%0300d", i ? "," : "", 'a' + i / 26,
			'a' + i % 26, 0, 0);
	sampler_open("probability", "1");
	/* Values of 300 characters are no tracestate: nothing is changed. */
	ck_assert_int_eq(ASK(.parent = "remote+", .tracestate = tracestate), OTEL_RECORD_AND_SAMPLE);
	ck_assert(sampler_left_tracestate_alone());
	*tracestate = 0;
	for (int i = 0; i < 32; i++)
		sprintf(tracestate + strlen(tracestate), "%s%c%c%0250d=%0256d", i ? "," : "", 'a' + i / 26,
			'a' + i % 26, 0, 0);
	ck_assert_int_eq(ASK(.parent = "remote+", .tracestate = tracestate), OTEL_RECORD_AND_SAMPLE);
	ck_assert_int_eq(strncmp(sampler_tracestate(), "ot=th:0,aa0", 11), 0);
	ck_assert_ptr_nonnull(strstr(sampler_tracestate(), ",be0"));
	ck_assert_ptr_null(strstr(sampler_tracestate(), ",bf0"));
}
END_TEST

SUITE_MAIN("composable", NULL, {a_kept_span_tells_its_threshold, 0},
	   {explicit_randomness_decides_before_the_trace_id, 0},
	   {the_parents_flag_and_threshold_are_ignored_by_a_probability, 0}, {presumed_randomness_is_said_once, 0},
	   {what_is_kept_anyway_presumes_nothing, 0},
	   {a_root_whose_trace_id_is_not_random_gets_randomness_of_its_own, 0},
	   {a_child_keeps_its_parents_threshold, 0},
	   {a_parent_without_a_threshold_is_followed_by_its_flag_and_th_stays_away, 0},
	   {a_threshold_that_contradicts_the_flag_is_erased, 0},
	   {a_root_under_parent_threshold_is_decided_by_the_root_sampler, 0},
	   {on_and_off_in_a_composite_are_thresholds, 0}, {the_first_rule_that_matches_decides_and_none_is_a_drop, 0},
	   {annotations_are_added_to_what_is_kept_the_inner_ones_last, 0},
	   {a_threshold_that_does_not_fit_is_left_out_and_said_once, 0}, {the_longest_tracestate_is_edited_too, 0})
