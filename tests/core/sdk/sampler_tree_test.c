/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_tree_test.c - ratios that agree with each other, delegates, always_record, and what is said of bad arguments.
 */
#include "sdk/sampler_tree.h"

#include "core/sdk/sampler_support.h"
#include "support/suite.h"
#include "util/rand.h"

#define HIGH UINT64_C(0xff000000000000)

/* ---- TraceIdRatioBased ---- */

START_TEST(a_bad_ratio_is_named_and_counts_as_unset)
{
	static const char *const bad[] = {"abc", "1.5", "-0.1", "nan", "0.5x", "", "0.5)"};

	for (int probability = 0; probability < 2; probability++) {
		ck_assert_ptr_nonnull(sampler_open(probability ? "probability" : "traceidratio", bad[_i]));
		ck_assert_ptr_nonnull(strstr(sampler_said, "OTEL_TRACES_SAMPLER_ARG"));
		ck_assert_ptr_nonnull(strstr(sampler_said, bad[_i]));
		ck_assert_ptr_nonnull(strstr(sampler_said, "allowed: 0 to 1"));
		ck_assert_int_eq(ASK(.random = 0), OTEL_RECORD_AND_SAMPLE);
	}
}
END_TEST

START_TEST(what_a_ratio_keeps_a_higher_one_keeps_too)
{
	static const char *const ratios[] = {"0.001", "0.01", "0.1", "0.3", "0.5", "0.9", "1"};
	static const char *const names[] = {"traceidratio", "probability"};
	enum { RATIOS = sizeof ratios / sizeof *ratios, TRACES = 20000 };
	static bool kept[RATIOS][TRACES];
	unsigned count[RATIOS] = {0};

	for (int k = 0; k < RATIOS; k++) {
		struct rand_state random = {{1, 2, 3, 4}};
		sampler_open(names[_i], ratios[k]);
		for (int i = 0; i < TRACES; i++) {
			kept[k][i] = ASK(.random = rand_next(&random)) == OTEL_RECORD_AND_SAMPLE;
			count[k] += kept[k][i];
			ck_assert(!k || !kept[k - 1][i] || kept[k][i]);
		}
	}
	ck_assert_uint_ge(count[4], TRACES / 2 - 500);
	ck_assert_uint_le(count[4], TRACES / 2 + 500);
	ck_assert_uint_eq(count[6], TRACES);
}
END_TEST

START_TEST(a_ratio_writes_its_threshold_for_roots_it_keeps)
{
	sampler_open("traceidratio", "0.25");
	ck_assert_int_eq(ASK(.random = HIGH), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:c");
	ck_assert_int_eq(ASK(.random = 1), OTEL_DROP);
	ck_assert(sampler_left_tracestate_alone());
	sampler_open("parentbased_traceidratio", "0.01");
	ck_assert_int_eq(ASK(.random = HIGH), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=th:fd70a3d70a3d71");
}
END_TEST

START_TEST(a_ratio_writes_no_threshold_that_did_not_decide)
{
	sampler_open("traceidratio", "0.25");
	/* rv would not have led to it */
	ck_assert_int_eq(ASK(.random = HIGH, .parent = "remote+", .tracestate = "ot=th:8;rv:00000000000001"),
			 OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_tracestate(), "ot=rv:00000000000001");
	/* a trace id that is not random */
	ck_assert_int_eq(ASK(.random = HIGH, .is_not_random = true), OTEL_RECORD_AND_SAMPLE);
	ck_assert(sampler_left_tracestate_alone());
	ck_assert_int_eq(ASK(.random = 1, .parent = "remote+", .tracestate = "a=b,ot=th:8"), OTEL_DROP);
	ck_assert_str_eq(sampler_tracestate(), "a=b");
}
END_TEST

START_TEST(a_ratio_ignores_the_parents_flag_and_says_so_once)
{
	sampler_open("traceidratio", "0.5");
	ck_assert_int_eq(ASK(.random = 1), OTEL_DROP);
	ck_assert_str_eq(sampler_said, "");
	ck_assert_int_eq(ASK(.random = 1, .parent = "remote+"), OTEL_DROP);
	ck_assert_ptr_nonnull(strstr(sampler_said, "traceidratio decides for spans that have a parent;"));
	*sampler_said = 0;
	ck_assert_int_eq(ASK(.random = HIGH, .parent = "local"), OTEL_RECORD_AND_SAMPLE);
	ck_assert_str_eq(sampler_said, "");
}
END_TEST

START_TEST(a_ratio_tells_when_the_caller_samples_by_probability)
{
	sampler_open("traceidratio", "0.5");
	ASK(.parent = "remote+", .tracestate = "ot=th:8");
	ck_assert_ptr_nonnull(strstr(sampler_said, "whose caller samples by probability"));
}
END_TEST

/* ---- ParentBased, AlwaysRecord ---- */

START_TEST(each_kind_of_parent_has_its_delegate)
{
	static const struct {
		const char *expression;
		const char *parent;
	} rows[] = {
		{"root=always_record(always_off)", NULL},
		{"root=always_on, remote_sampled=always_record(always_off)", "remote+"},
		{"root=always_on, remote_not_sampled=always_record(always_off)", "remote"},
		{"root=always_on, local_sampled=always_record(always_off)", "local+"},
		{"root=always_on, local_not_sampled=always_record(always_off)", "local"},
	};

	for (size_t i = 0; i < 5; i++) {
		sampler_open("parentbased", rows[_i].expression);
		const otel_decision decision = ASK(.parent = rows[i].parent);
		ck_assert_msg((decision == OTEL_RECORD_ONLY) == (i == (size_t)_i), "%s under %s: %d",
			      rows[_i].expression, rows[i].parent, decision);
	}
}
END_TEST

START_TEST(always_record_turns_dropped_into_recorded_and_changes_nothing_else)
{
	sampler_open("always_record", "rules(name=drop: always_off; *: always_on)");
	ck_assert_int_eq(ASK(.name = "drop"), OTEL_RECORD_ONLY);
	ck_assert_int_eq(ASK(.name = "keep"), OTEL_RECORD_AND_SAMPLE);
	sampler_open("always_record", "always_record(always_off)");
	ck_assert_int_eq(ASK(.name = "n"), OTEL_RECORD_ONLY);
}
END_TEST

START_TEST(plain_samplers_leave_the_tracestate_alone)
{
	sampler_open("parentbased", "root=always_on, remote_sampled=always_on");
	ASK(.parent = "remote+", .tracestate = "ot=th:8,a=b");
	ck_assert(sampler_left_tracestate_alone());
	ASK(.parent = NULL);
	ck_assert(sampler_left_tracestate_alone());
}
END_TEST

/* ---- bad arguments ---- */

START_TEST(an_expression_that_cannot_be_read_is_one_line_and_the_sampler_is_not_used)
{
	ck_assert_ptr_null(sampler_open("composite", "rules(name=/a: always_maybe)"));
	ck_assert_str_eq(
		sampler_said,
		"OTEL_TRACES_SAMPLER_ARG: character 16, at \"always_maybe)\": expected a composable sampler: "
		"always_on, always_off, probability, parent_threshold, rules, annotate; parentbased_always_on is "
		"used\n");
	ck_assert_ptr_null(sampler_open("always_record", "always_on("));
	ck_assert_str_eq(sampler_said,
			 "OTEL_TRACES_SAMPLER_ARG: character 11, at the end: expected ) at once: it takes "
			 "no argument; parentbased_always_on is used\n");
}
END_TEST

START_TEST(a_sampler_that_needs_an_argument_says_so)
{
	ck_assert_ptr_null(sampler_open("composite", NULL));
	ck_assert_str_eq(sampler_said, "OTEL_TRACES_SAMPLER: \"composite\" needs OTEL_TRACES_SAMPLER_ARG; "
				       "parentbased_always_on is used\n");
}
END_TEST

SUITE_MAIN("sampler_tree", NULL, {a_bad_ratio_is_named_and_counts_as_unset, 7},
	   {what_a_ratio_keeps_a_higher_one_keeps_too, 2}, {a_ratio_writes_its_threshold_for_roots_it_keeps, 0},
	   {a_ratio_writes_no_threshold_that_did_not_decide, 0}, {a_ratio_ignores_the_parents_flag_and_says_so_once, 0},
	   {a_ratio_tells_when_the_caller_samples_by_probability, 0}, {each_kind_of_parent_has_its_delegate, 5},
	   {always_record_turns_dropped_into_recorded_and_changes_nothing_else, 0},
	   {plain_samplers_leave_the_tracestate_alone, 0},
	   {an_expression_that_cannot_be_read_is_one_line_and_the_sampler_is_not_used, 0},
	   {a_sampler_that_needs_an_argument_says_so, 0})
