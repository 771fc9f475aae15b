/* SPDX-License-Identifier: Apache-2.0
 *
 * fail_test.c - texts of --fail, and what the requests get.
 */
#include "tools/otel-c/sink/fail.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static struct sink_fail_plan plan;
static char why[800];

static void expect(const char *spec)
{
	ck_assert_msg(sink_fail_parse(&plan, spec, why, sizeof why), "%s: %s", spec, why);
}

static void expect_next(enum sink_fail_kind kind, unsigned status, bool has_number, uint64_t number)
{
	const struct sink_fail *fail = sink_fail_next(&plan, SINK_FAIL_ANSWERING, false);

	ck_assert_ptr_nonnull(fail);
	ck_assert_int_eq(fail->kind, kind);
	ck_assert_uint_eq(fail->status, status);
	ck_assert(fail->has_number == has_number);
	ck_assert_uint_eq(fail->number, number);
}

START_TEST(elements_are_used_in_order_and_then_all_is_well)
{
	expect("503x2,429:2,reset");
	expect_next(SINK_FAIL_STATUS, 503, false, 0);
	expect_next(SINK_FAIL_STATUS, 503, false, 0);
	expect_next(SINK_FAIL_STATUS, 429, true, 2);
	expect_next(SINK_FAIL_RESET, 0, false, 0);
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
}
END_TEST

START_TEST(without_a_plan_all_is_well)
{
	plan = (struct sink_fail_plan){.count = 0};
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
}
END_TEST

START_TEST(times_and_number_stand_in_any_order)
{
	expect(" 503x2:0 , 503:9x1");
	expect_next(SINK_FAIL_STATUS, 503, true, 0);
	expect_next(SINK_FAIL_STATUS, 503, true, 0);
	expect_next(SINK_FAIL_STATUS, 503, true, 9);
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
}
END_TEST

START_TEST(every_kind_has_its_name)
{
	expect("partial:3,drop-reply,hang,slow,slow:7,404,partial:0,giant:3,503@2");
	expect_next(SINK_FAIL_PARTIAL, 0, true, 3);
	expect_next(SINK_FAIL_DROP_REPLY, 0, false, 0);
	expect_next(SINK_FAIL_HANG, 0, false, 0);
	expect_next(SINK_FAIL_SLOW, 0, false, 1);
	expect_next(SINK_FAIL_SLOW, 0, true, 7);
	expect_next(SINK_FAIL_STATUS, 404, false, 0);
	expect_next(SINK_FAIL_PARTIAL, 0, true, 0);
	expect_next(SINK_FAIL_GIANT, 0, true, 3);
	expect_next(SINK_FAIL_STATUS, 503, true, 2);
	ck_assert(plan.list[8].is_date && !plan.list[5].is_date);
}
END_TEST

START_TEST(elements_of_grpc_wait_for_it)
{
	const struct sink_fail *fail;

	expect("grpc:14:500x2,503,rst,grpc:8");
	expect_next(SINK_FAIL_STATUS, 503, false, 0);
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
	for (int i = 0; i < 2; i++) {
		fail = sink_fail_next(&plan, SINK_FAIL_ANSWERING, true);
		ck_assert_int_eq(fail->kind, SINK_FAIL_GRPC);
		ck_assert_uint_eq(fail->number, 14);
		ck_assert(fail->has_second);
		ck_assert_uint_eq(fail->second, 500);
	}
	fail = sink_fail_next(&plan, SINK_FAIL_ANSWERING, true);
	ck_assert_int_eq(fail->kind, SINK_FAIL_STREAM_RESET);
	ck_assert_uint_eq(fail->number, 2);
	fail = sink_fail_next(&plan, SINK_FAIL_ANSWERING, true);
	ck_assert_uint_eq(fail->number, 8);
	ck_assert(!fail->has_second);
}
END_TEST

START_TEST(elements_about_connections_wait_for_a_new_one)
{
	expect("503,silence,reset-upload:7,429");
	ck_assert(!sink_fail_wants_connection(&plan, false));
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_CONNECTING, false));
	expect_next(SINK_FAIL_STATUS, 503, false, 0);
	ck_assert(sink_fail_wants_connection(&plan, false));
	ck_assert_ptr_null(sink_fail_next(&plan, SINK_FAIL_ANSWERING, false));
	ck_assert_int_eq(sink_fail_next(&plan, SINK_FAIL_CONNECTING, true)->kind, SINK_FAIL_SILENCE);
	ck_assert_uint_eq(sink_fail_next(&plan, SINK_FAIL_CONNECTING, false)->number, 7);
	expect_next(SINK_FAIL_STATUS, 429, false, 0);
	ck_assert(!sink_fail_wants_connection(&plan, false));
}
END_TEST

START_TEST(what_is_wrong_is_named_with_what_is_allowed)
{
	static const char *const wrong[] = {"",           "299",     "600",       "5033",       "teapot",
					    "reset:1",    "hang:1",  "partial",   "partial:",   "grpc",
					    "partial:-1", "503x",    "503x0",     "503xx2",     "503x1x2",
					    "503:",       "503:1:2", "503:86401", "slow:0",     "503 x2",
					    "x2",         ":2",      "+503",      "drop_reply", "503x1000001",
					    "grpc:",      "grpc:0",  "grpc:14:",  "grpc:1:2:3", "grpc:14@1",
					    "reset@1",    "503@",    "503:1@1",   "503@1@1",    "giant:2049",
					    "300 to 599"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char spec[64], shown[64];

		snprintf(spec, sizeof spec, "503,%s", wrong[i]);
		snprintf(shown, sizeof shown, "\"%s\" is none of: 300 to 599", wrong[i]);
		ck_assert_msg(!sink_fail_parse(&plan, spec, why, sizeof why), "%s was taken", spec);
		ck_assert_msg(strstr(why, shown) == why, "%s: %s", spec, why);
		ck_assert_ptr_nonnull(strstr(why, "drop-reply"));
	}
}
END_TEST

START_TEST(a_plan_has_an_end)
{
	char spec[4 * (SINK_FAIL_MAX + 1)] = "";

	for (size_t i = 0; i < SINK_FAIL_MAX; i++)
		strcat(spec, i ? ",503" : "503");
	expect(spec);
	strcat(spec, ",5");
	ck_assert(!sink_fail_parse(&plan, spec, why, sizeof why));
	ck_assert_str_eq(why, "it has more than 64 elements");
}
END_TEST

SUITE_MAIN("sink_fail", NULL, {elements_are_used_in_order_and_then_all_is_well, 0}, {without_a_plan_all_is_well, 0},
	   {times_and_number_stand_in_any_order, 0}, {every_kind_has_its_name, 0}, {elements_of_grpc_wait_for_it, 0},
	   {elements_about_connections_wait_for_a_new_one, 0}, {what_is_wrong_is_named_with_what_is_allowed, 0},
	   {a_plan_has_an_end, 0})
