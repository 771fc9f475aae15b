/* SPDX-License-Identifier: Apache-2.0
 *
 * slot_table.h - where slots lie and which are free. Private to span_slot.c and slot_table.c.
 */
#ifndef OTEL_SDK_SLOT_TABLE_H
#define OTEL_SDK_SLOT_TABLE_H

#include "sdk/span_slot.h"

#define SLOT_NONE         UINT32_MAX
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

/* The number of a free slot, SLOT_NONE if all are in use or memory is out. */
uint32_t slot_take(struct slot_cache *cache);
void slot_give(struct slot_cache *cache, uint32_t number);

/* In the child of a fork: unlocks; true if the slot holds an open span. (span_slot.c) */
bool slot_survives(struct span_slot *slot);

#endif
