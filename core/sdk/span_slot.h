/* SPDX-License-Identifier: Apache-2.0
 *
 * span_slot.h - what a handle leads to: 64 bytes in tables that are never unmapped, so that any handle, however old or
 * forged, can be looked at safely.
 *
 * A handle is issuer 8 | generation 24 | never recording 1 | slot 31. The slot's control word holds generation, epoch (which process of a
 * line of forks), owner, state and a lock bit. A slot with an owner is that thread's to change without an atomic
 * operation: it says in its `inside` that it does, and looks at the control word then. The first other thread that
 * wants to change the span takes the owner away, passes a heavy fence, waits until the owner is no more inside; from then
 * on everybody takes the lock bit by compare-and-swap. Without fences (fence.h) no slot has an owner.
 *
 * Slots are reused first in, first out, not before 256 others were, so an ended span still answers for its context.
 */
#ifndef OTEL_SDK_SPAN_SLOT_H
#define OTEL_SDK_SPAN_SLOT_H

#include <assert.h>

#include "api/slot.h"
#include "sdk/record.h"

#define SPAN_ISSUER      1u
#define SPAN_SLOTS_MAX   (1u << 20)
#define SPAN_REUSE_AFTER 256

struct span_thread;

/* The control word: generation 24 | epoch 16 | owner 16 | state 7 | lock 1. */
#define SLOT_LOCKED           1u
#define SLOT_STATE_SHIFT      1
#define SLOT_OWNER_SHIFT      8
#define SLOT_EPOCH_SHIFT      24
#define SLOT_GENERATION_SHIFT 40
#define SLOT_GENERATION_MASK  0xffffffu

enum slot_state { SLOT_FREE, SLOT_PASSIVE, SLOT_RECORDING, SLOT_ENDING, SLOT_ENDED };

static inline uint64_t slot_control(uint32_t generation, uint32_t epoch, uint32_t owner, enum slot_state state)
{
	return (uint64_t)generation << SLOT_GENERATION_SHIFT | (uint64_t)epoch << SLOT_EPOCH_SHIFT |
	       (uint64_t)owner << SLOT_OWNER_SHIFT | (uint64_t)state << SLOT_STATE_SHIFT;
}

#define SLOT_PASSIVE_FLAG 0x10000u /* it never records; so do its handles say */

struct span_slot {
	_Alignas(64) _Atomic uint64_t control;
	struct span_ids ids;
	_Atomic(struct otel_tracestate *) tracestate; /* a reference, kept until reuse */
	struct record *record; /* while recording */
	_Atomic uint32_t flags; /* trace flags | remote << 8 | SLOT_PASSIVE_FLAG */
	uint32_t number; /* of the slot itself */
};
static_assert(sizeof(struct span_slot) == 64, "one cache line");

/* A thread's share of the slots: free ones, and ended ones to go to the common queue. All zero: none. */
struct slot_cache {
	struct slot_lot *free;
	struct slot_lot *ended;
};

/* What a slot is opened with. */
struct span_words {
	uint64_t trace[2]; /* as they stand in memory */
	uint64_t span;
	uint32_t flags; /* trace flags | is_remote << 8 */
};

/* The slot of a recording span, locked; NULL, counted if it is misuse, if there is nothing to record. t, here and below:
 * the calling thread's state, or NULL. */
struct span_slot *span_slot_lock(struct span_thread *t, otel_span span);
void span_slot_unlock(struct span_thread *t, struct span_slot *slot); /* span_lock.h has both in line */

/* Ends the span. NULL: counted as misuse. *record gets what it recorded (now the caller's), or NULL. The slot is the
 * caller's until it is given back (slot_give()). */
struct span_slot *span_slot_end(struct span_thread *t, otel_span span, struct record **record);

/* For the calling thread alone an ended span that has not been released records again, until it is closed: the time of
 * on_ending(). What reopen returns is for close. */
uint64_t span_slot_reopen(struct span_thread *t, struct span_slot *slot, otel_span span);
void span_slot_close(struct span_thread *t, struct span_slot *slot, otel_span span, uint64_t before);

/* The span context; false for a stale handle, counted. *tracestate (may be NULL) gets a reference or NULL.
 * Async-signal-safe when tracestate is NULL. */
bool span_slot_context(struct span_thread *t, otel_span span, otel_span_context *out,
		       struct otel_tracestate **tracestate);

bool span_slot_is_recording(struct span_thread *t, otel_span span);

/* Gives the cache's slots back: the thread ends. */
void span_slot_flush(struct slot_cache *cache);

/* atfork. child: slots in caches of vanished threads are found again, so every cache must be zeroed. */
void span_slot_fork_prepare(void);
void span_slot_fork_parent(void);
void span_slot_fork_child(void);

#endif
