/* SPDX-License-Identifier: Apache-2.0
 *
 * stats_line_test.c - what the operator is told at the end.
 */
#include "sdk/stats_line.h"

#include "support/suite.h"

static char text[512];

static const char *line_of(otel_sdk_stats stats)
{
	stats.size = sizeof stats;
	stats_line(text, sizeof text, &stats);
	return text;
}

START_TEST(when_all_went_well_it_is_short)
{
	ck_assert_str_eq(line_of((otel_sdk_stats){.spans_created = 7, .spans_accepted = 7, .export_attempts = 1}),
			 "7 spans: 7 accepted, 0 dropped; 1 request, 0 retried");
	ck_assert_str_eq(line_of((otel_sdk_stats){.spans_created = 1, .spans_accepted = 1, .export_attempts = 2}),
			 "1 span: 1 accepted, 0 dropped; 2 requests, 0 retried");
	ck_assert_str_eq(line_of((otel_sdk_stats){.size = 0}), "0 spans: 0 accepted, 0 dropped; 0 requests, 0 retried");
}
END_TEST

START_TEST(each_reason_that_there_was_is_named)
{
	const otel_sdk_stats stats = {.spans_created = 30,
				      .spans_accepted = 1,
				      .dropped_queue_full = 2,
				      .dropped_rejected = 3,
				      .dropped_shutdown = 4,
				      .dropped_retry = 5,
				      .dropped_processed = 6,
				      .dropped_no_memory = 7,
				      .spooled = 8,
				      .spans_queued = 9,
				      .ambiguous = 10,
				      .export_attempts = 11,
				      .retried = 12,
				      .export_failures = 13};
	ck_assert_str_eq(
		line_of(stats),
		"30 spans: 1 accepted, 27 dropped (2 queue full, 3 rejected, 5 not in time, 4 shutdown, 6 processor, "
		"7 no memory), 8 spooled, 9 queued, 10 ambiguous; 11 requests, 12 retried, 13 failed");
}
END_TEST

START_TEST(other_signals_and_the_spool_are_told_if_there_are_any)
{
	const otel_sdk_stats stats = {
		.items_submitted = 5, .items_accepted = 3, .items_dropped = 1, .items_spooled = 1, .replayed = 12};
	ck_assert_str_eq(line_of(stats),
			 "0 spans: 0 accepted, 0 dropped; 5 other items: 3 accepted, 1 dropped, 1 spooled; "
			 "12 from the spool; 0 requests, 0 retried");
}
END_TEST

START_TEST(what_does_not_fit_is_cut)
{
	const otel_sdk_stats stats = {.size = sizeof stats, .spans_created = UINT64_MAX};
	char small[16];
	stats_line(small, sizeof small, &stats);
	ck_assert_str_eq(small, "184467440737095");
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{when_all_went_well_it_is_short, 0},
		{each_reason_that_there_was_is_named, 0},
		{other_signals_and_the_spool_are_told_if_there_are_any, 0},
		{what_does_not_fit_is_cut, 0},
	};
	return suite_main("stats_line", entries, sizeof entries / sizeof *entries, NULL);
}
