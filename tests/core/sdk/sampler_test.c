/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_test.c - the built-in samplers: tables of decisions, and ratios that agree with each other.
 */
#include "sdk/sampler.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"
#include "util/rand.h"

#define TWO_56 (UINT64_C(1) << 56)

/* ---- a host that knows one setting ---- */

static const char *argument;
static char said[256];

static const char *config_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	return !strcmp(section, "traces") && !strcmp(key, "sampler_arg") ? argument : NULL;
}

static const char *config_origin(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	(void)section;
	(void)key;
	return "OTEL_TRACES_SAMPLER_ARG";
}

static void take_log(otel_setup *setup, otel_log_level level, const char *format, ...)
{
	va_list args;

	(void)setup;
	(void)level;
	va_start(args, format);
	vsnprintf(said, sizeof said, format, args);
	va_end(args);
}

static const otel_host host = {
	.size = sizeof host, .log = take_log, .config_str = config_str, .config_origin = config_origin};

static const otel_sampler *sampler_named(const char *name)
{
	for (size_t i = 0; i < sampler_count; i++)
		if (!strcmp(samplers[i].name, name))
			return samplers[i].sampler;
	ck_abort_msg("no sampler %s", name);
}

static uint64_t state[8];

static const otel_sampler *open_sampler(const char *name, const char *arg)
{
	const otel_sampler *sampler = sampler_named(name);

	ck_assert_uint_le(sampler->component.state_size, sizeof state);
	argument = arg;
	*said = 0;
	if (sampler->component.open)
		ck_assert_int_eq(sampler->component.open(state, &host, NULL), OTEL_OK);
	return sampler;
}

/* parent: 0 none, 1 unsampled, 2 sampled */
static otel_decision decide(const otel_sampler *sampler, int parent, const uint8_t trace_id[16])
{
	const otel_span_context context = {
		.trace_id = {1}, .span_id = {1}, .trace_flags = parent == 2 ? OTEL_TRACE_FLAG_SAMPLED : 0};
	const otel_sampling sampling = {
		.size = sizeof sampling,
		.parent = parent ? &context : NULL,
		.parent_tracestate = "",
		.trace_id = trace_id,
		.name = "n",
		.name_len = 1,
	};

	return sampler->decide(state, &sampling);
}

START_TEST(decisions_follow_the_specification)
{
	static const uint8_t low[16] = {0xff, 0xff}, high[16] = {[9] = 0xff};
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
	};
	const otel_sampler *sampler = open_sampler(rows[_i].name, rows[_i].arg);

	ck_assert_int_eq(decide(sampler, 0, high), rows[_i].none);
	ck_assert_int_eq(decide(sampler, 1, high), rows[_i].unsampled);
	ck_assert_int_eq(decide(sampler, 2, high), rows[_i].sampled);
	ck_assert_int_eq(decide(sampler, 0, low), rows[_i].low);
}
END_TEST

START_TEST(a_bad_ratio_is_named_and_counts_as_unset)
{
	static const char *const bad[] = {"abc", "1.5", "-0.1", "nan", "0.5x"};
	static const uint8_t low[16] = {1};
	const otel_sampler *sampler = open_sampler("traceidratio", bad[_i]);

	ck_assert_ptr_nonnull(strstr(said, "OTEL_TRACES_SAMPLER_ARG"));
	ck_assert_ptr_nonnull(strstr(said, bad[_i]));
	ck_assert_ptr_nonnull(strstr(said, "allowed: 0 to 1"));
	ck_assert_int_eq(decide(sampler, 0, low), OTEL_RECORD_AND_SAMPLE);
}
END_TEST

START_TEST(thresholds_are_those_of_the_specification)
{
	ck_assert_uint_eq(sampler_threshold(1.0), 0);
	ck_assert_uint_eq(sampler_threshold(0.5), TWO_56 / 2);
	ck_assert_uint_eq(sampler_threshold(0.25), TWO_56 / 4 * 3);
	ck_assert_uint_eq(sampler_threshold(0.0), TWO_56);
	/* th:fd70a4, 1 in 100 */
	ck_assert_uint_eq((sampler_threshold(0.01) + (1u << 31)) >> 32, 0xfd70a4);
}
END_TEST

START_TEST(what_a_ratio_keeps_a_higher_one_keeps_too)
{
	static const char *const ratios[] = {"0.001", "0.01", "0.1", "0.3", "0.5", "0.9", "1"};
	enum { RATIOS = sizeof ratios / sizeof *ratios, TRACES = 20000 };
	static bool kept[RATIOS][TRACES];
	unsigned count[RATIOS] = {0};

	for (int k = 0; k < RATIOS; k++) {
		struct rand_state random = {{1, 2, 3, 4}};
		const otel_sampler *sampler = open_sampler("traceidratio", ratios[k]);
		for (int i = 0; i < TRACES; i++) {
			const uint64_t id[2] = {rand_next(&random), rand_next(&random)};
			kept[k][i] = decide(sampler, 0, (const uint8_t *)id) == OTEL_RECORD_AND_SAMPLE;
			count[k] += kept[k][i];
			ck_assert(!k || !kept[k - 1][i] || kept[k][i]);
		}
	}
	ck_assert_uint_ge(count[4], TRACES / 2 - 500);
	ck_assert_uint_le(count[4], TRACES / 2 + 500);
	ck_assert_uint_eq(count[6], TRACES);
}
END_TEST

SUITE_MAIN("sampler", NULL, {decisions_follow_the_specification, 10}, {a_bad_ratio_is_named_and_counts_as_unset, 5},
	   {thresholds_are_those_of_the_specification, 0}, {what_a_ratio_keeps_a_higher_one_keeps_too, 0})
