/* SPDX-License-Identifier: Apache-2.0
 *
 * span_log_test.c - the log keeps what it takes, counts what it drops, and is bounded.
 */
#include "sdk/span_log.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sdk/stats.h"
#include "support/child.h"
#include "support/suite.h"

static uint32_t queued;

static void setup(void)
{
	span_log_setup(1000, 1 << 20);
	stats_reset();
}

static bool append(uint32_t hint, uint32_t scope, size_t len)
{
	static uint8_t data[200000];

	memset(data, (int)scope, len);
	return span_log_append(hint, scope, data, len, &queued);
}

/* Takes and releases all; *order gets the scopes in the order they came. */
static uint32_t take(uint32_t *order, size_t room)
{
	struct span_log_chunk *chunk = span_log_take();
	uint32_t spans = 0;

	while (chunk) {
		struct span_log_chunk *next = chunk->next;
		for (size_t at = 0; at < chunk->used; spans++) {
			const struct span_log_entry *e = (const void *)(chunk->data + at);
			for (size_t i = 0; i < e->len; i++)
				ck_assert_uint_eq(((const uint8_t *)(e + 1))[i], (uint8_t)e->scope);
			if (order && spans < room)
				order[spans] = e->scope;
			at += (sizeof *e + e->len + 7) & ~(size_t)7;
		}
		span_log_release(chunk->spans, chunk->used);
		span_log_chunk_free(chunk);
		chunk = next;
	}
	return spans;
}

START_TEST(what_is_appended_is_taken_in_order)
{
	uint32_t order[100];

	for (uint32_t i = 0; i < 100; i++)
		ck_assert(append(3, i, 1 + i * 7));
	ck_assert_uint_eq(queued, 100);
	ck_assert_uint_eq(take(order, 100), 100);
	for (uint32_t i = 0; i < 100; i++)
		ck_assert_uint_eq(order[i], i);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert_ptr_null(span_log_take());
	ck_assert_uint_eq(span_log_created(), 100);
}
END_TEST

START_TEST(every_log_is_taken)
{
	for (uint32_t hint = 0; hint < 64; hint++)
		append(hint, hint, 100);
	ck_assert_uint_eq(take(NULL, 0), 64);
}
END_TEST

START_TEST(past_the_span_limit_spans_are_dropped_and_counted)
{
	span_log_setup(10, 1 << 20);
	for (uint32_t i = 0; i < 15; i++)
		ck_assert_int_eq(append(i, i, 10), i < 10);
	ck_assert_uint_eq(span_log_queued(), 10);
	ck_assert_uint_eq(span_log_created(), 15);
	ck_assert_uint_eq(atomic_load(&stats.dropped_queue_full), 5);
	take(NULL, 0);
	ck_assert(append(0, 1, 10));
	take(NULL, 0);
}
END_TEST

START_TEST(past_the_byte_limit_spans_are_dropped_and_counted)
{
	span_log_setup(1000, 10000);
	ck_assert(append(0, 1, 6000));
	ck_assert(!append(1, 1, 6000));
	ck_assert(append(1, 1, 3000));
	ck_assert_uint_eq(atomic_load(&stats.dropped_queue_full), 1);
	take(NULL, 0);
}
END_TEST

START_TEST(what_was_taken_counts_until_it_is_released)
{
	span_log_setup(2, 1 << 20);
	append(0, 1, 10);
	append(0, 1, 10);
	struct span_log_chunk *chunk = span_log_take();
	ck_assert(!append(0, 1, 10));
	ck_assert_uint_eq(span_log_queued(), 2);
	span_log_release(chunk->spans, chunk->used);
	ck_assert(append(0, 1, 10));
	span_log_chunk_free(chunk);
	take(NULL, 0);
}
END_TEST

START_TEST(a_span_larger_than_any_chunk_gets_its_own)
{
	ck_assert(append(0, 1, 100));
	ck_assert(append(0, 2, 190000));
	ck_assert(append(0, 3, 100));
	uint32_t order[3];
	ck_assert_uint_eq(take(order, 3), 3);
	ck_assert_uint_eq(order[1], 2);
}
END_TEST

START_TEST(a_new_setup_forgets_what_was_there)
{
	append(0, 1, 100);
	span_log_setup(10, 1000);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert_ptr_null(span_log_take());
}
END_TEST

enum { THREADS = 8, EACH = 2000 };

static void *append_many(void *arg)
{
	const uint32_t number = (uint32_t)(uintptr_t)arg;
	uint8_t data[40];
	uint32_t unused;

	memset(data, (int)number, sizeof data);
	for (int i = 0; i < EACH; i++)
		span_log_append(number, number, data, sizeof data, &unused);
	return NULL;
}

START_TEST(many_threads_lose_nothing_while_another_takes)
{
	pthread_t threads[THREADS];
	uint32_t got = 0;

	span_log_setup(THREADS * EACH, 16 << 20);
	for (uintptr_t i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, append_many, (void *)i);
	while (got < THREADS * EACH / 2)
		got += take(NULL, 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	got += take(NULL, 0);
	ck_assert_uint_eq(got, THREADS * EACH);
	ck_assert_uint_eq(span_log_created(), THREADS * EACH);
	ck_assert_uint_eq(span_log_queued(), 0);
}
END_TEST

START_TEST(a_fork_child_has_an_empty_log_that_works)
{
	int status;

	append(0, 1, 100);
	append(5, 1, 100);
	span_log_fork_prepare();
	const pid_t child = fork();
	if (!child) {
		span_log_fork_child();
		bool ok = span_log_queued() == 0 && !span_log_take() && append(0, 9, 50) && append(5, 9, 50);
		child_leave(ok && take(NULL, 0) == 2 ? 0 : 1);
	}
	span_log_fork_parent();
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	ck_assert_uint_eq(take(NULL, 0), 2);
}
END_TEST

SUITE_MAIN("span_log", setup, {what_is_appended_is_taken_in_order, 0}, {every_log_is_taken, 0},
	   {past_the_span_limit_spans_are_dropped_and_counted, 0},
	   {past_the_byte_limit_spans_are_dropped_and_counted, 0}, {what_was_taken_counts_until_it_is_released, 0},
	   {a_span_larger_than_any_chunk_gets_its_own, 0}, {a_new_setup_forgets_what_was_there, 0},
	   {many_threads_lose_nothing_while_another_takes, 0}, {a_fork_child_has_an_empty_log_that_works, 0})
