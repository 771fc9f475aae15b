/* SPDX-License-Identifier: Apache-2.0
 *
 * span_log.c - eight logs of ended spans, bounded together.
 */
#include "sdk/span_log.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/stats.h"

#define LOGS        8
#define CHUNK_FIRST 4096
#define CHUNK_LAST  65536

struct span_log {
	_Alignas(64) pthread_mutex_t lock;
	struct span_log_chunk *first;
	struct span_log_chunk *last;
	struct span_log_chunk *stale; /* of the parent process, to be freed where it is safe */
	size_t next_size;
};

static struct span_log logs[LOGS] = {
	{.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER},
	{.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER},
	{.lock = PTHREAD_MUTEX_INITIALIZER}, {.lock = PTHREAD_MUTEX_INITIALIZER},
};

/* ---- room: spans and bytes in one word, so that one operation takes both ---- */

#define SPAN_SHIFT 36
#define BYTES_MASK ((UINT64_C(1) << SPAN_SHIFT) - 1)
#define SPANS_MAX  (UINT64_C(1) << 27) /* leaves room for those who ask and are refused */
#define BYTES_MAX  (UINT64_C(1) << 35)

static _Atomic uint64_t taken;
static _Atomic uint64_t max_spans;
static _Atomic uint64_t max_bytes;

static uint64_t room(uint64_t spans, uint64_t bytes)
{
	return spans << SPAN_SHIFT | bytes;
}

static bool room_take(size_t bytes, uint32_t *queued)
{
	const uint64_t want = room(1, bytes);
	const uint64_t now = atomic_fetch_add_explicit(&taken, want, memory_order_relaxed) + want;

	*queued = (uint32_t)(now >> SPAN_SHIFT);
	if (now >> SPAN_SHIFT <= atomic_load_explicit(&max_spans, memory_order_relaxed) &&
	    (now & BYTES_MASK) <= atomic_load_explicit(&max_bytes, memory_order_relaxed))
		return true;
	atomic_fetch_sub_explicit(&taken, want, memory_order_relaxed);
	return false;
}

void span_log_release(uint32_t spans, size_t bytes)
{
	atomic_fetch_sub_explicit(&taken, room(spans, bytes), memory_order_relaxed);
}

uint32_t span_log_queued(void)
{
	return (uint32_t)(atomic_load_explicit(&taken, memory_order_relaxed) >> SPAN_SHIFT);
}

/* ---- chunks ---- */

static void free_chunks(struct span_log_chunk *chunk)
{
	while (chunk) {
		struct span_log_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
}

/* Small ones for logs that see little, so that many threads with a span each do not hold much. */
static struct span_log_chunk *add_chunk(struct span_log *log, size_t need)
{
	const int saved = errno;
	size_t size = log->next_size ? log->next_size : CHUNK_FIRST;

	if (size < CHUNK_LAST)
		log->next_size = size * 2;
	if (size < sizeof(struct span_log_chunk) + need)
		size = sizeof(struct span_log_chunk) + need;

	struct span_log_chunk *chunk = malloc(size);
	errno = saved;
	if (!chunk)
		return NULL;
	*chunk = (struct span_log_chunk){.cap = size - sizeof(*chunk)};
	if (log->last)
		log->last->next = chunk;
	else
		log->first = chunk;
	log->last = chunk;
	return chunk;
}

static size_t entry_size(size_t len)
{
	return (sizeof(struct span_log_entry) + len + 7) & ~(size_t)7;
}

static bool append(struct span_log *log, uint32_t scope, const void *span, size_t len)
{
	const struct span_log_entry entry = {scope, (uint32_t)len};
	const size_t size = entry_size(len);
	struct span_log_chunk *chunk;

	pthread_mutex_lock(&log->lock);
	free_chunks(log->stale);
	log->stale = NULL;

	chunk = log->last;
	if (!chunk || chunk->cap - chunk->used < size)
		chunk = add_chunk(log, size);
	if (chunk) {
		memcpy(chunk->data + chunk->used, &entry, sizeof(entry));
		memcpy(chunk->data + chunk->used + sizeof(entry), span, len);
		chunk->used += size;
		chunk->spans++;
	}
	pthread_mutex_unlock(&log->lock);
	return chunk != NULL;
}

bool span_log_append(uint32_t hint, uint32_t scope, const void *span, size_t len, uint32_t *queued)
{
	const size_t size = entry_size(len);

	stats_add(&stats.created, 1);
	if (!room_take(size, queued)) {
		stats_add(&stats.dropped_queue_full, 1);
		return false;
	}
	if (!append(&logs[hint % LOGS], scope, span, len)) {
		span_log_release(1, size);
		stats_add(&stats.dropped_no_memory, 1);
		return false;
	}
	return true;
}

/* ---- the other end ---- */

static struct span_log_chunk *detach(struct span_log *log, struct span_log_chunk **last)
{
	pthread_mutex_lock(&log->lock);
	struct span_log_chunk *first = log->first;
	*last = log->last;
	if (first == *last)
		log->next_size = CHUNK_FIRST;
	log->first = log->last = NULL;
	pthread_mutex_unlock(&log->lock);
	return first;
}

struct span_log_chunk *span_log_take(void)
{
	struct span_log_chunk *all = NULL, **end = &all, *last;

	for (size_t i = 0; i < LOGS; i++) {
		struct span_log_chunk *first = detach(&logs[i], &last);
		if (!first)
			continue;
		*end = first;
		end = &last->next;
	}
	return all;
}

void span_log_setup(size_t spans, size_t bytes)
{
	free_chunks(span_log_take());
	atomic_store(&taken, 0);
	atomic_store(&max_spans, spans < SPANS_MAX ? spans : SPANS_MAX);
	atomic_store(&max_bytes, bytes < BYTES_MAX ? bytes : BYTES_MAX);
}

/* ---- fork ---- */

void span_log_fork_prepare(void)
{
	for (size_t i = 0; i < LOGS; i++)
		pthread_mutex_lock(&logs[i].lock);
}

void span_log_fork_parent(void)
{
	for (size_t i = LOGS; i-- > 0;)
		pthread_mutex_unlock(&logs[i].lock);
}

void span_log_fork_child(void)
{
	for (size_t i = 0; i < LOGS; i++) {
		pthread_mutex_init(&logs[i].lock, NULL);
		if (!logs[i].first)
			continue;
		logs[i].last->next = logs[i].stale;
		logs[i].stale = logs[i].first;
		logs[i].first = logs[i].last = NULL;
	}
	atomic_store(&taken, 0);
}
