/* SPDX-License-Identifier: Apache-2.0
 *
 * thread.c - the one thread-local block, and the stack of contexts in it.
 */
#include "api/thread.h"
#include "api/thread_calls.h"
#include "api/thread_record.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* initial-exec: no allocation on a thread's first touch, and so no danger in signal handlers. */
__attribute__((tls_model("initial-exec"))) __thread struct otel_thread thread_block = {
	.size = sizeof(struct otel_thread), .calls = &thread_calls_any};

static pthread_once_t exit_once = PTHREAD_ONCE_INIT;
static pthread_key_t exit_key;
static atomic_bool exit_key_made;

struct otel_thread *thread_own(void)
{
	return &thread_block;
}

static void thread_exits(void *arg)
{
	struct otel_thread *th = arg;
	otel_context *last;

	th->guarded = 0; /* a later destructor may attach again */
	if (thread_has_executions(th) && th->own)
		execution_thread_exits(th);
	th->span = 0;
	th->depth = 0;
	while (th->held_count)
		thread_uncover(th);
	last = th->context;
	th->context = NULL;
	thread_record_follow(th);
	otel_context_unref(last);
	free(th->held_more);
	th->held_more = NULL;
	th->held_max = 0;
}

static void make_exit_key(void)
{
	exit_key_made = !pthread_key_create(&exit_key, thread_exits);
}

/* A library that carries a static copy may be closed: threads that exit later must not call into it. */
__attribute__((destructor)) static void drop_exit_key(void)
{
	if (atomic_exchange(&exit_key_made, false))
		pthread_key_delete(exit_key);
}

void thread_guard(struct otel_thread *th)
{
	int saved = errno;

	if (LIKELY(th->guarded))
		return;
	pthread_once(&exit_once, make_exit_key);
	if (exit_key_made && !pthread_setspecific(exit_key, th))
		th->guarded = 1;
	errno = saved;
}

static otel_context **held_at(struct otel_thread *th, uint32_t index)
{
	return index < OTEL_THREAD_HELD ? &th->held[index] : &th->held_more[index - OTEL_THREAD_HELD];
}

static bool grow(struct otel_thread *th)
{
	int saved = errno;
	uint32_t max = th->held_max ? 2 * th->held_max : 4 * OTEL_THREAD_HELD;
	otel_context **more = max > th->held_max ? realloc(th->held_more, max * sizeof(*more)) : NULL;

	if (!more) {
		errno = saved;
		dropped();
		return false;
	}
	th->held_more = more;
	th->held_max = max;
	thread_guard(th);
	return true;
}

bool thread_cover(struct otel_thread *th)
{
	if (th->held_count >= OTEL_THREAD_HELD + th->held_max && !grow(th))
		return false;
	*held_at(th, th->held_count++) = th->context;
	return true;
}

void thread_uncover(struct otel_thread *th)
{
	otel_context *covering = th->context;

	th->context = *held_at(th, --th->held_count);
	otel_context_unref(covering);
}
