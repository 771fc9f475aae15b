/* SPDX-License-Identifier: Apache-2.0
 *
 * span_log.c - eight shared logs of ended spans, and the taking of all logs.
 */
#include "sdk/span_log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "sdk/log_writer.h"
#include "sdk/span_room.h"
#include "sdk/stats.h"

#define LOGS 8

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

static void free_chunks(struct span_log_chunk *chunk)
{
	while (chunk) {
		struct span_log_chunk *next = chunk->next;
		span_log_chunk_free(chunk);
		chunk = next;
	}
}

/* ---- appending ---- */

static void link_chunk(struct span_log *log, struct span_log_chunk *chunk)
{
	chunk->next = NULL;
	if (log->last)
		log->last->next = chunk;
	else
		log->first = chunk;
	log->last = chunk;
}

/* Small ones for logs that see little, so that many threads with a span each do not hold much. */
static struct span_log_chunk *add_chunk(struct span_log *log, size_t need)
{
	const size_t size = log->next_size ? log->next_size : SPAN_CHUNK_FIRST;
	struct span_log_chunk *chunk = span_chunk_get(size, need);

	if (!chunk)
		return NULL;
	if (size < SPAN_CHUNK_LAST)
		log->next_size = size * 2;
	link_chunk(log, chunk);
	return chunk;
}

static bool append(struct span_log *log, uint32_t scope, const void *span, size_t len)
{
	const struct span_log_entry entry = {scope, (uint32_t)len};
	const size_t size = span_log_entry_size(len);
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
	const size_t size = span_log_entry_size(len);

	stats_add(&stats.created, 1);
	if (!span_room_take(1, size, queued)) {
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

void span_log_push(uint32_t hint, struct span_log_chunk *chunk)
{
	struct span_log *log = &logs[hint % LOGS];

	pthread_mutex_lock(&log->lock);
	link_chunk(log, chunk);
	pthread_mutex_unlock(&log->lock);
}

/* ---- the other end ---- */

static struct span_log_chunk *detach(struct span_log *log)
{
	pthread_mutex_lock(&log->lock);
	struct span_log_chunk *first = log->first;
	if (first == log->last)
		log->next_size = SPAN_CHUNK_FIRST;
	log->first = log->last = NULL;
	pthread_mutex_unlock(&log->lock);
	return first;
}

/* A thread's older spans lie in the shared logs. */
struct span_log_chunk *span_log_take(void)
{
	struct span_log_chunk *list = NULL, **end = &list;

	for (size_t i = 0; i < LOGS; i++) {
		*end = detach(&logs[i]);
		while (*end)
			end = &(*end)->next;
	}
	*end = log_writers_take();
	return list;
}

void span_log_release(uint32_t spans, size_t bytes)
{
	span_room_give(spans, bytes);
}

uint32_t span_log_queued(void)
{
	const uint64_t spare = log_writers_spare();
	const uint32_t taken = span_room_taken();

	return taken > spare ? taken - (uint32_t)spare : 0;
}

uint64_t span_log_created(void)
{
	return atomic_load_explicit(&stats.created, memory_order_relaxed) + log_writers_appended();
}

void span_log_setup(size_t spans, size_t bytes)
{
	struct span_log_chunk *left = span_log_take();

	for (const struct span_log_chunk *chunk = left; chunk; chunk = chunk->next)
		span_log_release(chunk->spans, chunk->used);
	free_chunks(left);
	span_room_setup(spans, bytes);
}

/* ---- fork ---- */

void span_log_fork_prepare(void)
{
	for (size_t i = 0; i < LOGS; i++)
		pthread_mutex_lock(&logs[i].lock);
	span_chunk_fork_prepare();
}

void span_log_fork_parent(void)
{
	span_chunk_fork_parent();
	for (size_t i = LOGS; i-- > 0;)
		pthread_mutex_unlock(&logs[i].lock);
}

void span_log_fork_child(void)
{
	struct span_log_chunk **stale = &logs[0].stale;

	span_chunk_fork_child();
	for (size_t i = 0; i < LOGS; i++) {
		struct span_log *log = &logs[i];
		pthread_mutex_init(&log->lock, NULL);
		if (!log->first)
			continue;
		log->last->next = *stale;
		*stale = log->first;
		log->first = log->last = NULL;
	}
	log_writers_fork_child(stale);
	span_room_clear();
}
