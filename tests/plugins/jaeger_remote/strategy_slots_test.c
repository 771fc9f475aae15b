/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy_slots_test.c - readers see whole strategies, whatever the writer does meanwhile.
 */
#include "plugins/jaeger_remote/strategy_slots.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "support/suite.h"

static struct strategy_slots slots;

/* One whose threshold and number of operations agree. */
static struct strategy make(size_t count)
{
	struct strategy s = {.kind = STRATEGY_PROBABILITY, .threshold = count, .operation_count = count};

	s.operations = calloc(count, sizeof *s.operations);
	s.operations[count - 1].threshold = count;
	return s;
}

static bool put(size_t count)
{
	struct strategy s = make(count);
	const bool ok = strategy_put(&slots, &s);

	if (!ok)
		strategy_fini(&s);
	return ok;
}

static void setup(void)
{
	strategy_slots_fini(&slots);
	slots = (struct strategy_slots){0};
	ck_assert(put(1));
}

START_TEST(a_reader_keeps_its_strategy_while_new_ones_come)
{
	struct strategy_slot *slot = strategy_enter(&slots);

	for (size_t i = 2; i < 10; i++)
		ck_assert(put(i));
	ck_assert_uint_eq(slot->strategy.operations[0].threshold, 1);
	strategy_leave(slot);
	slot = strategy_enter(&slots);
	ck_assert_uint_eq(slot->strategy.threshold, 9);
	strategy_leave(slot);
}
END_TEST

START_TEST(while_all_slots_are_read_the_last_strategy_stays)
{
	struct strategy_slot *readers[STRATEGY_SLOTS];

	for (size_t i = 0; i < STRATEGY_SLOTS; i++) {
		readers[i] = strategy_enter(&slots);
		ck_assert_int_eq(put(i + 2), i < STRATEGY_SLOTS - 1);
	}
	ck_assert_uint_eq(readers[3]->strategy.threshold, STRATEGY_SLOTS);
	strategy_leave(readers[0]);
	ck_assert(put(100));
	for (size_t i = 1; i < STRATEGY_SLOTS; i++)
		strategy_leave(readers[i]);
}
END_TEST

static _Atomic bool is_over;
static _Atomic unsigned broken;

static void *read_on(void *arg)
{
	(void)arg;
	while (!atomic_load(&is_over)) {
		struct strategy_slot *slot = strategy_enter(&slots);
		const struct strategy *s = &slot->strategy;
		if (s->operations[s->operation_count - 1].threshold != s->threshold)
			atomic_fetch_add(&broken, 1);
		strategy_leave(slot);
	}
	return NULL;
}

START_TEST(readers_on_many_threads_see_no_half_of_a_strategy)
{
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, read_on, NULL), 0);
	for (size_t i = 0; i < 20000; i++)
		put(i % 50 + 1);
	atomic_store(&is_over, true);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	ck_assert_uint_eq(atomic_load(&broken), 0);
}
END_TEST

SUITE_MAIN("strategy_slots", setup, {a_reader_keeps_its_strategy_while_new_ones_come, 0},
	   {while_all_slots_are_read_the_last_strategy_stays, 0},
	   {readers_on_many_threads_see_no_half_of_a_strategy, 0})
