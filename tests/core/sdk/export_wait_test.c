/* SPDX-License-Identifier: Apache-2.0
 *
 * export_wait_test.c - when the next try is due.
 */
#include "sdk/export_wait.h"

#include "support/suite.h"

static const struct backoff backoff = {.initial_ms = 100, .max_ms = 1000};

START_TEST(each_failure_whose_time_had_come_doubles_the_wait)
{
	struct export_wait wait = {0};
	uint64_t now = 5000;

	for (uint64_t full = 100; full <= 800; full *= 2) {
		export_wait_on(&wait, &backoff, 0, now);
		ck_assert_uint_ge(wait.retry_at - now, full / 2);
		ck_assert_uint_le(wait.retry_at - now, full);
		now = wait.retry_at;
	}
	ck_assert_uint_eq(wait.failures, 4);
}
END_TEST

START_TEST(a_try_before_its_time_changes_nothing)
{
	struct export_wait wait = {0};

	export_wait_on(&wait, &backoff, 0, 5000);
	const struct export_wait before = wait;
	export_wait_on(&wait, &backoff, 0, 5001);
	ck_assert_uint_eq(wait.retry_at, before.retry_at);
	ck_assert_uint_eq(wait.failures, before.failures);
}
END_TEST

START_TEST(what_the_backend_asks_for_counts_within_five_minutes)
{
	struct export_wait wait = {0};

	export_wait_on(&wait, &backoff, 7, 5000);
	ck_assert_uint_eq(wait.retry_at, 5007);
	export_wait_on(&wait, &backoff, 9, 5001);
	ck_assert_uint_eq(wait.retry_at, 5010);
	export_wait_on(&wait, &backoff, UINT32_MAX, 5002);
	ck_assert_uint_eq(wait.retry_at, 305002);
}
END_TEST

SUITE_MAIN("export_wait", NULL, {each_failure_whose_time_had_come_doubles_the_wait, 0},
	   {a_try_before_its_time_changes_nothing, 0}, {what_the_backend_asks_for_counts_within_five_minutes, 0})
