/* SPDX-License-Identifier: Apache-2.0
 *
 * log_writer_test.c - a thread's own log: nothing is lost or taken twice, whoever takes when, and room comes back.
 */
#include "sdk/log_writer.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sdk/span_log.h"
#include "sdk/span_room.h"
#include "sdk/stats.h"
#include "support/child.h"
#include "support/suite.h"

static bool has_fence;

static void setup(void)
{
	has_fence = fence_register();
	struct span_log_chunk *chunk = span_log_take();
	ck_assert_ptr_null(chunk);
	span_log_setup(100000, 64u << 20);
	stats_reset();
}

/* A writer whose first spans are behind it. */
static struct log_writer *fresh(struct log_writer *w)
{
	w->few = 64;
	return w;
}

static bool append(struct log_writer *w, uint32_t hint, uint32_t value, size_t len)
{
	uint32_t queued;
	uint8_t *p = log_writer_begin(w, value, len);

	if (!p)
		p = log_writer_begin_slowly(w, hint, value, len, &queued);
	if (!p)
		return false;
	memset(p, (int)value, len);
	log_writer_commit(w, len);
	return true;
}

/* Takes and releases all; sums up the scopes. */
static uint32_t take(uint64_t *sum)
{
	struct span_log_chunk *chunk = span_log_take();
	uint32_t spans = 0;

	while (chunk) {
		struct span_log_chunk *next = chunk->next;
		for (size_t at = 0; at < chunk->used; spans++) {
			const struct span_log_entry *e = (const void *)(chunk->data + at);
			const uint8_t *data = (const uint8_t *)(e + 1);
			size_t same = 0;
			while (same < e->len && data[same] == (uint8_t)e->scope)
				same++;
			ck_assert_uint_eq(same, e->len);
			*sum += e->scope;
			at += span_log_entry_size(e->len);
		}
		span_log_release(chunk->spans, chunk->used);
		span_log_chunk_free(chunk);
		chunk = next;
	}
	return spans;
}

static uint32_t take_all(void)
{
	uint64_t sum = 0;
	return take(&sum);
}

START_TEST(what_a_thread_appends_is_taken_whole_and_room_comes_back)
{
	static struct log_writer w;
	uint64_t sum = 0;

	if (!has_fence)
		return;
	fresh(&w);
	for (uint32_t i = 0; i < 1000; i++)
		ck_assert(append(&w, 1, i, 100 + i % 300));
	ck_assert_uint_eq(span_log_queued(), 1000);
	ck_assert_uint_eq(span_log_created(), 1000);
	ck_assert_uint_eq(take(&sum), 1000);
	ck_assert_uint_eq(sum, 999 * 1000 / 2);
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert_uint_eq(span_room_taken(), 0);
	ck_assert(append(&w, 1, 7, 10));
	ck_assert_uint_eq(take_all(), 1);
}
END_TEST

START_TEST(the_first_spans_of_a_thread_go_to_a_shared_log)
{
	static struct log_writer w;
	uint32_t queued;

	for (int i = 0; i < 64; i++)
		ck_assert_ptr_null(log_writer_begin_slowly(&w, 1, 1, 10, &queued));
	if (has_fence)
		ck_assert(append(&w, 1, 1, 10));
	ck_assert_uint_eq(take_all(), has_fence ? 1 : 0);
}
END_TEST

START_TEST(a_full_queue_takes_no_more_and_says_so)
{
	static struct log_writer w;
	int taken = 0;

	if (!has_fence)
		return;
	span_log_setup(100, 1 << 20);
	fresh(&w);
	for (int i = 0; i < 300; i++)
		taken += append(&w, 1, 1, 50);
	ck_assert_int_eq(taken, 100);
	ck_assert_uint_eq(take_all(), 100);
	ck_assert_uint_eq(span_room_taken(), 0);
}
END_TEST

START_TEST(a_span_larger_than_any_chunk_has_its_own)
{
	static struct log_writer w;

	if (!has_fence)
		return;
	fresh(&w);
	ck_assert(append(&w, 1, 1, 10));
	ck_assert(append(&w, 1, 2, 300000));
	ck_assert(append(&w, 1, 3, 10));
	ck_assert_uint_eq(take_all(), 3);
	ck_assert_uint_eq(span_room_taken(), 0);
}
END_TEST

START_TEST(a_thread_that_ends_hands_over_what_it_has)
{
	static struct log_writer w;

	if (!has_fence)
		return;
	fresh(&w);
	append(&w, 1, 5, 10);
	log_writer_close(&w, 1);
	ck_assert_ptr_null(atomic_load(&w.chunk));
	ck_assert_uint_eq(take_all(), 1);
	ck_assert_uint_eq(span_room_taken(), 0);
}
END_TEST

/* ---- threads ---- */

enum { THREADS = 6, EACH = 10000 };

static struct log_writer writers[THREADS];
static _Atomic uint64_t appended;

static void *append_many(void *arg)
{
	const uint32_t number = (uint32_t)(uintptr_t)arg;
	struct log_writer *w = fresh(&writers[number]);
	uint32_t queued;
	uint8_t data[300];

	for (uint32_t i = 0; i < EACH; i++) {
		const size_t len = 20 + i % 200;
		memset(data, (int)i, sizeof data);
		if (append(w, number, i & 0xff, len) || span_log_append(number, i & 0xff, data, len, &queued))
			atomic_fetch_add(&appended, 1);
	}
	log_writer_close(w, number);
	return NULL;
}

START_TEST(many_threads_lose_nothing_while_another_takes)
{
	pthread_t threads[THREADS];
	uint64_t sum = 0, got = 0;

	atomic_store(&appended, 0);
	for (uintptr_t i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, append_many, (void *)i);
	for (int i = 0; i < 500; i++) {
		got += take(&sum);
		sched_yield();
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	got += take(&sum);
	ck_assert_uint_eq(got, atomic_load(&appended));
	ck_assert_uint_eq(span_log_queued(), 0);
	ck_assert_uint_eq(span_room_taken(), 0);
}
END_TEST

START_TEST(a_fork_child_begins_with_an_empty_log_that_works)
{
	static struct log_writer w;
	int status;

	fresh(&w);
	append(&w, 1, 1, 100);
	span_log_fork_prepare();
	const pid_t child = fork();
	if (!child) {
		span_log_fork_child();
		stats_reset();
		bool ok = span_log_queued() == 0 && take_all() == 0 && span_log_created() == 0;
		ok = ok && (!has_fence || (append(&w, 1, 9, 50) && take_all() == 1));
		child_leave(ok ? 0 : 1);
	}
	span_log_fork_parent();
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	ck_assert_uint_eq(take_all(), has_fence ? 1 : 0);
}
END_TEST

SUITE_MAIN("log_writer", setup, {what_a_thread_appends_is_taken_whole_and_room_comes_back, 0},
	   {the_first_spans_of_a_thread_go_to_a_shared_log, 0}, {a_full_queue_takes_no_more_and_says_so, 0},
	   {a_span_larger_than_any_chunk_has_its_own, 0}, {a_thread_that_ends_hands_over_what_it_has, 0},
	   {many_threads_lose_nothing_while_another_takes, 0}, {a_fork_child_begins_with_an_empty_log_that_works, 0})
