/* SPDX-License-Identifier: Apache-2.0
 *
 * slot_table.c - segments of slots, made on demand and never unmapped, and the queue of free ones.
 *
 * Ended slots go to the end of one queue and come back from its front while it holds more than 256; otherwise fresh
 * ones are used. Threads take and give them in lots of 32, so the lock is touched once in 32 spans.
 */
#include "sdk/slot_table.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#define LOT 32

_Atomic(struct span_slot *) slot_segments[SLOT_SEGMENTS];

static struct {
	pthread_mutex_t lock;
	uint32_t first; /* number + 1, of the queue */
	uint32_t last;
	uint32_t count;
	uint32_t fresh; /* the first never used */
} table = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- the queue, with the lock held ---- */

static void queue_append(uint32_t first, uint32_t last, uint32_t count)
{
	if (!count)
		return;
	if (table.last)
		slot_at(table.last - 1)->next = first;
	else
		table.first = first;
	table.last = last;
	table.count += count;
}

static uint32_t queue_pop(void)
{
	const uint32_t link = table.first;

	table.first = slot_at(link - 1)->next;
	if (!--table.count)
		table.first = table.last = 0;
	return link;
}

static bool add_segment(uint32_t index)
{
	const int saved = errno;
	struct span_slot *segment = aligned_alloc(64, SLOT_SEGMENT * sizeof *segment);

	errno = saved;
	if (!segment)
		return false;
	memset(segment, 0, SLOT_SEGMENT * sizeof *segment);
	atomic_store_explicit(&slot_segments[index], segment, memory_order_release);
	return true;
}

/* Link of a slot that was never used, 0 if there is none left. */
static uint32_t fresh_slot(void)
{
	if (table.fresh == SPAN_SLOTS_MAX)
		return 0;
	if (table.fresh % SLOT_SEGMENT == 0 && !add_segment(table.fresh / SLOT_SEGMENT))
		return 0;
	return ++table.fresh;
}

static uint32_t next_slot(void)
{
	if (table.count > SPAN_REUSE_AFTER)
		return queue_pop();

	/* Rather an early reuse than no span. */
	const uint32_t link = fresh_slot();
	if (link || !table.count)
		return link;
	return queue_pop();
}

static void give_ended(struct slot_cache *cache)
{
	queue_append(cache->ended_first, cache->ended_last, cache->ended_count);
	cache->ended_first = cache->ended_last = cache->ended_count = 0;
}

/* ---- threads ---- */

static __attribute__((noinline)) void refill(struct slot_cache *cache)
{
	pthread_mutex_lock(&table.lock);
	give_ended(cache);

	uint32_t *end = &cache->free;
	while (cache->free_count < LOT) {
		const uint32_t link = next_slot();
		if (!link)
			break;
		*end = link;
		end = &slot_at(link - 1)->next;
		cache->free_count++;
	}
	*end = 0;
	pthread_mutex_unlock(&table.lock);
}

uint32_t slot_take(struct slot_cache *cache)
{
	if (!cache->free_count)
		refill(cache);
	if (!cache->free_count)
		return SLOT_NONE;

	const uint32_t number = cache->free - 1;
	cache->free = slot_at(number)->next;
	cache->free_count--;
	return number;
}

void slot_give(struct slot_cache *cache, uint32_t number)
{
	slot_at(number)->next = 0;
	if (cache->ended_count)
		slot_at(cache->ended_last - 1)->next = number + 1;
	else
		cache->ended_first = number + 1;
	cache->ended_last = number + 1;
	if (++cache->ended_count < LOT)
		return;

	pthread_mutex_lock(&table.lock);
	give_ended(cache);
	pthread_mutex_unlock(&table.lock);
}

void span_slot_flush(struct slot_cache *cache)
{
	pthread_mutex_lock(&table.lock);
	give_ended(cache);
	while (cache->free_count) {
		const uint32_t link = cache->free;
		cache->free = slot_at(link - 1)->next;
		cache->free_count--;
		slot_at(link - 1)->next = 0;
		queue_append(link, link, 1);
	}
	cache->free = 0;
	pthread_mutex_unlock(&table.lock);
}

/* ---- fork ---- */

void span_slot_fork_prepare(void)
{
	pthread_mutex_lock(&table.lock);
}

void span_slot_fork_parent(void)
{
	pthread_mutex_unlock(&table.lock);
}

void span_slot_fork_child(void)
{
	pthread_mutex_init(&table.lock, NULL);
	atomic_fetch_add_explicit(&span_epoch, 1, memory_order_relaxed);
	table.first = table.last = table.count = 0;

	/* Caches of vanished threads cannot be trusted; every slot without an open span is free. */
	for (uint32_t number = 0; number < table.fresh; number++) {
		struct span_slot *slot = slot_at(number);
		if (slot_survives(slot))
			continue;
		slot->next = 0;
		queue_append(number + 1, number + 1, 1);
	}
}
