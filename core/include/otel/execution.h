/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/execution.h - what is current, where one thread runs many things in turn: for the authors of coroutine, fibre and
 * event-loop libraries. What contextvars are to Python.
 *
 * An execution holds what a thread holds: the current span and context, attachments, suppression. The library makes one
 * for each coroutine and switches where it switches stacks:
 *
 *     coroutine->execution = otel_execution_create(NULL);
 *     ...
 *     otel_execution *before = otel_execution_switch(coroutine->execution);
 *     swapcontext(&scheduler, &coroutine->stack);
 *     otel_execution_switch(before);
 *     ...
 *     otel_execution_destroy(coroutine->execution);
 *
 * Code inside the coroutine uses spans and scopes as anywhere; it may be resumed on another thread each time.
 */
#ifndef OTEL_EXECUTION_H
#define OTEL_EXECUTION_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct otel_execution otel_execution;

/* One in which `context` is current (borrowed; NULL: nothing is; otel_context_capture() hands on what is current where it
 * is made). To be destroyed by the caller. NULL when out of memory, which is counted; NULL may be given to the calls
 * below. */
OTEL_EXPORT otel_execution *otel_execution_create(otel_context *context);

/* Frees it and gives back the contexts that it still holds; tokens of it are void. It must run nowhere: one that does is
 * left alone, and counted as misuse. */
OTEL_EXPORT void otel_execution_destroy(otel_execution *execution);

/* Makes it what the calling thread runs; NULL: the thread itself. Returns what ran before, to switch back to; NULL: the
 * thread itself. Allocates at a thread's first switch only. One that runs on another thread is not switched to, and counted
 * as misuse; so is a thread that cannot remember itself, for lack of memory. */
OTEL_EXPORT otel_execution *otel_execution_switch(otel_execution *execution);

#ifdef __cplusplus
}
#endif
#endif
