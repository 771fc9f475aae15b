/* SPDX-License-Identifier: Apache-2.0
 *
 * span_slot.c - one slot: its control word, lock, context, and the turns of its life.
 */
#include "sdk/span_slot.h"

#include <sched.h>
#include <time.h>

#include "sdk/slot_table.h"
#include "sdk/stats.h"

_Atomic uint32_t span_epoch;

enum slot_state { SLOT_FREE, SLOT_PASSIVE, SLOT_RECORDING, SLOT_ENDED };

/* ---- the control word: generation 24 | epoch 32 | state 7 | lock 1 ---- */

#define LOCKED           1u
#define STATE_SHIFT      1
#define EPOCH_SHIFT      8
#define GENERATION_SHIFT 40
#define GENERATION_MASK  0xffffffu

static inline uint64_t control_word(uint32_t generation, uint32_t epoch, enum slot_state state)
{
	return (uint64_t)generation << GENERATION_SHIFT | (uint64_t)epoch << EPOCH_SHIFT |
	       (uint64_t)state << STATE_SHIFT;
}

static inline uint32_t generation_of(uint64_t control)
{
	return (uint32_t)(control >> GENERATION_SHIFT);
}

static inline uint32_t epoch_of(uint64_t control)
{
	return (uint32_t)(control >> EPOCH_SHIFT);
}

static inline enum slot_state state_of(uint64_t control)
{
	return (enum slot_state)(control >> STATE_SHIFT & 0x7f);
}

static inline uint64_t with_state(uint64_t control, enum slot_state state)
{
	return control_word(generation_of(control), epoch_of(control), state);
}

static inline uint32_t current_epoch(void)
{
	return atomic_load_explicit(&span_epoch, memory_order_relaxed);
}

static inline bool swap(struct span_slot *slot, uint64_t *expected, uint64_t wanted)
{
	return atomic_compare_exchange_strong_explicit(&slot->control, expected, wanted, memory_order_acquire,
						       memory_order_relaxed);
}

/* ---- handles ---- */

static inline uint32_t handle_generation(otel_span span)
{
	return (uint32_t)(span.id >> 32) & GENERATION_MASK;
}

/* Generation 0 is that of slots that were never used. */
static inline struct span_slot *handle_slot(otel_span span)
{
	return handle_generation(span) ? slot_at((uint32_t)span.id) : NULL;
}

static struct span_slot *misuse(void)
{
	stats_add(&stats.misuse, 1);
	return NULL;
}

/* ---- waiting ---- */

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#endif
}

/* Locks are held for nanoseconds. One held longer belongs to a thread that was preempted, or to this very thread below
 * a signal handler: so in the end give up rather than hang. */
static __attribute__((noinline, cold)) bool wait_a_little(unsigned *round)
{
	static const struct timespec nap = {0, 50000};

	if (++*round < 64)
		relax();
	else if (*round < 1024)
		sched_yield();
	else if (*round < 3072)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
	else
		return false;
	return true;
}

static __attribute__((noinline)) struct span_slot *lock_slowly(struct span_slot *slot, otel_span span)
{
	unsigned round = 0;

	for (;;) {
		uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
		if (generation_of(control) != handle_generation(span))
			return misuse();
		if (state_of(control) == SLOT_ENDED || state_of(control) == SLOT_FREE)
			return misuse();
		if (state_of(control) == SLOT_PASSIVE || epoch_of(control) != current_epoch())
			return NULL;
		if (!(control & LOCKED) && swap(slot, &control, control | LOCKED))
			return slot;
		if (!wait_a_little(&round))
			return misuse();
	}
}

struct span_slot *span_slot_lock(otel_span span)
{
	struct span_slot *slot = handle_slot(span);
	uint64_t control = control_word(handle_generation(span), current_epoch(), SLOT_RECORDING);

	if (!slot)
		return misuse();
	return swap(slot, &control, control | LOCKED) ? slot : lock_slowly(slot, span);
}

void span_slot_unlock(struct span_slot *slot)
{
	const uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
	atomic_store_explicit(&slot->control, control & ~(uint64_t)LOCKED, memory_order_release);
}

/* ---- life ---- */

/* False: some reader holds on to the slot; it must not be used again. */
static bool drop_tracestate(struct span_slot *slot)
{
	unsigned round = 0;

	if (!atomic_load_explicit(&slot->tracestate, memory_order_relaxed))
		return true;
	for (;;) {
		uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
		if (!(control & LOCKED) && swap(slot, &control, control | LOCKED))
			break;
		if (!wait_a_little(&round))
			return false;
	}
	otel_tracestate_unref_v1(atomic_exchange_explicit(&slot->tracestate, NULL, memory_order_relaxed));
	return true;
}

static void put_context(struct span_slot *slot, const otel_span_context *context, struct otel_tracestate *tracestate)
{
	uint64_t id[3];

	memcpy(id, context->trace_id, 16);
	memcpy(id + 2, context->span_id, 8);

	/* Each store releases the new generation: a reader that sees one of them sees that it came too late. */
	atomic_store_explicit(&slot->trace_id[0], id[0], memory_order_release);
	atomic_store_explicit(&slot->trace_id[1], id[1], memory_order_release);
	atomic_store_explicit(&slot->span_id, id[2], memory_order_release);
	atomic_store_explicit(&slot->tracestate, tracestate, memory_order_release);
	atomic_store_explicit(&slot->flags, context->trace_flags | (uint32_t)context->is_remote << 8,
			      memory_order_release);
}

otel_span span_slot_open(struct slot_cache *cache, const otel_span_context *context, struct otel_tracestate *tracestate,
			 struct record *record)
{
	struct span_slot *slot;
	uint32_t number;

	do {
		number = slot_take(cache);
		if (number == SLOT_NONE)
			return (otel_span){0};
		slot = slot_at(number);
	} while (!drop_tracestate(slot));

	const uint64_t old = atomic_load_explicit(&slot->control, memory_order_relaxed);
	const uint32_t next = (generation_of(old) + 1) & GENERATION_MASK;
	const uint32_t generation = next ? next : 1;
	const uint32_t epoch = current_epoch();
	atomic_store_explicit(&slot->control, control_word(generation, epoch, SLOT_FREE), memory_order_relaxed);

	put_context(slot, context, tracestate);
	slot->record = record;
	atomic_store_explicit(&slot->control, control_word(generation, epoch, record ? SLOT_RECORDING : SLOT_PASSIVE),
			      memory_order_release);
	return (otel_span){(uint64_t)SPAN_ISSUER << 56 | (uint64_t)generation << 32 | number};
}

struct span_slot *span_slot_end(otel_span span, struct record **record)
{
	struct span_slot *slot = handle_slot(span);
	unsigned round = 0;

	*record = NULL;
	if (!slot)
		return misuse();
	for (;;) {
		uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
		if (generation_of(control) != handle_generation(span))
			return misuse();
		if (state_of(control) == SLOT_ENDED || state_of(control) == SLOT_FREE)
			return misuse();
		const bool records = state_of(control) == SLOT_RECORDING && epoch_of(control) == current_epoch();
		if (!(control & LOCKED) && swap(slot, &control, with_state(control, SLOT_ENDED))) {
			/* The record of another process may have been caught half-way: it is left alone. */
			*record = records ? slot->record : NULL;
			return slot;
		}
		if (!wait_a_little(&round))
			return misuse();
	}
}

void span_slot_release(struct slot_cache *cache, otel_span span)
{
	struct slot_cache none = {0};

	slot_give(cache ? cache : &none, (uint32_t)span.id);
	if (!cache)
		span_slot_flush(&none);
}

/* ---- reading ---- */

/* A reference, unless the slot was reused meanwhile. */
static bool share_tracestate(struct span_slot *slot, otel_span span, struct otel_tracestate **tracestate)
{
	unsigned round = 0;

	for (;;) {
		uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
		if (generation_of(control) != handle_generation(span))
			return false;
		if (!(control & LOCKED) && swap(slot, &control, control | LOCKED))
			break;
		if (!wait_a_little(&round))
			return false;
	}
	*tracestate = atomic_load_explicit(&slot->tracestate, memory_order_relaxed);
	if (*tracestate)
		otel_tracestate_ref_v1(*tracestate);
	span_slot_unlock(slot);
	return true;
}

bool span_slot_context(otel_span span, otel_span_context *out, struct otel_tracestate **tracestate)
{
	struct span_slot *slot = handle_slot(span);
	const uint32_t generation = handle_generation(span);

	if (tracestate)
		*tracestate = NULL;
	if (!slot || generation_of(atomic_load_explicit(&slot->control, memory_order_acquire)) != generation)
		return misuse() != NULL;

	const uint64_t id[3] = {
		atomic_load_explicit(&slot->trace_id[0], memory_order_acquire),
		atomic_load_explicit(&slot->trace_id[1], memory_order_acquire),
		atomic_load_explicit(&slot->span_id, memory_order_acquire),
	};
	const bool has_tracestate = atomic_load_explicit(&slot->tracestate, memory_order_acquire) != NULL;
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_acquire);

	if (generation_of(atomic_load_explicit(&slot->control, memory_order_relaxed)) != generation)
		return misuse() != NULL;
	if (tracestate && has_tracestate && !share_tracestate(slot, span, tracestate))
		return misuse() != NULL;

	*out = (otel_span_context){.trace_flags = (uint8_t)flags, .is_remote = (uint8_t)(flags >> 8)};
	memcpy(out->trace_id, id, 16);
	memcpy(out->span_id, id + 2, 8);
	return true;
}

bool span_slot_is_recording(otel_span span)
{
	struct span_slot *slot = handle_slot(span);

	if (!slot)
		return false;
	const uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);
	return (control & ~(uint64_t)LOCKED) == control_word(handle_generation(span), current_epoch(), SLOT_RECORDING);
}

/* ---- fork ---- */

bool slot_survives(struct span_slot *slot)
{
	const uint64_t control = atomic_load_explicit(&slot->control, memory_order_relaxed);

	/* Whoever held the lock is not in this process. */
	if (control & LOCKED)
		atomic_store_explicit(&slot->control, control & ~(uint64_t)LOCKED, memory_order_relaxed);
	return state_of(control) == SLOT_PASSIVE || state_of(control) == SLOT_RECORDING;
}
