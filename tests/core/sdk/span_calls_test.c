/* SPDX-License-Identifier: Apache-2.0
 *
 * span_calls_test.c - the calls that a thread's block leads to: who has them, what they make of any handle and of any
 * length; and that a signal handler may come between any two of their instructions.
 */
#include "sdk/span_calls.h"

#include <pthread.h>
#include <stdio.h>

#include "core/sdk/span_support.h"
#include "core/sdk/step.h"
#include "sdk/stats.h"
#include "support/suite.h"

static void setup(void)
{
	test_provider("parentbased_always_on");
}

/* ---- who has them ---- */

static const struct otel_thread_calls of_the_api;

static void *span_of_a_thread(void *arg)
{
	static const struct otel_parent none;
	struct otel_thread *th = arg;

	P->span_end(th, P->span_start(th, &test_tracer, "x", 1, &none, NULL), 0);
	return (void *)(uintptr_t)th->calls;
}

static const void *calls_during_a_thread(struct otel_thread *th)
{
	pthread_t thread;
	void *calls;

	ck_assert_int_eq(pthread_create(&thread, NULL, span_of_a_thread, th), 0);
	ck_assert_int_eq(pthread_join(thread, &calls), 0);
	return calls;
}

START_TEST(a_thread_has_them_from_its_first_span_to_its_end)
{
	struct otel_thread th = {.size = sizeof th, .calls = &of_the_api};

	ck_assert_ptr_eq(calls_during_a_thread(&th), &span_calls);
	ck_assert_ptr_eq(th.calls, &of_the_api);
	ck_assert_ptr_null(th.sdk);
}
END_TEST

START_TEST(a_block_that_ends_before_them_is_left_alone)
{
	struct otel_thread th = {.size = offsetof(struct otel_thread, calls), .calls = &of_the_api};

	ck_assert_ptr_eq(calls_during_a_thread(&th), &of_the_api);
	ck_assert_ptr_eq(th.calls, &of_the_api);
}
END_TEST

/* ---- any handle ---- */

static void call_all(otel_span span)
{
	OTEL_KEY(key, "key");

	CALL(set_str, span, STR("key"), STR("value"));
	CALL(set_bool, span, STR("key"), true);
	CALL(set_int, span, STR("key"), 1);
	CALL(set_double, span, STR("key"), 1.5);
	CALL(set_key_str, span, &key, STR("value"));
	CALL(set_key_bool, span, &key, true);
	CALL(set_key_int, span, &key, 1);
	CALL(set_key_double, span, &key, 1.5);
	CALL(add_event, span, "event", 0, NULL, 0);
	CALL(end, span, 0);
}

static const struct {
	uint64_t id;
	unsigned misuse;
} handles[] = {
	{0, 0},
	{1, 0}, /* one of the API's own */
	{UINT64_C(0x0100000900000009), 10}, /* ours, but never given out */
	{UINT64_C(0x0200000100000001), 10}, /* another issuer's */
	{UINT64_C(0x0200000180000001), 1}, /* … that never records: it can be ended */
	{UINT64_MAX, 1},
};

START_TEST(handles_that_stand_for_nothing_do_nothing)
{
	const otel_span open = test_start("open");

	call_all((otel_span){handles[_i].id});
	ck_assert_uint_eq(atomic_load(&stats.misuse), handles[_i].misuse);
	test_end(open);
	ck_assert_uint_eq(msg_count(test_only(), 9), 0);
}
END_TEST

START_TEST(a_key_that_is_not_there_is_counted)
{
	const otel_span span = test_start("s");

	CALL(set_key_str, span, NULL, STR("value"));
	CALL(set_key_int, span, NULL, 1);
	P->set_key_bool(T, span, NULL, true);
	test_end(span);
	ck_assert_uint_eq(atomic_load(&stats.misuse), 3);
	ck_assert_uint_eq(msg_count(test_only(), 9), 0);
}
END_TEST

/* ---- any length ---- */

static void check_lengths(size_t key_len, size_t value_len, char fill)
{
	char key[160], value[160], expected[200];
	const otel_span span = test_start("lengths");

	memset(key, 'k', sizeof key);
	for (size_t i = 0; i < value_len; i++)
		value[i] = (char)('a' + i % 26);
	if (fill && value_len)
		value[value_len / 2] = fill;
	key[key_len] = '\0';
	CALL(set_str, span, key, key_len, value, value_len);
	CALL(set_int, span, "int", 3, (int64_t)value_len * 100);
	test_end(span);
	const struct msg m = test_only();
	ck_assert_uint_eq(msg_count(m, 9), 2);
	if (fill && value_len)
		return;
	snprintf(expected, sizeof expected, "\"%.*s\"", (int)value_len, value);
	ck_assert_str_eq(attr_text(m, 9, key), expected);
	snprintf(expected, sizeof expected, "%zu", value_len * 100);
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "int"), expected);
}

START_TEST(keys_and_values_of_any_length_arrive)
{
	for (size_t key_len = 1; key_len < 140; key_len += key_len < 40 ? 1 : 7)
		for (size_t value_len = 0; value_len < 140; value_len += value_len < 40 ? 1 : 7) {
			check_lengths(key_len, value_len, '\0');
			check_lengths(key_len, value_len, '\xff');
		}
}
END_TEST

/* ---- between any two instructions ---- */

static otel_span outer, inner;

static void handler_opens(void)
{
	inner = CALL(start_root, &test_tracer, "inner", 5);
	CALL(set_int, inner, STR("of inner"), 1);
}

static void handler_opens_and_ends(void)
{
	handler_opens();
	CALL(end, inner, 0);
	inner.id = 0;
}

static void handler_changes_the_same(void)
{
	CALL(set_int, outer, STR("of handler"), 1);
}

static void set_a_string(void)
{
	CALL(set_str, outer, STR("of outer"), STR("a value of 16 b."));
}

static void set_an_int(void)
{
	CALL(set_int, outer, STR("of outer"), 200);
}

static void add_an_event(void)
{
	CALL(add_event, outer, "event", 0, NULL, 0);
}

static const struct {
	void (*call)(void);
	void (*handler)(void);
} interruptions[] = {
	{set_a_string, handler_opens}, {set_a_string, handler_opens_and_ends}, {set_a_string, handler_changes_the_same},
	{set_an_int, handler_opens},   {set_an_int, handler_opens_and_ends},   {set_an_int, handler_changes_the_same},
	{add_an_event, handler_opens}, {add_an_event, handler_opens_and_ends}, {add_an_event, handler_changes_the_same},
};

static void check_inner(struct msg m)
{
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "of outer"), "absent");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "after"), "absent");
	ck_assert_uint_eq(msg_count(m, 11), 0);
}

/* What was called has been done, to the right span, wherever the handler came. */
static void check_outer(struct msg m, bool is_event)
{
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "after"), "true");
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "of inner"), "absent");
	ck_assert_uint_eq(msg_count(m, 11), is_event);
	if (!is_event)
		ck_assert_str_ne(SPAN_ATTR_TEXT(m, "of outer"), "absent");
}

START_TEST(a_handler_may_come_between_any_two_instructions)
{
	bool interrupted = true;

	for (unsigned at = 1; interrupted; at++) {
		outer = test_start("outer");
		inner.id = 0;
		interrupted = step_run(interruptions[_i].call, at, interruptions[_i].handler);
		CALL(set_bool, outer, STR("after"), true);
		test_end(outer);
		if (inner.id)
			test_end(inner);
		const size_t count = test_take();
		ck_assert_uint_ge(count, 1);
		for (size_t i = 0; i < count; i++)
			if (!strcmp(msg_text(test_span(i), 5), "outer"))
				check_outer(test_span(i), interruptions[_i].call == add_an_event);
			else
				check_inner(test_span(i));
		ck_assert_uint_lt(at, 100000);
	}
}
END_TEST

static void begin_and_end(void)
{
	outer = CALL(start_root, &test_tracer, "outer", 5);
	CALL(end, outer, 0);
}

START_TEST(a_handler_may_come_while_a_span_begins_or_ends)
{
	bool interrupted = true;

	/* Not each instruction, for each costs as many signals as come before it. */
	for (unsigned at = 1 + (unsigned)_i; interrupted; at += 7) {
		unsigned outers = 0;
		inner.id = 0;
		interrupted = step_run(begin_and_end, at, _i ? handler_opens : handler_opens_and_ends);
		if (inner.id)
			test_end(inner);
		const size_t count = test_take();
		for (size_t i = 0; i < count; i++)
			outers += !strcmp(msg_text(test_span(i), 5), "outer");
		ck_assert_uint_eq(outers, 1);
		ck_assert_uint_lt(at, 100000);
	}
}
END_TEST

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

SUITE_MAIN("span_calls", setup, {a_thread_has_them_from_its_first_span_to_its_end, 0},
	   {a_block_that_ends_before_them_is_left_alone, 0}, {handles_that_stand_for_nothing_do_nothing, ROWS(handles)},
	   {a_key_that_is_not_there_is_counted, 0}, {keys_and_values_of_any_length_arrive, 0},
	   {a_handler_may_come_between_any_two_instructions, STEP_IS_POSSIBLE *ROWS(interruptions)},
	   {a_handler_may_come_while_a_span_begins_or_ends, 2})
