/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_record.h - what is current on a thread, where profilers and eBPF agents read it (OTEP 4947,
 * oteps/profiles/4947-thread-ctx.md). They stop the thread to read, at any instruction; nothing here waits for them.
 *
 * A thread has one record, in its block, to which its otel_thread_ctx_v1 points for ever; `valid` says whether it may
 * be read.
 */
#ifndef OTEL_API_THREAD_RECORD_H
#define OTEL_API_THREAD_RECORD_H

#include "api/thread.h"

/* The symbol that readers look for; exported, and what any other copy in the process defines may take its place. */
extern __thread void *otel_thread_ctx_v1 __attribute__((visibility("default")));

/* What slot.record_place points to. */
void **thread_record_place(void);

/* What is current has changed, and threads are shared. */
void thread_record_write(struct otel_thread *th) NOINLINE;

/* To be called after every change of what is current. */
static inline void thread_record_follow(struct otel_thread *th)
{
	if (UNLIKELY(atomic_load_explicit(&own_slot.shared_place, memory_order_relaxed) != NULL))
		thread_record_write(th);
}

/* Whether the thread's block is this copy's and nobody looks at it: nearly always. */
static inline bool thread_is_private(void)
{
	return !atomic_load_explicit(&own_slot.shared_thread, memory_order_relaxed) &&
	       !atomic_load_explicit(&own_slot.shared_place, memory_order_relaxed);
}

#endif
