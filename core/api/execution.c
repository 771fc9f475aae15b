/* SPDX-License-Identifier: Apache-2.0
 *
 * execution.c - what a thread holds, put aside and taken up again.
 *
 * The thread's block stays where everybody looks for what is current: a switch moves the state in and out of it, so that
 * programs without coroutines pay nothing.
 */
#include <otel/execution.h>

#include <stdlib.h>

#include "api/mem.h"
#include "api/thread.h"
#include "api/thread_record.h"

struct otel_execution {
	_Atomic bool runs;
	struct otel_thread state; /* its fields for what is current; the rest is unused */
};

static void move_state(struct otel_thread *to, const struct otel_thread *from)
{
	to->span = from->span;
	to->context = from->context;
	to->depth = from->depth;
	to->suppressed = from->suppressed;
	to->serial = from->serial;
	to->top = from->top;
	to->held_count = from->held_count;
	to->held_max = from->held_max;
	memcpy(to->held, from->held, sizeof(to->held));
	to->held_more = from->held_more;
}

static struct otel_execution *make(void)
{
	struct otel_execution *execution = mem_alloc(sizeof(*execution));

	if (execution)
		*execution = (struct otel_execution){.runs = false};
	return execution;
}

otel_execution *otel_execution_create(otel_context *context)
{
	struct otel_execution *execution = make();

	if (execution)
		execution->state.context = otel_context_ref(context);
	return execution;
}

static void free_execution(struct otel_execution *execution)
{
	while (execution->state.held_count)
		thread_uncover(&execution->state);
	otel_context_unref(execution->state.context);
	free(execution->state.held_more);
	free(execution);
}

void otel_execution_destroy(otel_execution *execution)
{
	if (!execution)
		return;
	if (atomic_load(&execution->runs))
		misuse();
	else
		free_execution(execution);
}

/* False: nothing to put the thread's own state into. */
static bool remember_own(struct otel_thread *th)
{
	if (th->own)
		return true;
	thread_guard(th);
	th->own = make();
	return th->own != NULL;
}

otel_execution *otel_execution_switch(otel_execution *execution)
{
	struct otel_thread *th = thread_current();
	struct otel_execution *before = thread_has_executions(th) ? th->execution : NULL;
	bool runs = false;

	if (execution == before || !thread_has_executions(th))
		return before;
	if (!remember_own(th) || (execution && !atomic_compare_exchange_strong(&execution->runs, &runs, true))) {
		misuse();
		return before;
	}
	move_state(before ? &before->state : &th->own->state, th);
	move_state(th, execution ? &execution->state : &th->own->state);
	th->execution = execution;
	if (before)
		atomic_store(&before->runs, false);
	thread_record_follow(th);
	return before;
}

void execution_thread_exits(struct otel_thread *th)
{
	otel_execution_switch(NULL);
	free(th->own);
	th->own = NULL;
}
