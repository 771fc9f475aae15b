/* SPDX-License-Identifier: Apache-2.0
 *
 * span_chunk.c - chunks by size class, the last freed first.
 */
#include "sdk/span_chunk.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CLASSES  5 /* 4, 8, 16, 32, 64 KiB */
#define KEPT_MAX (1u << 20) /* bytes */

static struct {
	pthread_mutex_t lock;
	struct span_log_chunk *free[CLASSES];
	size_t kept;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* CLASSES: an odd size, which is not kept. */
static unsigned class_of(size_t size)
{
	for (unsigned class = 0; class < CLASSES; class ++)
		if (size == (size_t)SPAN_CHUNK_FIRST << class)
			return class;
	return CLASSES;
}

static struct span_log_chunk *take_kept(unsigned class)
{
	pthread_mutex_lock(&pool.lock);
	struct span_log_chunk *chunk = pool.free[class];
	if (chunk) {
		pool.free[class] = chunk->next;
		pool.kept -= (size_t)SPAN_CHUNK_FIRST << class;
	}
	pthread_mutex_unlock(&pool.lock);
	return chunk;
}

struct span_log_chunk *span_chunk_get(size_t size, size_t need)
{
	const int saved = errno;
	struct span_log_chunk *chunk = NULL;

	if (size < sizeof *chunk + need)
		size = sizeof *chunk + need;
	const unsigned class = class_of(size);
	if (class < CLASSES)
		chunk = take_kept(class);
	if (!chunk)
		chunk = malloc(size);
	errno = saved;
	if (chunk)
		*chunk = (struct span_log_chunk){.size = size, .cap = size - sizeof *chunk};
	return chunk;
}

void span_log_chunk_free(struct span_log_chunk *chunk)
{
	const size_t size = chunk->size;
	const unsigned class = class_of(size);

	if (class < CLASSES) {
		pthread_mutex_lock(&pool.lock);
		if (pool.kept + size <= KEPT_MAX) {
			chunk->next = pool.free[class];
			pool.free[class] = chunk;
			pool.kept += size;
			chunk = NULL;
		}
		pthread_mutex_unlock(&pool.lock);
	}
	free(chunk);
}

/* ---- fork ---- */

void span_chunk_fork_prepare(void)
{
	pthread_mutex_lock(&pool.lock);
}

void span_chunk_fork_parent(void)
{
	pthread_mutex_unlock(&pool.lock);
}

void span_chunk_fork_child(void)
{
	pthread_mutex_init(&pool.lock, NULL);
	memset(pool.free, 0, sizeof pool.free); /* perhaps caught half-way, if nobody prepared this fork */
	pool.kept = 0;
}
