/* SPDX-License-Identifier: Apache-2.0
 *
 * span_thread.h - what a thread keeps for its spans: random numbers, free slots, free records, a log. Hangs off the
 * API's thread block; parked when the thread ends, for the next one; never freed.
 */
#ifndef OTEL_SDK_SPAN_THREAD_H
#define OTEL_SDK_SPAN_THREAD_H

#include "api/slot.h"
#include "sdk/fork_epoch.h"
#include "sdk/log_writer.h"
#include "sdk/record_pool.h"
#include "sdk/span_slot.h"
#include "util/clock_tsc.h"
#include "util/rand.h"

#define SPAN_NO_BIAS 0xffffu

struct span_thread {
	/* The slot that the thread is changing as its owner, or SPAN_THREAD_BUSY; others look after a heavy fence. */
	_Alignas(64) _Atomic(const void *) inside;
	uint32_t epoch; /* fork_epoch() when random was seeded; 0 = to be done anew */
	uint32_t bias; /* its number as the owner of slots, or SPAN_NO_BIAS */
	/* Control words, generation apart: of the recording spans that it owns, of those that it opens, has ended. */
	uint64_t recording;
	uint64_t opening;
	uint64_t ended;
	/* A recording span that was its own when it last looked: no look into the tables for the next change. `slot` is
	 * never NULL. */
	struct {
		uint64_t id;
		struct span_slot *slot;
		uint64_t control;
	} latest;
	struct clock_anchor clock;
	struct rand_state random;
	struct slot_cache slots;
	_Alignas(64) struct log_writer log;
	struct record_pool pool;

	uint64_t ending; /* the span whose on_ending() runs, or 0 */
	uint64_t ending_ns; /* its end time */
	uint32_t number; /* picks the shared log */
	struct otel_thread *owner;
	const struct otel_thread_calls *calls_before; /* of the owner's block; NULL: an older API's, which has none */
	struct span_thread *next; /* of all, for ever */
	struct span_thread *next_parked;
};

/* Inside something of the thread's own: what a signal handler starts or ends then is dropped. */
#define SPAN_THREAD_BUSY ((const void *)&fork_epoch_word)

/* No span has this handle, and no slot this control word. */
#define SPAN_NONE UINT64_MAX

static inline void span_thread_forget(struct span_thread *t)
{
	t->latest.id = SPAN_NONE;
	t->latest.control = SPAN_NONE;
}

/* After a change of epoch or bias. Who has no number as an owner finds none of its own, and opens spans without one. */
static inline void span_thread_set_words(struct span_thread *t)
{
	t->recording = slot_control(0, t->epoch, t->bias, SLOT_RECORDING);
	t->opening = slot_control(0, t->epoch, t->bias == SPAN_NO_BIAS ? 0 : t->bias, SLOT_RECORDING);
	t->ended = slot_control(0, t->epoch, 0, SLOT_ENDED);
	span_thread_forget(t);
}

static inline void span_thread_note(struct span_thread *t, otel_span span, struct span_slot *slot, uint64_t control)
{
	t->latest.id = span.id;
	t->latest.slot = slot;
	t->latest.control = control;
}

/* Seeded in this process, and not busy. */
static inline bool span_thread_is_ready(const struct span_thread *t)
{
	return t->epoch == fork_epoch() && !atomic_load_explicit(&t->inside, memory_order_relaxed);
}

static inline void span_thread_take(struct span_thread *t)
{
	atomic_store_explicit(&t->inside, SPAN_THREAD_BUSY, memory_order_relaxed);
	atomic_signal_fence(memory_order_seq_cst);
}

/* False: it is busy, this is a signal handler. */
static inline bool span_thread_enter(struct span_thread *t)
{
	if (atomic_load_explicit(&t->inside, memory_order_relaxed))
		return false;
	span_thread_take(t);
	return true;
}

static inline void span_thread_leave(struct span_thread *t)
{
	atomic_signal_fence(memory_order_seq_cst);
	atomic_store_explicit(&t->inside, NULL, memory_order_relaxed);
}

/* Once, on the start thread. */
void span_thread_setup(void);

struct span_thread *span_thread_find(struct otel_thread *th);

/* The calling thread's; NULL when out of memory. */
static inline struct span_thread *span_thread_of(struct otel_thread *th)
{
	struct span_thread *t = th->sdk;

	if (t && t->epoch == fork_epoch())
		return t;
	return span_thread_find(th);
}

/* The same for what needs none: NULL before the thread's first span. */
static inline struct span_thread *span_thread_peek(struct otel_thread *th)
{
	return th->sdk;
}

/* The same for who has no thread block at hand. */
struct span_thread *span_thread_own(void);

/* Its pool for what may have to grow; NULL is a pool too. */
static inline struct record_pool *span_thread_pool(struct span_thread *t)
{
	return t ? &t->pool : NULL;
}

/* When the span ends; 0: it does not yet. */
static inline uint64_t span_thread_end_of(const struct span_thread *t, otel_span span)
{
	return t && t->ending == span.id ? t->ending_ns : 0;
}

/* After a while, when fences may have become ready: the thread's spans get an owner. */
void span_thread_settle(struct span_thread *t);

/* Whose number it is. */
struct span_thread *span_thread_by_bias(uint32_t bias);

/* atfork. child: states of vanished threads are parked, empty. Before span_slot_fork_child(). */
void span_thread_fork_prepare(void);
void span_thread_fork_parent(void);
void span_thread_fork_child(void);

#endif
