/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy_test.c - what the backend may answer, and what is decided by it.
 */
#include "plugins/jaeger_remote/strategy.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"

#define HALF (OT_RANGE / 2)

static struct strategy strategy;

static const char *read_text(const char *text)
{
	strategy_fini(&strategy);
	return strategy_read(&strategy, text, strlen(text));
}

static bool kept(const char *name, uint64_t random, uint64_t now_ms)
{
	return strategy_decide(&strategy, name, strlen(name), random, now_ms).is_kept;
}

START_TEST(a_probability_is_for_all_names_and_tells_its_threshold)
{
	static const char *const texts[] = {
		"{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":0.5}}",
		"{\"strategyType\":0,\"probabilisticSampling\":{\"samplingRate\":0.5},\"rateLimitingSampling\":null}",
		"{\"probabilisticSampling\":{\"samplingRate\":5e-1},\"operationSampling\":null,\"new\":[{}]}",
		"{\"probabilisticSampling\":{\"samplingRate\":0.5},\"rateLimitingSampling\":{}}",
	};

	ck_assert_ptr_null(read_text(texts[_i]));
	ck_assert(kept("a", HALF, 0));
	ck_assert(!kept("a", HALF - 1, 0));
	const struct verdict verdict = strategy_decide(&strategy, "a", 1, HALF, 0);
	ck_assert(verdict.is_by_threshold);
	ck_assert_uint_eq(verdict.threshold, HALF);
}
END_TEST

START_TEST(a_rate_limits_whatever_the_trace_id)
{
	static const char *const texts[] = {
		"{\"strategyType\":\"RATE_LIMITING\",\"rateLimitingSampling\":{\"maxTracesPerSecond\":3}}",
		"{\"strategyType\":1,\"rateLimitingSampling\":{\"maxTracesPerSecond\":3},\"probabilisticSampling\":{}}",
		"{\"rateLimitingSampling\":{\"maxTracesPerSecond\":3.0}}",
	};
	unsigned count = 0;

	ck_assert_ptr_null(read_text(texts[_i]));
	for (int i = 0; i < 10; i++)
		count += kept(i % 2 ? "a" : "b", i % 2 ? 0 : OT_RANGE - 1, 1000);
	ck_assert_uint_eq(count, 3);
	ck_assert(kept("a", 0, 2000));
	ck_assert(!strategy_decide(&strategy, "a", 1, OT_RANGE - 1, 3000).is_by_threshold);
}
END_TEST

static const char operations[] =
	"{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":1},\"operationSampling\":{"
	"\"defaultSamplingProbability\":0.5,\"defaultLowerBoundTracesPerSecond\":%s,\"perOperationStrategies\":["
	"{\"operation\":\"/z\",\"probabilisticSampling\":{\"samplingRate\":0}},"
	"{\"operation\":\"/a\",\"probabilisticSampling\":{\"samplingRate\":1}},"
	"{\"operation\":\"\",\"probabilisticSampling\":{\"samplingRate\":0.25}}],"
	"\"defaultUpperBoundTracesPerSecond\":9}}";

START_TEST(operations_have_probabilities_of_their_own)
{
	char text[1024];

	snprintf(text, sizeof text, operations, "0");
	ck_assert_ptr_null(read_text(text));
	ck_assert(kept("/a", 0, 0));
	ck_assert(!kept("/z", OT_RANGE - 1, 0));
	ck_assert(!kept("", HALF, 0));
	ck_assert(kept("", OT_RANGE / 4 * 3, 0));
	ck_assert(kept("/other", HALF, 0));
	ck_assert(!kept("/other", HALF - 1, 0));
}
END_TEST

START_TEST(every_name_is_kept_now_and_then)
{
	char text[1024];

	snprintf(text, sizeof text, operations, "0.5");
	ck_assert_ptr_null(read_text(text));
	ck_assert(kept("/z", 0, 1000));
	ck_assert(!kept("/z", 0, 1000));
	ck_assert(!kept("/z", 0, 2999));
	ck_assert(kept("/z", 0, 3000));
	ck_assert(kept("/other", 0, 1000));
	ck_assert(!kept("/other", 0, 1000));
	ck_assert(kept("/another one", 0, 1000));
}
END_TEST

START_TEST(what_is_left_out_is_zero)
{
	ck_assert_ptr_null(read_text("{\"probabilisticSampling\":{}}"));
	ck_assert(!kept("a", OT_RANGE - 1, 0));
	ck_assert_ptr_null(read_text("{\"strategyType\":1,\"rateLimitingSampling\":{}}"));
	ck_assert(!kept("a", OT_RANGE - 1, 0));
	ck_assert_ptr_null(read_text("{\"operationSampling\":{\"perOperationStrategies\":null}}"));
	ck_assert(!kept("a", OT_RANGE - 1, 0));
}
END_TEST

START_TEST(what_is_no_strategy_is_refused_with_the_cause)
{
	static const char *const rows[][2] = {
		{"", "it is no JSON"},
		{"null", "it is no JSON"},
		{"[]", "it names no strategy"},
		{"{}", "it names no strategy"},
		{"{\"probabilisticSampling\":{\"samplingRate\":0.5}", "it is no JSON"},
		{"{\"probabilisticSampling\":{\"samplingRate\":0.5}} x", "it is no JSON"},
		{"{\"probabilisticSampling\":{\"samplingRate\":1e999}}", "it is no JSON"},
		{"{\"probabilisticSampling\":0.5}", "it names no strategy"},
		{"{\"probabilisticSampling\":{\"samplingRate\":1.5}}", "samplingRate is not 0 to 1"},
		{"{\"probabilisticSampling\":{\"samplingRate\":-0.5}}", "samplingRate is not 0 to 1"},
		{"{\"probabilisticSampling\":{\"samplingRate\":\"0.5\"}}", "samplingRate is not 0 to 1"},
		{"{\"rateLimitingSampling\":{\"maxTracesPerSecond\":-1}}", "maxTracesPerSecond is no number from 0 on"},
		{"{\"operationSampling\":{\"perOperationStrategies\":{}}}", "perOperationStrategies is no list"},
		{"{\"operationSampling\":{\"perOperationStrategies\":[7]}}", "an operation has no name"},
		{"{\"operationSampling\":{\"defaultSamplingProbability\":2}}",
		 "defaultSamplingProbability is not 0 to 1"},
		{"{\"operationSampling\":{\"perOperationStrategies\":[{\"operation\":\"a\",\"probabilisticSampling\":"
		 "{\"samplingRate\":2}}]}}",
		 "samplingRate of an operation is not 0 to 1"},
		{"{\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}", "its JSON is nested too deep"},
	};

	ck_assert_str_eq(read_text(rows[_i][0]), rows[_i][1]);
	ck_assert_ptr_null(strategy.operations);
}
END_TEST

START_TEST(brackets_in_names_are_no_depth)
{
	ck_assert_ptr_null(
		read_text("{\"probabilisticSampling\":{\"samplingRate\":1},\"n\":\"[[[[[[[[[[[[[[[[[[\\\"[[[\"}"));
}
END_TEST

START_TEST(more_names_than_are_kept_follow_the_default)
{
	static char text[200000];
	size_t len = (size_t)sprintf(text, "{\"operationSampling\":{\"perOperationStrategies\":[");

	for (int i = 0; i < STRATEGY_OPERATIONS + 100; i++)
		len += (size_t)sprintf(text + len,
				       "%s{\"operation\":\"op%d\",\"probabilisticSampling\":{\"samplingRate\":1}}",
				       i ? "," : "", i);
	sprintf(text + len, "]}}");
	ck_assert_ptr_null(read_text(text));
	ck_assert_uint_eq(strategy.operation_count, STRATEGY_OPERATIONS);
	for (int i = 0; i < STRATEGY_OPERATIONS + 100; i++) {
		char name[16];
		sprintf(name, "op%d", i);
		ck_assert_int_eq(kept(name, 0, 0), i < STRATEGY_OPERATIONS);
	}
}
END_TEST

SUITE_MAIN("strategy", NULL, {a_probability_is_for_all_names_and_tells_its_threshold, 4},
	   {a_rate_limits_whatever_the_trace_id, 3}, {operations_have_probabilities_of_their_own, 0},
	   {every_name_is_kept_now_and_then, 0}, {what_is_left_out_is_zero, 0},
	   {what_is_no_strategy_is_refused_with_the_cause, 17}, {brackets_in_names_are_no_depth, 0},
	   {more_names_than_are_kept_follow_the_default, 0})
