/* SPDX-License-Identifier: Apache-2.0
 *
 * spec_processor_test.c - rules of the specification for span processors: what OnStart and OnEnding are given and may
 * do (specification/trace/sdk.md, Span processor).
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "core/sdk/span_support.h"
#include "plugin/registry.h"
#include "support/suite.h"

static const otel_context_key key = {"request"};
static int value;

static struct {
	unsigned starts, endings;
	void *value; /* found in the parent context */
	char baggage[16];
	bool recording; /* inside OnEnding */
} seen;

static void on_start(void *self, otel_span span, const otel_context *parent)
{
	const char *tenant = otel_baggage_value(otel_context_baggage(parent), "tenant");

	(void)self;
	seen.starts++;
	seen.value = otel_context_value(parent, &key);
	snprintf(seen.baggage, sizeof seen.baggage, "%s", tenant ? tenant : "");
	CALL(set_str, span, STR("tenant"), seen.baggage, strlen(seen.baggage));
}

static void on_ending(void *self, otel_span span)
{
	(void)self;
	seen.endings++;
	seen.recording = P->is_recording(T, span);
	CALL(set_int, span, STR("added"), 7);
}

static const otel_span_processor processor = {
	.component = {.size = sizeof processor}, .on_start = on_start, .on_ending = on_ending};

static void setup(void)
{
	static struct component component = {
		.kind = OTEL_COMPONENT_SPAN_PROCESSOR, .name = "spec", .vtable = &processor};
	struct provider_options options = test_options("always_on");

	memset(&seen, 0, sizeof seen);
	options.processors[0] = &component;
	options.processor_count = 1;
	test_provider_with(&options);
}

START_TEST(a_processor_is_given_the_parent_context_at_start_and_may_write)
{
	otel_baggage *baggage = otel_baggage_with(NULL, "tenant", "acme", NULL);
	otel_context *with_baggage = otel_context_with_baggage(NULL, baggage);
	otel_context *context = otel_context_with_value(with_baggage, &key, &value, NULL);
	const otel_span span = test_under("s", context);

	ck_assert_uint_eq(seen.starts, 1);
	ck_assert_ptr_eq(seen.value, &value);
	ck_assert_str_eq(seen.baggage, "acme");
	otel_context_unref(context);
	otel_context_unref(with_baggage);
	otel_baggage_unref(baggage);
	test_end(span);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_only(), "tenant"), "\"acme\"");
}
END_TEST

START_TEST(a_span_that_is_ending_can_still_be_written_by_its_processor)
{
	const otel_span span = test_start("s");

	test_end(span);
	ck_assert_uint_eq(seen.endings, 1);
	ck_assert(seen.recording);
	ck_assert(!P->is_recording(T, span));
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_only(), "added"), "7");
}
END_TEST

SUITE_MAIN("spec_processor", setup, {a_processor_is_given_the_parent_context_at_start_and_may_write, 0},
	   {a_span_that_is_ending_can_still_be_written_by_its_processor, 0})
