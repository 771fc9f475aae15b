/* SPDX-License-Identifier: Apache-2.0
 *
 * span_slot.h - what a handle leads to: 64 bytes in tables that are never unmapped, so that any handle, however old or
 * forged, can be looked at safely.
 *
 * A handle is issuer 8 | generation 24 | slot 32. The slot's control word holds generation, epoch (which process of a
 * line of forks), state and a lock bit: one compare-and-swap checks all of them and takes the lock. Slots are reused
 * first in, first out, not before 256 others were, so an ended span still answers for its context.
 */
#ifndef OTEL_SDK_SPAN_SLOT_H
#define OTEL_SDK_SPAN_SLOT_H

#include <assert.h>

#include "api/slot.h"
#include "sdk/record.h"

#define SPAN_ISSUER      1u
#define SPAN_SLOTS_MAX   (1u << 20)
#define SPAN_REUSE_AFTER 256

struct span_slot {
	_Alignas(64) _Atomic uint64_t control;
	_Atomic uint64_t trace_id[2]; /* as they stand in memory */
	_Atomic uint64_t span_id;
	_Atomic(struct otel_tracestate *) tracestate; /* a reference, kept until reuse */
	struct record *record; /* while recording */
	_Atomic uint32_t flags; /* trace flags | remote << 8 */
	uint32_t next; /* number + 1 of the next free slot */
};
static_assert(sizeof(struct span_slot) == 64, "one cache line");

/* A thread's share of the free slots. All zero: empty. */
struct slot_cache {
	uint32_t free; /* number + 1 of the first */
	uint32_t free_count;
	uint32_t ended_first; /* in order of their end, to go to the common queue */
	uint32_t ended_last;
	uint32_t ended_count;
};

/* Goes up by one in the child of a fork: spans of the parent process record no more, but can be parents. */
extern _Atomic uint32_t span_epoch;

/* A span with this context; record NULL: one that does not record. Takes the reference to the tracestate. {0}, taking
 * nothing: all slots are in use. */
otel_span span_slot_open(struct slot_cache *cache, const otel_span_context *context, struct otel_tracestate *tracestate,
			 struct record *record);

/* The slot of a recording span, locked; NULL, counted if it is misuse, if there is nothing to record. */
struct span_slot *span_slot_lock(otel_span span);
void span_slot_unlock(struct span_slot *slot);

/* Ends the span. NULL: counted as misuse. *record gets what it recorded (now the caller's), or NULL. The slot is the
 * caller's until span_slot_release(), whose cache may be NULL. */
struct span_slot *span_slot_end(otel_span span, struct record **record);
void span_slot_release(struct slot_cache *cache, otel_span span);

/* The span context; false for a stale handle, counted. *tracestate (may be NULL) gets a reference or NULL.
 * Async-signal-safe when tracestate is NULL. */
bool span_slot_context(otel_span span, otel_span_context *out, struct otel_tracestate **tracestate);

bool span_slot_is_recording(otel_span span);

/* Gives the cache's slots back: the thread ends. */
void span_slot_flush(struct slot_cache *cache);

/* atfork. child: a new epoch; slots in caches of vanished threads are found again, so every cache must be zeroed. */
void span_slot_fork_prepare(void);
void span_slot_fork_parent(void);
void span_slot_fork_child(void);

#endif
