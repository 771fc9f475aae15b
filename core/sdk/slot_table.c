/* SPDX-License-Identifier: Apache-2.0
 *
 * slot_table.c - segments of slots, made on demand and never unmapped, and the queue of free ones.
 *
 * Ended slots go to the end of one queue and come back from its front while it holds more than 256 others; otherwise
 * fresh ones are used. Threads take and give them in lots of 32, so the lock is touched once in 16 spans.
 */
#include "sdk/slot_table.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

_Atomic(struct span_slot *) slot_segments[SLOT_SEGMENTS];

static struct {
	pthread_mutex_t lock;
	struct slot_lot *first; /* the queue */
	struct slot_lot *last;
	uint32_t count; /* slots in it */
	struct slot_lot *blank; /* lots without slots */
	struct slot_lot *strays; /* slots that ended where there is no cache */
	uint32_t fresh; /* the first never used */
} table = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- lots, with the lock held ---- */

static struct slot_lot *blank_lot(void)
{
	const int saved = errno;
	struct slot_lot *lot = table.blank;

	if (lot)
		table.blank = lot->next;
	else
		lot = malloc(sizeof *lot);
	errno = saved;
	if (lot)
		lot->count = 0;
	return lot;
}

static void keep_blank(struct slot_lot *lot)
{
	if (!lot)
		return;
	lot->next = table.blank;
	table.blank = lot;
}

/* Small lots are joined: short threads would leave many. */
static void queue_append(struct slot_lot *lot)
{
	if (!lot || !lot->count) {
		keep_blank(lot);
		return;
	}
	table.count += lot->count;
	if (table.last && table.last->count + lot->count <= SLOT_LOT) {
		memcpy(table.last->slots + table.last->count, lot->slots, lot->count * sizeof(lot->slots[0]));
		table.last->count += lot->count;
		keep_blank(lot);
		return;
	}
	lot->next = NULL;
	if (table.last)
		table.last->next = lot;
	else
		table.first = lot;
	table.last = lot;
}

static struct slot_lot *queue_pop(void)
{
	struct slot_lot *lot = table.first;

	if (!lot)
		return NULL;
	table.first = lot->next;
	if (!table.first)
		table.last = NULL;
	table.count -= lot->count;
	return lot;
}

static bool add_segment(uint32_t index)
{
	const int saved = errno;
	struct span_slot *segment = aligned_alloc(64, SLOT_SEGMENT * sizeof *segment);

	errno = saved;
	if (!segment)
		return false;
	memset(segment, 0, SLOT_SEGMENT * sizeof *segment);
	for (uint32_t i = 0; i < SLOT_SEGMENT; i++)
		segment[i].number = index * SLOT_SEGMENT + i;
	atomic_store_explicit(&slot_segments[index], segment, memory_order_release);
	return true;
}

/* Slots that were never used; NULL if there are none left. Segments hold whole lots. */
static struct slot_lot *fresh_lot(void)
{
	struct slot_lot *lot;

	if (table.fresh == SPAN_SLOTS_MAX)
		return NULL;
	if (table.fresh % SLOT_SEGMENT == 0 && !slot_at(table.fresh) && !add_segment(table.fresh / SLOT_SEGMENT))
		return NULL;
	lot = blank_lot();
	if (!lot)
		return NULL;
	while (lot->count < SLOT_LOT)
		lot->slots[lot->count++] = slot_at(table.fresh++);
	return lot;
}

/* Rather an early reuse than no span. */
static struct slot_lot *next_lot(void)
{
	struct slot_lot *lot = NULL;

	if (table.count < SPAN_REUSE_AFTER + SLOT_LOT)
		lot = fresh_lot();
	return lot ? lot : queue_pop();
}

/* ---- threads ---- */

__attribute__((noinline)) struct span_slot *slot_take_slowly(struct slot_cache *cache)
{
	pthread_mutex_lock(&table.lock);
	keep_blank(cache->free);
	cache->free = next_lot();
	if (!cache->free) {
		cache->free = cache->ended;
		cache->ended = NULL;
	}
	pthread_mutex_unlock(&table.lock);
	return cache->free && cache->free->count ? slot_take(cache) : NULL;
}

/* Out of memory the slot is lost: it is not used again. */
__attribute__((noinline)) void slot_give_slowly(struct slot_cache *cache, struct span_slot *slot)
{
	struct slot_lot **lot = cache ? &cache->ended : &table.strays;

	pthread_mutex_lock(&table.lock);
	if (*lot && (*lot)->count == SLOT_LOT) {
		queue_append(*lot);
		*lot = NULL;
	}
	if (!*lot)
		*lot = blank_lot();
	if (*lot)
		(*lot)->slots[(*lot)->count++] = slot;
	pthread_mutex_unlock(&table.lock);
}

void span_slot_flush(struct slot_cache *cache)
{
	pthread_mutex_lock(&table.lock);
	queue_append(cache->ended);
	queue_append(cache->free);
	pthread_mutex_unlock(&table.lock);
	*cache = (struct slot_cache){NULL, NULL};
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

/* Lots of vanished threads, or caught half-way if nobody prepared this fork, cannot be trusted: they are forgotten, and
 * every slot without an open span is free. */
void span_slot_fork_child(void)
{
	struct slot_lot *lot = NULL;

	pthread_mutex_init(&table.lock, NULL);
	table.first = table.last = table.blank = table.strays = NULL;
	table.count = 0;
	for (uint32_t number = 0; number < table.fresh; number++) {
		struct span_slot *slot = slot_at(number);
		if (slot_survives(slot))
			continue;
		if (!lot)
			lot = blank_lot();
		if (!lot)
			break;
		lot->slots[lot->count++] = slot;
		if (lot->count < SLOT_LOT)
			continue;
		queue_append(lot);
		lot = NULL;
	}
	queue_append(lot);
}
