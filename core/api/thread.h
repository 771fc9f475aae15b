/* SPDX-License-Identifier: Apache-2.0
 *
 * thread.h - the calling thread's block: of this copy, or of the copy that owns "current" once an SDK serves several.
 */
#ifndef OTEL_API_THREAD_H
#define OTEL_API_THREAD_H

#include "api/own_slot.h"

extern __thread struct otel_thread thread_block HIDDEN __attribute__((tls_model("initial-exec")));

/* Another copy's block counts, not this one's. */
static inline bool thread_is_shared(void)
{
	return atomic_load_explicit(&own_slot.shared_thread, memory_order_acquire) != NULL;
}

static inline struct otel_thread *thread_current(void)
{
	struct otel_thread *(*shared)(void) = atomic_load_explicit(&own_slot.shared_thread, memory_order_acquire);

	return UNLIKELY(shared != NULL) ? shared() : &thread_block;
}

/* Where the calls of this thread go, with thread_block.sdk. */
static inline const struct otel_thread_calls *thread_calls(void)
{
	const struct otel_thread_calls *calls = thread_block.calls;

	atomic_signal_fence(memory_order_acquire); /* the SDK's `sdk` is set before its table is */
	return calls;
}

/* Nothing is current here, and nothing suppressed. */
static inline bool thread_is_bare(void)
{
	return !(thread_block.span | (uintptr_t)thread_block.context | thread_block.suppressed);
}

/* What slot.thread points to: this copy's block, whoever owns "current". */
struct otel_thread *thread_own(void);

/* Sees to it that contexts still attached when the thread exits are released. */
void thread_guard(struct otel_thread *th);

/* A block that is not ours may belong to an older copy of the API, and end before this. */
static inline bool thread_has_executions(const struct otel_thread *th)
{
	return th == &thread_block || LIKELY(th->size >= offsetof(struct otel_thread, own) + sizeof(th->own));
}

/* Whom an attachment belongs to: the execution that runs on the thread, or the thread itself. */
static inline const void *thread_owner(const struct otel_thread *th)
{
	return thread_has_executions(th) && th->execution ? (const void *)th->execution : th;
}

/* The thread ends: what it runs is put aside, and its own state is in force again (execution.c). */
void execution_thread_exits(struct otel_thread *th);

/* Covers the current context: it stays owned, and comes back with thread_uncover(). false when out of memory. */
bool thread_cover(struct otel_thread *th);
void thread_uncover(struct otel_thread *th); /* releases th->context; th->held_count must not be 0 */

#endif
