/* SPDX-License-Identifier: Apache-2.0
 *
 * handles.c - the table of handles, by address: chained, in shards with a lock each, bounded.
 */
#include "plugins/curl/handles.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 16, BUCKETS = 32 };

static struct shard {
	pthread_mutex_t lock;
	struct handle *buckets[BUCKETS];
} shards[SHARDS];

static _Atomic int count;

static struct shard *shard_of(const void *easy, size_t *bucket)
{
	uint64_t hash = (uint64_t)(uintptr_t)easy * 0x9E3779B97F4A7C15u;

	*bucket = (hash >> 32) % BUCKETS;
	return &shards[(hash >> 56) % SHARDS];
}

/* ---- fork: the child must not inherit a lock whose owner it does not have ---- */

static void fork_prepare(void)
{
	for (size_t i = 0; i < SHARDS; i++)
		pthread_mutex_lock(&shards[i].lock);
}

static void fork_done(void)
{
	for (size_t i = SHARDS; i > 0; i--)
		pthread_mutex_unlock(&shards[i - 1].lock);
}

void handles_setup(void)
{
	for (size_t i = 0; i < SHARDS; i++)
		pthread_mutex_init(&shards[i].lock, NULL);
	pthread_atfork(fork_prepare, fork_done, fork_done);
}

/* ---- one handle ---- */

void handle_clear(struct handle *handle)
{
	void *easy = handle->easy;
	struct handle *next = handle->next;

	free(handle->url);
	headers_fini(&handle->added);
	*handle = (struct handle){.easy = easy, .next = next};
}

void handle_copy(struct handle *to, const struct handle *from)
{
	void *easy = to->easy;
	struct handle *next = to->next;

	free(to->url);
	headers_fini(&to->added);
	*to = *from;
	to->added.count = 0;
	to->easy = easy;
	to->next = next;
	to->url = from->url ? strdup(from->url) : NULL;
}

/* ---- the table ---- */

static struct handle **place_of(struct shard *shard, size_t bucket, const void *easy)
{
	struct handle **at = &shard->buckets[bucket];

	while (*at && (*at)->easy != easy)
		at = &(*at)->next;
	return at;
}

struct handle *handle_add(void *easy)
{
	struct handle *handle = NULL;
	struct shard *shard;
	size_t bucket;

	handle_drop(easy);
	if (atomic_fetch_add(&count, 1) < HANDLES_MAX)
		handle = calloc(1, sizeof *handle);
	if (!handle) {
		atomic_fetch_sub(&count, 1);
		return NULL;
	}
	handle->easy = easy;
	shard = shard_of(easy, &bucket);
	pthread_mutex_lock(&shard->lock);
	handle->next = shard->buckets[bucket];
	shard->buckets[bucket] = handle;
	pthread_mutex_unlock(&shard->lock);
	return handle;
}

struct handle *handle_find(void *easy)
{
	struct handle *handle;
	struct shard *shard;
	size_t bucket;

	shard = shard_of(easy, &bucket);
	pthread_mutex_lock(&shard->lock);
	handle = *place_of(shard, bucket, easy);
	pthread_mutex_unlock(&shard->lock);
	return handle;
}

void handle_drop(void *easy)
{
	struct handle *handle;
	struct handle **at;
	struct shard *shard;
	size_t bucket;

	shard = shard_of(easy, &bucket);
	pthread_mutex_lock(&shard->lock);
	at = place_of(shard, bucket, easy);
	handle = *at;
	if (handle)
		*at = handle->next;
	pthread_mutex_unlock(&shard->lock);
	if (!handle)
		return;
	free(handle->url);
	headers_fini(&handle->added);
	free(handle);
	atomic_fetch_sub(&count, 1);
}
