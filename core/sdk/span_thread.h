/* SPDX-License-Identifier: Apache-2.0
 *
 * span_thread.h - what a thread keeps for its spans: random numbers, free slots, free records. Hangs off the API's
 * thread block; parked when the thread ends, for the next one.
 */
#ifndef OTEL_SDK_SPAN_THREAD_H
#define OTEL_SDK_SPAN_THREAD_H

#include "api/slot.h"
#include "sdk/record_pool.h"
#include "sdk/span_slot.h"
#include "util/rand.h"

struct span_thread {
	struct rand_state random;
	struct slot_cache slots;
	struct record_pool pool;
	uint32_t epoch; /* span_epoch when random was seeded */
	uint32_t number; /* picks the log */
	struct otel_thread *owner;
	struct span_thread *next; /* of all, for ever */
	struct span_thread *next_parked;
};

/* Once, on the start thread. */
void span_thread_setup(void);

struct span_thread *span_thread_find(struct otel_thread *th);

/* The calling thread's; NULL when out of memory. */
static inline struct span_thread *span_thread_of(struct otel_thread *th)
{
	struct span_thread *t = th->sdk;

	if (t && t->epoch == atomic_load_explicit(&span_epoch, memory_order_relaxed))
		return t;
	return span_thread_find(th);
}

/* Its pool for what may have to grow; NULL is a pool too. */
static inline struct record_pool *span_thread_pool(struct otel_thread *th)
{
	struct span_thread *t = th->sdk;
	return t ? &t->pool : NULL;
}

/* atfork. child: states of vanished threads are parked, empty. Before span_slot_fork_child(). */
void span_thread_fork_prepare(void);
void span_thread_fork_parent(void);
void span_thread_fork_child(void);

#endif
