/* SPDX-License-Identifier: Apache-2.0
 *
 * span_lock.h - the short ways of a span that the calling thread owns: to its beginning, its changes, its end.
 * Everything else is span_slot.c's.
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
	if (__builtin_expect(atomic_load_explicit(&slot->control, memory_order_acquire) == control, 1))
		return true;
	atomic_store_explicit(&t->inside, NULL, memory_order_release);
	return false;
}

static inline void inside_leave(struct span_thread *t)
{
	atomic_store_explicit(&t->inside, NULL, memory_order_release);
}

/* The slot of the span that the thread opened or changed last, until inside_leave(); NULL: it is another one, or not
 * the thread's own any more: see span_lock(). A signal handler may make another span the latest at any point: hence its
 * place is read first, and then whose that is. */
static inline struct span_slot *span_lock_latest(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = t->latest.slot;
	const uint64_t control = t->latest.control;

	atomic_signal_fence(memory_order_seq_cst);
	if (__builtin_expect(t->latest.id != span.id || atomic_load_explicit(&t->inside, memory_order_relaxed), 0))
		return NULL;
	if (__builtin_expect(!inside_enter(t, slot, control), 0))
		return NULL;
	if (!slot)
		__builtin_unreachable(); /* or every caller would look */
	return slot;
}

/* As span_slot_lock(). */
static inline struct span_slot *span_lock(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = t ? span_lock_latest(t, span) : NULL;

	return slot ? slot : span_slot_lock(t, span);
}

static inline void span_unlock(struct span_thread *t, struct span_slot *slot)
{
	if (__builtin_expect(t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot, 1))
		inside_leave(t);
	else
		span_slot_unlock(t, slot);
}

/* ---- opening ---- */

#define SLOT_GENERATION_ONE  ((uint64_t)1 << SLOT_GENERATION_SHIFT)
#define SLOT_PASSIVE_DIFFERS ((uint64_t)(SLOT_RECORDING ^ SLOT_PASSIVE) << SLOT_STATE_SHIFT)

/* The slot, or another one, without a tracestate; NULL: there is none. */
struct span_slot *span_slot_clean(struct span_thread *t, struct span_slot *slot);

static inline struct span_slot *span_slot_take(struct span_thread *t)
{
	struct span_slot *slot = slot_take(&t->slots);

	if (__builtin_expect(slot && !atomic_load_explicit(&slot->tracestate, memory_order_relaxed), 1))
		return slot;
	return span_slot_clean(t, slot);
}

/* The slot's next generation, 0 excepted, where it stands in the control word. */
static inline uint64_t span_slot_renew(struct span_slot *slot)
{
	const uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
	const uint64_t next = (control & ~(SLOT_GENERATION_ONE - 1)) + SLOT_GENERATION_ONE;
	const uint64_t generation = __builtin_expect(next != 0, 1) ? next : SLOT_GENERATION_ONE;

	atomic_store_explicit(&slot->control, generation | SLOT_FREE, memory_order_relaxed);
	return generation;
}

/* A span with this context; record NULL: one that does not record. Takes the reference to the tracestate. {0}, taking
 * nothing: all slots are in use. Each store releases the new generation: a reader that sees one of them sees that it
 * came too late. */
static inline __attribute__((always_inline)) otel_span span_slot_open(struct span_thread *t,
								      const struct span_words *words,
								      struct otel_tracestate *tracestate,
								      struct record *record)
{
	struct span_slot *slot = span_slot_take(t);

	if (__builtin_expect(!slot, 0))
		return (otel_span){0};
	const uint64_t generation = span_slot_renew(slot);
	const uint64_t open = generation | (record ? t->opening : t->opening ^ SLOT_PASSIVE_DIFFERS);
	slot->record = record;
	atomic_store_explicit(&slot->ids.trace[0], words->trace[0], memory_order_release);
	atomic_store_explicit(&slot->ids.trace[1], words->trace[1], memory_order_release);
	atomic_store_explicit(&slot->ids.span, words->span, memory_order_release);
	atomic_store_explicit(&slot->tracestate, tracestate, memory_order_release);
	atomic_store_explicit(&slot->flags, words->flags | (record ? 0 : SLOT_PASSIVE_FLAG), memory_order_release);
	atomic_store_explicit(&slot->control, open, memory_order_release);
	const otel_span span = {(uint64_t)SPAN_ISSUER << 56 | generation >> (SLOT_GENERATION_SHIFT - 32) |
				(record ? 0 : OTEL_HANDLE_PASSIVE) | slot->number};
	if (record)
		span_thread_note(t, span, slot, generation | t->recording);
	return span;
}

/* ---- ending ---- */

/* Ends a span that is the calling thread's own: returns its slot, and the thread is busy as after span_thread_enter().
 * NULL: see span_slot_end(). Whoever is just taking the slot away sees that the span has ended. */
static inline struct span_slot *span_end_own(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = t->latest.slot;
	uint64_t control = t->latest.control;

	atomic_signal_fence(memory_order_seq_cst); /* as in span_lock_latest() */
	if (__builtin_expect(atomic_load_explicit(&t->inside, memory_order_relaxed) != NULL, 0))
		return NULL;
	if (t->latest.id != span.id) {
		slot = span.id >> 56 == SPAN_ISSUER ? slot_at((uint32_t)(span.id & ~OTEL_HANDLE_PASSIVE)) : NULL;
		control = (span.id << (SLOT_GENERATION_SHIFT - 32) & ~(SLOT_GENERATION_ONE - 1)) | t->recording;
		if (span.id & OTEL_HANDLE_PASSIVE)
			control ^= SLOT_PASSIVE_DIFFERS;
	}
	if (!slot || !inside_enter(t, slot, control))
		return NULL;
	atomic_store_explicit(&slot->control, (control & ~(SLOT_GENERATION_ONE - 1)) | t->ended, memory_order_release);
	atomic_store_explicit(&t->inside, SPAN_THREAD_BUSY, memory_order_release);
	return slot;
}

#endif
