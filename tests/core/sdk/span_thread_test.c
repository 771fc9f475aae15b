/* SPDX-License-Identifier: Apache-2.0
 *
 * span_thread_test.c - spans of many threads: none is lost, none is hurt, and threads leave nothing behind.
 */
#include "sdk/span_thread.h"

#include <pthread.h>
#include <stdio.h>

#include "core/sdk/span_support.h"
#include "sdk/stats.h"
#include "support/suite.h"

static void setup(void)
{
	test_provider("parentbased_always_on");
}

static uint64_t misuse(void)
{
	return atomic_load(&stats.misuse);
}

START_TEST(ten_thousand_open_spans_of_one_thread_are_all_recorded)
{
	static otel_span spans[10000];

	for (int i = 0; i < 10000; i++)
		spans[i] = test_start("open");
	for (int i = 0; i < 10000; i++)
		CALL(set_int, spans[i], STR("i"), i);
	for (int i = 0; i < 10000; i++)
		test_end(spans[i]);
	ck_assert_uint_eq(test_take(), 10000);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_span(1234), "i"), "1234");
	ck_assert_uint_eq(misuse(), 0);
}
END_TEST

static void *short_life(void *arg)
{
	static const struct otel_parent none;
	struct otel_thread *th = calloc(1, sizeof *th);

	(void)arg;
	const otel_span span = P->span_start(th, &test_tracer, "short", 5, &none, NULL);
	P->set_int(th, span, STR("a"), 1);
	P->set_str(th, span, STR("b"), STR("text"));
	P->set_bool(th, span, STR("c"), true);
	P->span_end(th, span, 0);
	return th;
}

START_TEST(five_thousand_short_threads_lose_nothing)
{
	enum { AT_ONCE = 50, ROUNDS = 100 };
	pthread_t threads[AT_ONCE];
	void *th;

	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < AT_ONCE; i++)
			ck_assert_int_eq(pthread_create(&threads[i], NULL, short_life, NULL), 0);
		for (int i = 0; i < AT_ONCE; i++) {
			pthread_join(threads[i], &th);
			/* The state was parked when the thread ended. */
			ck_assert_ptr_null(((struct otel_thread *)th)->sdk);
			free(th);
		}
	}
	ck_assert_uint_eq(test_take(), AT_ONCE * ROUNDS);
	ck_assert_uint_eq(atomic_load(&stats.dropped_queue_full), 0);
}
END_TEST

static void *end_here(void *arg)
{
	static _Thread_local struct otel_thread th;

	P->set_str(&th, *(otel_span *)arg, STR("where"), STR("elsewhere"));
	P->span_end(&th, *(otel_span *)arg, 0);
	return NULL;
}

START_TEST(a_span_may_end_on_another_thread)
{
	otel_span span = test_start("s");
	pthread_t thread;

	pthread_create(&thread, NULL, end_here, &span);
	pthread_join(thread, NULL);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_only(), "where"), "\"elsewhere\"");
	test_end(span);
	ck_assert_uint_eq(misuse(), 1);
}
END_TEST

enum { SETTERS = 4, SETS = 3000 };
static otel_span shared;

static void *set_many(void *arg)
{
	static _Thread_local struct otel_thread th;
	const int number = (int)(intptr_t)arg;
	char key[16], value[64];

	snprintf(key, sizeof key, "thread.%d", number);
	for (int i = 0; i < SETS; i++) {
		const int len = snprintf(value, sizeof value, "%*d", 1 + i % 40, i);
		P->set_str(&th, shared, key, strlen(key), value, (size_t)len);
		P->set_int(&th, shared, STR("common"), i);
		if (i % 100 == 0)
			P->add_event(&th, shared, "tick", 0, NULL, 0);
		ck_assert(P->is_recording(&th, shared));
	}
	return NULL;
}

START_TEST(setters_on_many_threads_do_not_hurt_each_other)
{
	pthread_t threads[SETTERS];

	shared = test_start("shared");
	for (intptr_t i = 0; i < SETTERS; i++)
		pthread_create(&threads[i], NULL, set_many, (void *)i);
	for (int i = 0; i < SETTERS; i++)
		pthread_join(threads[i], NULL);
	test_end(shared);
	const struct msg m = test_only();
	ck_assert_uint_eq(msg_count(m, 9), SETTERS + 1);
	ck_assert_uint_eq(msg_count(m, 11), SETTERS * SETS / 100);
	ck_assert_str_eq(SPAN_ATTR_TEXT(m, "common"), "2999");
	ck_assert_ptr_nonnull(strstr(SPAN_ATTR_TEXT(m, "thread.2"), "2999\""));
}
END_TEST

static void *end_shared(void *arg)
{
	static _Thread_local struct otel_thread th;

	(void)arg;
	P->set_int(&th, shared, STR("k"), 1);
	P->span_end(&th, shared, 0);
	return NULL;
}

START_TEST(of_many_ends_one_counts)
{
	pthread_t threads[4];

	for (int round = 0; round < 200; round++) {
		shared = test_start("s");
		for (int i = 0; i < 4; i++)
			pthread_create(&threads[i], NULL, end_shared, NULL);
		for (int i = 0; i < 4; i++)
			pthread_join(threads[i], NULL);
	}
	ck_assert_uint_eq(test_take(), 200);
}
END_TEST

SUITE_MAIN("span_thread", setup, {ten_thousand_open_spans_of_one_thread_are_all_recorded, 0},
	   {five_thousand_short_threads_lose_nothing, 0}, {a_span_may_end_on_another_thread, 0},
	   {setters_on_many_threads_do_not_hurt_each_other, 0}, {of_many_ends_one_counts, 0})
