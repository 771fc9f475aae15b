/* SPDX-License-Identifier: Apache-2.0
 *
 * span_slot.c - one slot: its control word, lock, context, and the turns of its life.
 */
#include "sdk/span_slot.h"

#include <sched.h>
#include <time.h>

#include "sdk/slot_table.h"
#include "sdk/span_lock.h"
#include "sdk/stats.h"
#include "util/fence.h"

#define OWNER_MASK (UINT64_C(0xffff) << SLOT_OWNER_SHIFT)

/* ---- the control word ---- */

static inline uint32_t generation_of(uint64_t control)
{
	return (uint32_t)(control >> SLOT_GENERATION_SHIFT);
}

static inline uint32_t epoch_of(uint64_t control)
{
	return (uint32_t)(control >> SLOT_EPOCH_SHIFT) & 0xffff;
}

static inline uint32_t owner_of(uint64_t control)
{
	return (uint32_t)(control >> SLOT_OWNER_SHIFT) & 0xffff;
}

static inline enum slot_state state_of(uint64_t control)
{
	return (enum slot_state)(control >> SLOT_STATE_SHIFT & 0x7f);
}

static inline uint64_t look(const struct span_slot *slot)
{
	return atomic_load_explicit(&slot->control, memory_order_relaxed);
}

static inline bool swap(struct span_slot *slot, uint64_t *expected, uint64_t wanted)
{
	return atomic_compare_exchange_strong_explicit(&slot->control, expected, wanted, memory_order_acquire,
						       memory_order_relaxed);
}

/* ---- handles ---- */

static inline uint32_t handle_generation(otel_span span)
{
	return (uint32_t)(span.id >> 32) & SLOT_GENERATION_MASK;
}

static inline bool is_passive(const struct span_slot *slot)
{
	return atomic_load_explicit(&slot->flags, memory_order_relaxed) & SLOT_PASSIVE_FLAG;
}

/* Generation 0 is that of slots that were never used. */
static inline struct span_slot *handle_slot(otel_span span)
{
	struct span_slot *slot = handle_generation(span) ? slot_at((uint32_t)(span.id & ~OTEL_HANDLE_PASSIVE)) : NULL;

	return slot && is_passive(slot) == !!(span.id & OTEL_HANDLE_PASSIVE) ? slot : NULL;
}

static __attribute__((cold)) struct span_slot *misuse(void)
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

/* ---- holding a slot: as its owner, or by its lock bit ---- */

/* A thread that is inside something was interrupted there, by a signal handler of the host. */
static inline bool is_interrupted(const struct span_thread *t)
{
	return t && atomic_load_explicit(&t->inside, memory_order_relaxed);
}

/* Takes the slot from its owner. True: it is locked, and the owner is out of it. False: look again. */
static bool revoke(const struct span_thread *t, struct span_slot *slot, uint64_t control)
{
	const struct span_thread *owner = span_thread_by_bias(owner_of(control));
	const uint64_t taken = (control & ~OWNER_MASK) | SLOT_LOCKED;
	uint64_t now = taken;
	unsigned round = 0;
	bool out;

	if (!swap(slot, &control, taken))
		return false;
	out = owner == t || !owner || fence_heavy();
	while (out && owner && atomic_load_explicit(&owner->inside, memory_order_acquire) == slot)
		out = wait_a_little(&round);
	if (!out)
		swap(slot, &now, control);
	/* It may have ended the span when it did not know yet. */
	return out && look(slot) == taken;
}

/* What has ended stays as it is: its slot may be reopened without a lock. */
static inline bool is_open(uint64_t control)
{
	return state_of(control) == SLOT_RECORDING || state_of(control) == SLOT_PASSIVE;
}

static bool try_hold(struct span_thread *t, struct span_slot *slot, uint64_t control)
{
	if (control & SLOT_LOCKED)
		return false;
	if (!owner_of(control))
		return swap(slot, &control, control | SLOT_LOCKED);
	if (t && !is_interrupted(t) && owner_of(control) == t->bias)
		return inside_enter(t, slot, control);
	return revoke(t, slot, control);
}

/* Holds an open slot of this generation; *before gets its control word. False: it is none, or was not to be had. */
static bool hold(struct span_thread *t, struct span_slot *slot, uint32_t generation, uint64_t *before)
{
	unsigned round = 0;

	do {
		*before = look(slot);
		if (generation_of(*before) != generation || !is_open(*before))
			return false;
		if (try_hold(t, slot, *before))
			return true;
		if (t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot)
			return false;
	} while (wait_a_little(&round));
	return false;
}

/* The same whether it is open or has ended, as long as the generation is that one. */
static bool hold_for_tracestate(struct span_thread *t, struct span_slot *slot, uint32_t generation)
{
	unsigned round = 0;

	do {
		const uint64_t control = look(slot);
		if (generation_of(control) != generation)
			return false;
		if (try_hold(t, slot, control))
			return true;
		if (t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot)
			return false;
	} while (wait_a_little(&round));
	return false;
}

static void leave(struct span_thread *t, struct span_slot *slot)
{
	if (t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot)
		inside_leave(t);
	else
		atomic_store_explicit(&slot->control, look(slot) & ~(uint64_t)SLOT_LOCKED, memory_order_release);
}

/* Inside on_ending() the span is the calling thread's alone. */
static inline bool is_ending_here(const struct span_thread *t, otel_span span, uint64_t control)
{
	return state_of(control) == SLOT_ENDING && t && t->ending == span.id;
}

static __attribute__((noinline)) struct span_slot *lock_slowly(struct span_thread *t, struct span_slot *slot,
							       otel_span span)
{
	const uint64_t control = look(slot);
	uint64_t held;

	if (generation_of(control) != handle_generation(span))
		return misuse();
	if (is_ending_here(t, span, control)) {
		atomic_store_explicit(&t->inside, slot, memory_order_relaxed);
		return slot;
	}
	if (state_of(control) == SLOT_PASSIVE || (is_open(control) && epoch_of(control) != fork_epoch()))
		return NULL;
	return hold(t, slot, handle_generation(span), &held) ? slot : misuse();
}

struct span_slot *span_slot_lock(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = handle_slot(span);

	if (!slot || is_interrupted(t))
		return misuse();
	const uint64_t control = t ? slot_control(handle_generation(span), 0, 0, SLOT_FREE) | t->recording : 0;
	if (t && inside_enter(t, slot, control)) {
		span_thread_note(t, span, slot, control);
		return slot;
	}
	return lock_slowly(t, slot, span);
}

void span_slot_unlock(struct span_thread *t, struct span_slot *slot)
{
	leave(t, slot);
}

/* ---- life ---- */

/* Leaves the slot locked: no reader takes hold of it before it is opened. False: some reader does not let go; it must
 * not be used again. */
static inline bool drop_tracestate(struct span_thread *t, struct span_slot *slot)
{
	if (!atomic_load_explicit(&slot->tracestate, memory_order_relaxed))
		return true;
	if (!hold_for_tracestate(t, slot, generation_of(look(slot))))
		return false;
	otel_tracestate_unref_v1(atomic_exchange_explicit(&slot->tracestate, NULL, memory_order_relaxed));
	return true;
}

struct span_slot *span_slot_clean(struct span_thread *t, struct span_slot *slot)
{
	while (slot && !drop_tracestate(t, slot))
		slot = slot_take(&t->slots);
	return slot;
}

static inline void set_state(struct span_slot *slot, uint32_t generation, uint32_t epoch, enum slot_state state)
{
	atomic_store_explicit(&slot->control, slot_control(generation, epoch, 0, state), memory_order_release);
}

static __attribute__((noinline)) struct span_slot *end_slowly(struct span_thread *t, struct span_slot *slot,
							      otel_span span, struct record **record)
{
	const uint32_t generation = handle_generation(span);
	uint64_t held;

	if (!hold(t, slot, generation, &held))
		return misuse();
	/* The record of another process may have been caught half-way: it is left alone. */
	if (state_of(held) == SLOT_RECORDING && epoch_of(held) == fork_epoch())
		*record = slot->record;
	set_state(slot, generation, epoch_of(held), SLOT_ENDED);
	if (t && atomic_load_explicit(&t->inside, memory_order_relaxed) == slot)
		inside_leave(t);
	return slot;
}

struct span_slot *span_slot_end(struct span_thread *t, otel_span span, struct record **record)
{
	struct span_slot *slot = handle_slot(span);

	*record = NULL;
	if (!slot || is_interrupted(t))
		return misuse();
	return end_slowly(t, slot, span, record);
}

uint64_t span_slot_reopen(struct span_thread *t, struct span_slot *slot, otel_span span)
{
	const uint64_t before = t->ending;

	t->ending = span.id;
	set_state(slot, handle_generation(span), t->epoch, SLOT_ENDING);
	return before;
}

void span_slot_close(struct span_thread *t, struct span_slot *slot, otel_span span, uint64_t before)
{
	set_state(slot, handle_generation(span), t->epoch, SLOT_ENDED);
	t->ending = before;
}

/* ---- reading ---- */

/* A reference, unless the slot was reused meanwhile. */
static bool share_tracestate(struct span_thread *t, struct span_slot *slot, otel_span span,
			     struct otel_tracestate **tracestate)
{
	if (!hold_for_tracestate(t, slot, handle_generation(span)))
		return false;
	*tracestate = atomic_load_explicit(&slot->tracestate, memory_order_relaxed);
	if (*tracestate)
		otel_tracestate_ref_v1(*tracestate);
	leave(t, slot);
	return true;
}

bool span_slot_context(struct span_thread *t, otel_span span, otel_span_context *out,
		       struct otel_tracestate **tracestate)
{
	struct span_slot *slot = handle_slot(span);
	const uint32_t generation = handle_generation(span);

	if (tracestate)
		*tracestate = NULL;
	if (!slot || generation_of(atomic_load_explicit(&slot->control, memory_order_acquire)) != generation)
		return misuse() != NULL;

	const uint64_t trace_high = atomic_load_explicit(&slot->ids.trace[0], memory_order_acquire);
	const uint64_t trace_low = atomic_load_explicit(&slot->ids.trace[1], memory_order_acquire);
	const uint64_t span_id = atomic_load_explicit(&slot->ids.span, memory_order_acquire);
	const bool has_tracestate = atomic_load_explicit(&slot->tracestate, memory_order_acquire) != NULL;
	const uint32_t flags = atomic_load_explicit(&slot->flags, memory_order_acquire);

	if (generation_of(look(slot)) != generation)
		return misuse() != NULL;
	if (tracestate && has_tracestate && !share_tracestate(t, slot, span, tracestate))
		return misuse() != NULL;

	memcpy(out->trace_id, &trace_high, 8);
	memcpy(out->trace_id + 8, &trace_low, 8);
	memcpy(out->span_id, &span_id, 8);
	out->trace_flags = (uint8_t)flags;
	out->is_remote = (uint8_t)(flags >> 8);
	memset(out->reserved, 0, sizeof(out->reserved));
	return true;
}

bool span_slot_is_recording(struct span_thread *t, otel_span span)
{
	struct span_slot *slot = handle_slot(span);

	if (!slot)
		return false;
	const uint64_t control = look(slot);
	if (generation_of(control) != handle_generation(span) || epoch_of(control) != fork_epoch())
		return false;
	return state_of(control) == SLOT_RECORDING || is_ending_here(t, span, control);
}

/* ---- fork ---- */

bool slot_survives(struct span_slot *slot)
{
	const uint64_t control = look(slot);

	/* Whoever held the lock is not in this process. */
	if (control & SLOT_LOCKED)
		atomic_store_explicit(&slot->control, control & ~(uint64_t)SLOT_LOCKED, memory_order_relaxed);
	return state_of(control) == SLOT_PASSIVE || state_of(control) == SLOT_RECORDING;
}
