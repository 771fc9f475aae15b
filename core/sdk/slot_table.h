/* SPDX-License-Identifier: Apache-2.0
 *
 * slot_table.h - where slots lie and which are free. Private to span_slot.c and slot_table.c.
 */
#ifndef OTEL_SDK_SLOT_TABLE_H
#define OTEL_SDK_SLOT_TABLE_H

#include "sdk/span_slot.h"

#define SLOT_SEGMENT_BITS 10
#define SLOT_SEGMENT      (1u << SLOT_SEGMENT_BITS)
#define SLOT_SEGMENTS     (SPAN_SLOTS_MAX >> SLOT_SEGMENT_BITS)

extern _Atomic(struct span_slot *) slot_segments[SLOT_SEGMENTS];

/* NULL: there never was such a slot. */
static inline struct span_slot *slot_at(uint32_t number)
{
	if (number >= SPAN_SLOTS_MAX)
		return NULL;
	struct span_slot *segment =
		atomic_load_explicit(&slot_segments[number >> SLOT_SEGMENT_BITS], memory_order_acquire);
	return segment ? segment + (number & (SLOT_SEGMENT - 1)) : NULL;
}

#define SLOT_LOT 32

/* Slots that are handed between threads as one. */
struct slot_lot {
	struct slot_lot *next;
	uint32_t count;
	struct span_slot *slots[SLOT_LOT];
};

struct span_slot *slot_take_slowly(struct slot_cache *cache);
void slot_give_slowly(struct slot_cache *cache, struct span_slot *slot);

/* A free slot, NULL if all are in use or memory is out. */
static inline struct span_slot *slot_take(struct slot_cache *cache)
{
	struct slot_lot *lot = cache->free;

	if (!lot || !lot->count)
		return slot_take_slowly(cache);
	struct span_slot *slot = lot->slots[--lot->count];
	/* It was last touched 256 spans ago; the one after it soon follows. */
	__builtin_prefetch(lot->slots[lot->count ? lot->count - 1 : 0], 1);
	return slot;
}

/* cache may be NULL. */
static inline void slot_give(struct slot_cache *cache, struct span_slot *slot)
{
	struct slot_lot *lot = cache ? cache->ended : NULL;

	if (lot && lot->count < SLOT_LOT)
		lot->slots[lot->count++] = slot;
	else
		slot_give_slowly(cache, slot);
}

/* In the child of a fork: unlocks; true if the slot holds an open span. (span_slot.c) */
bool slot_survives(struct span_slot *slot);

#endif
