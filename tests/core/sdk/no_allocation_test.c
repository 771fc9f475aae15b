/* SPDX-License-Identifier: Apache-2.0
 *
 * no_allocation_test.c - a thread that makes spans calls the allocator for none that is not sampled, and, once warm,
 * for none that is recorded and exported either.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include "start_support.h"
#include "support/count_calls.h"
#include "support/every_call.h"

enum { BURST = 100, WARM_UP = 40, BURSTS = 100 };

static void start(const char *sampler)
{
	start_set_up();
	setenv("OTEL_TRACES_SAMPLER", sampler, 1);
	const unsigned before = allocator_calls;
	ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
	ck_assert_uint_gt(allocator_calls, before); /* or the counting does not work */
}

/* Allocator calls of this thread for so many bursts of spans. The queue is emptied in between, uncounted. */
static unsigned calls_for(int bursts)
{
	unsigned calls = 0;

	for (int i = 0; i < bursts; i++) {
		const unsigned before = allocator_calls;
		for (int j = 0; j < BURST; j++)
			every_call(NULL);
		calls += allocator_calls - before;
		ck_assert_int_eq(otel_sdk_flush(10000), OTEL_OK);
	}
	return calls;
}

START_TEST(spans_that_are_not_sampled_allocate_nothing)
{
	start("always_off");
	calls_for(1);
	ck_assert_uint_eq(calls_for(BURSTS), 0);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
}
END_TEST

START_TEST(recorded_spans_allocate_nothing_once_the_thread_is_warm)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	start("always_on");
	calls_for(WARM_UP);
	ck_assert_uint_eq(calls_for(BURSTS), 0);
	otel_sdk_get_stats(&stats);
	ck_assert_uint_eq(stats.spans_accepted, 3 * BURST * (WARM_UP + BURSTS));
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
}
END_TEST

SUITE_MAIN("no_allocation", NULL, {spans_that_are_not_sampled_allocate_nothing, 0},
	   {recorded_spans_allocate_nothing_once_the_thread_is_warm, 0})
