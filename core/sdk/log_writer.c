/* SPDX-License-Identifier: Apache-2.0
 *
 * log_writer.c - how a writer gets chunks and room, and how they are taken from it.
 */
#include "sdk/log_writer.h"

#include <sched.h>
#include <time.h>

#include "sdk/span_log.h"
#include "sdk/span_room.h"

#define FEW 64

static _Atomic(struct log_writer *) all;
static _Atomic uint32_t live; /* chunks that writers have */

static void list(struct log_writer *w)
{
	if (atomic_exchange(&w->listed, true))
		return;
	w->next = atomic_load(&all);
	while (!atomic_compare_exchange_weak(&all, &w->next, w))
		;
}

/* ---- the thread's side ---- */

static void give_back(struct log_writer *w, uint32_t spans, size_t bytes)
{
	atomic_fetch_add_explicit(&w->returned, spans, memory_order_relaxed);
	span_room_give(spans, bytes);
}

static void grant(struct log_writer *w, uint32_t spans)
{
	atomic_store_explicit(&w->granted, atomic_load_explicit(&w->granted, memory_order_relaxed) + spans,
			      memory_order_relaxed);
}

/* Nobody appends to the chunk any more: what it does not hold needs no room. */
static void close_chunk(struct log_writer *w, struct span_log_chunk *chunk)
{
	give_back(w, chunk->credit, chunk->cap - chunk->used);
	chunk->credit = 0;
	chunk->cap = chunk->used;
	atomic_fetch_sub_explicit(&live, 1, memory_order_relaxed);
}

static bool add_credit(struct log_writer *w, struct span_log_chunk *chunk, uint32_t *taken)
{
	const uint32_t turn = atomic_load_explicit(&w->turn, memory_order_relaxed);
	const uint32_t block = span_room_block();
	bool added;

	if (!span_room_take(block, 0, taken))
		return false;
	atomic_store_explicit(&w->turn, turn + 1, memory_order_relaxed);
	fence_light();
	added = atomic_load_explicit(&w->chunk, memory_order_acquire) == chunk;
	if (added)
		chunk->credit += block;
	atomic_store_explicit(&w->turn, turn + 2, memory_order_release);
	grant(w, block);
	if (!added)
		give_back(w, block, 0);
	return added;
}

static uint32_t size_for(const struct log_writer *w)
{
	const uint32_t size = atomic_load_explicit(&w->next_size, memory_order_relaxed);
	return size ? size : SPAN_CHUNK_FIRST;
}

static bool add_chunk(struct log_writer *w, size_t need, uint32_t *taken)
{
	struct span_log_chunk *chunk = span_chunk_get(size_for(w), need);
	const uint32_t block = span_room_block();

	if (!chunk)
		return false;
	if (!span_room_take(block, chunk->cap, taken)) {
		span_log_chunk_free(chunk);
		return false;
	}
	chunk->credit = block;
	grant(w, block);
	atomic_fetch_add_explicit(&live, 1, memory_order_relaxed);
	atomic_store_explicit(&w->chunk, chunk, memory_order_release);
	return true;
}

/* Hands the chunk over unless it has been taken. Full: the next one may be larger. */
static void hand_over(struct log_writer *w, uint32_t hint, bool full)
{
	struct span_log_chunk *chunk = atomic_exchange_explicit(&w->chunk, NULL, memory_order_acq_rel);
	const uint32_t size = size_for(w);

	if (!chunk)
		return;
	close_chunk(w, chunk);
	span_log_push(hint, chunk);
	if (full && size < SPAN_CHUNK_LAST)
		atomic_store_explicit(&w->next_size, size * 2, memory_order_relaxed);
}

uint8_t *log_writer_begin_slowly(struct log_writer *w, uint32_t hint, uint32_t scope, size_t len, uint32_t *queued)
{
	const size_t need = span_log_entry_size(len);
	struct span_log_chunk *chunk;
	uint32_t taken, spare;
	bool ready;

	if (w->few < FEW) {
		w->few++;
		return NULL;
	}
	if (!fence_is_ready())
		return NULL;
	list(w);
	/* Should it be taken meanwhile: its contents are still there to be looked at, or it is NULL. */
	const uint32_t turn = atomic_load_explicit(&w->turn, memory_order_relaxed);
	atomic_store_explicit(&w->turn, turn + 1, memory_order_relaxed);
	fence_light();
	chunk = atomic_load_explicit(&w->chunk, memory_order_acquire);
	const bool fits = chunk && chunk->cap - chunk->used >= need;
	atomic_store_explicit(&w->turn, turn + 2, memory_order_release);

	if (fits) {
		ready = add_credit(w, chunk, &taken);
	} else {
		hand_over(w, hint, true);
		ready = add_chunk(w, need, &taken);
	}
	if (!ready)
		return NULL;
	/* Half of what writers hold is on average not used yet. */
	spare = atomic_load_explicit(&live, memory_order_relaxed) * span_room_block() / 2;
	*queued = taken > spare ? taken - spare : 0;
	return log_writer_begin(w, scope, len);
}

void log_writer_close(struct log_writer *w, uint32_t hint)
{
	hand_over(w, hint, false);
	w->few = 0;
	atomic_store_explicit(&w->next_size, 0, memory_order_relaxed);
}

/* ---- the taker's side ---- */

static void seize(struct log_writer *w)
{
	if (w->seized)
		return;
	w->seized = atomic_exchange_explicit(&w->chunk, NULL, memory_order_acq_rel);
}

/* After the fence: whether the thread's turn in which it may have seen the chunk is over. Turns last nanoseconds, unless
 * the thread was preempted. */
static bool is_quiet(const struct log_writer *w)
{
	static const struct timespec nap = {0, 50000};
	const uint32_t turn = atomic_load_explicit(&w->turn, memory_order_acquire);

	if (!(turn & 1))
		return true;
	for (int i = 0; i < 1024; i++) {
		if (i < 512)
			sched_yield();
		else
			clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
		if (atomic_load_explicit(&w->turn, memory_order_acquire) != turn)
			return true;
	}
	return false;
}

/* Large chunks are for those who fill them. */
static void fit_size(struct log_writer *w, const struct span_log_chunk *chunk)
{
	const uint32_t size = size_for(w);

	if (size > SPAN_CHUNK_FIRST && chunk->used < chunk->cap / 4)
		atomic_store_explicit(&w->next_size, size / 2, memory_order_relaxed);
}

struct span_log_chunk *log_writers_take(void)
{
	struct span_log_chunk *list = NULL, **end = &list;
	bool any = false;

	for (struct log_writer *w = atomic_load(&all); w; w = w->next) {
		seize(w);
		any = any || w->seized;
	}
	if (!any || !fence_heavy())
		return NULL;
	for (struct log_writer *w = atomic_load(&all); w; w = w->next) {
		struct span_log_chunk *chunk = w->seized;
		if (!chunk || !is_quiet(w))
			continue;
		w->seized = NULL;
		fit_size(w, chunk);
		close_chunk(w, chunk);
		chunk->next = NULL;
		*end = chunk;
		end = &chunk->next;
	}
	return list;
}

/* ---- counting ---- */

uint64_t log_writers_appended(void)
{
	uint64_t sum = 0;

	for (struct log_writer *w = atomic_load(&all); w; w = w->next)
		sum += atomic_load_explicit(&w->appended, memory_order_relaxed);
	return sum;
}

uint64_t log_writers_spare(void)
{
	uint64_t sum = 0;

	/* What was given back is read first, so that the sum is never below 0. */
	for (struct log_writer *w = atomic_load(&all); w; w = w->next) {
		const uint64_t returned = atomic_load_explicit(&w->returned, memory_order_acquire);
		const uint64_t appended = atomic_load_explicit(&w->appended, memory_order_acquire);
		sum += atomic_load_explicit(&w->granted, memory_order_relaxed) - appended - returned;
	}
	return sum;
}

/* ---- fork ---- */

static void forget(struct span_log_chunk *chunk, struct span_log_chunk **stale)
{
	if (!chunk)
		return;
	chunk->next = *stale;
	*stale = chunk;
}

void log_writers_fork_child(struct span_log_chunk **stale)
{
	for (struct log_writer *w = atomic_load(&all); w; w = w->next) {
		forget(atomic_exchange(&w->chunk, NULL), stale);
		forget(w->seized, stale);
		w->seized = NULL;
		atomic_store(&w->turn, 0);
		atomic_store(&w->appended, 0);
		atomic_store(&w->granted, 0);
		atomic_store(&w->returned, 0);
	}
	atomic_store(&live, 0);
}
