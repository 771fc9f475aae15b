/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_test.c - the samplers by name: tables of decisions, and those that are always the same.
 */
#include "sdk/sampler.h"

#include "core/sdk/sampler_support.h"
#include "support/suite.h"

#define HIGH UINT64_C(0xff000000000000)

START_TEST(decisions_follow_the_specification)
{
	static const struct {
		const char *name;
		const char *arg;
		otel_decision none, unsampled, sampled; /* with a high trace id */
		otel_decision low; /* without a parent, with a low trace id */
	} rows[] = {
		{"always_on", NULL, 2, 2, 2, 2},
		{"always_off", NULL, 0, 0, 0, 0},
		{"traceidratio", "0.5", 2, 2, 2, 0},
		{"traceidratio", "0", 0, 0, 0, 0},
		{"traceidratio", "1", 2, 2, 2, 2},
		{"traceidratio", NULL, 2, 2, 2, 2},
		{"parentbased_always_on", NULL, 2, 0, 2, 2},
		{"parentbased_always_off", NULL, 0, 0, 2, 0},
		{"parentbased_traceidratio", "0.5", 2, 0, 2, 0},
		{"parentbased_traceidratio", "0", 0, 0, 2, 0},
		{"probability", "0.5", 2, 2, 2, 0},
		{"probability", "0", 0, 0, 0, 0},
		{"probability", NULL, 2, 2, 2, 2},
		{"parentbased_probability", "0.5", 2, 0, 2, 0},
		{"parentbased", "root=always_off, remote_not_sampled=always_on", 0, 2, 2, 0},
		{"always_record", "parentbased(root=traceidratio(0.5))", 2, 1, 2, 1},
		{"composite", "always_on", 2, 2, 2, 2},
		{"parent_threshold", "probability(0.5)", 2, 0, 2, 0},
		{"rules", "*: probability(0.5)", 2, 2, 2, 0},
		{"annotate", "a=1: always_off", 0, 0, 0, 0},
	};

	sampler_open(rows[_i].name, rows[_i].arg);
	ck_assert_int_eq(ASK(.random = HIGH), rows[_i].none);
	ck_assert_int_eq(ASK(.random = HIGH, .parent = "remote"), rows[_i].unsampled);
	ck_assert_int_eq(ASK(.random = HIGH, .parent = "remote+"), rows[_i].sampled);
	ck_assert_int_eq(ASK(.random = 1), rows[_i].low);
}
END_TEST

START_TEST(a_decision_that_is_always_the_same_is_known_beforehand)
{
	static const struct {
		const char *name;
		const char *arg;
		int8_t decisions[3];
	} rows[] = {
		{"always_on", NULL, {2, 2, 2}},
		{"always_off", NULL, {0, 0, 0}},
		{"parentbased_always_on", NULL, {2, 0, 2}},
		{"parentbased_always_off", NULL, {0, 0, 2}},
		{"traceidratio", "1", {-1, -1, -1}},
		{"parentbased_traceidratio", "0.1", {-1, 0, 2}},
		{"parentbased_probability", "0.1", {-1, 0, 2}},
		{"probability", "0", {-1, -1, -1}},
		{"always_record", "always_off", {1, 1, 1}},
		{"always_record", "parentbased(root=always_on)", {2, 1, 2}},
		{"parentbased", "root=always_on, remote_sampled=always_off", {2, 0, -1}},
		{"parentbased", "root=rules(*: always_on), local_not_sampled=always_record(always_off)", {-1, -1, 2}},
		{"composite", "always_on", {-1, -1, -1}},
	};
	const otel_sampler *sampler = sampler_open(rows[_i].name, rows[_i].arg);
	int8_t decisions[3];

	sampler_fixed(sampler, sampler_self(), decisions);
	for (int i = 0; i < 3; i++)
		ck_assert_msg(decisions[i] == rows[_i].decisions[i], "%s(%s): %d is %d", rows[_i].name,
			      rows[_i].arg ? rows[_i].arg : "", i, decisions[i]);
}
END_TEST

static otel_decision foreign(void *self, const otel_sampling *sampling)
{
	(void)self;
	(void)sampling;
	return OTEL_DROP;
}

START_TEST(a_vendors_sampler_is_always_asked)
{
	static const otel_sampler vendors = {.component = {.size = sizeof vendors}, .decide = foreign};
	int8_t decisions[3];

	sampler_fixed(&vendors, NULL, decisions);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(decisions[i], -1);
}
END_TEST

START_TEST(every_sampler_describes_itself)
{
	static const struct {
		const char *name;
		const char *arg;
		const char *description;
	} rows[] = {
		{"always_on", NULL, "AlwaysOnSampler"},
		{"always_off", NULL, "AlwaysOffSampler"},
		{"traceidratio", "0.0001", "TraceIdRatioBased{0.000100}"},
		{"parentbased_always_on", NULL,
		 "ParentBased{root:AlwaysOnSampler,remoteParentSampled:AlwaysOnSampler,"
		 "remoteParentNotSampled:AlwaysOffSampler,localParentSampled:AlwaysOnSampler,"
		 "localParentNotSampled:AlwaysOffSampler}"},
		{"parentbased_always_off", NULL,
		 "ParentBased{root:AlwaysOffSampler,remoteParentSampled:AlwaysOnSampler,"
		 "remoteParentNotSampled:AlwaysOffSampler,localParentSampled:AlwaysOnSampler,"
		 "localParentNotSampled:AlwaysOffSampler}"},
	};

	sampler_open(rows[_i].name, rows[_i].arg);
	ck_assert_str_eq(sampler_description(), rows[_i].description);
}
END_TEST

SUITE_MAIN("sampler", NULL, {decisions_follow_the_specification, 20},
	   {a_decision_that_is_always_the_same_is_known_beforehand, 13}, {a_vendors_sampler_is_always_asked, 0},
	   {every_sampler_describes_itself, 5})
