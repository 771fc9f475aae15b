/* SPDX-License-Identifier: Apache-2.0
 *
 * span_lock.h - the short way to a span that the calling thread owns; everything else is span_slot.c's.
 */
#ifndef OTEL_SDK_SPAN_LOCK_H
#define OTEL_SDK_SPAN_LOCK_H

#include "sdk/slot_table.h"
#include "sdk/span_thread.h"
#include "util/fence.h"

/* As its owner: the slot is this thread's until inside_leave(), if its control word is this one. */
static inline bool inside_enter(struct span_thread *t, struct span_slot *slot, uint64_t control)
{
	atomic_store_explicit(&t->inside, slot, memory_order_relaxed);
	fence_light();
	if (atomic_load_explicit(&slot->control, memory_order_acquire) == control)
		return true;
	atomic_store_explicit(&t->inside, NULL, memory_order_release);
	return false;
}

static inline void inside_leave(struct span_thread *t)
{
	atomic_store_explicit(&t->inside, NULL, memory_order_release);
}

/* As span_slot_lock(). */
static inline struct span_slot *span_lock(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = slot_at((uint32_t)span.id);
	/* The handle's generation stands 8 bits lower than the slot's. */
	const uint64_t generation = span.id << (SLOT_GENERATION_SHIFT - 32) & ~(uint64_t)0 << SLOT_GENERATION_SHIFT;

	if (__builtin_expect(slot && t && !atomic_load_explicit(&t->inside, memory_order_relaxed), 1) &&
	    __builtin_expect(inside_enter(t, slot, generation | t->recording), 1))
		return slot;
	return span_slot_lock(t, span);
}

static inline void span_unlock(struct span_thread *t, struct span_slot *slot)
{
	if (__builtin_expect(t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot, 1))
		inside_leave(t);
	else
		span_slot_unlock(t, slot);
}

#endif
