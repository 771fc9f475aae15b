/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/thread.h - taking what is current along: to a new thread, and to a callback.
 */
#ifndef OTEL_THREAD_H
#define OTEL_THREAD_H

#include <otel/context.h>
#include <otel/types.h>
#include <pthread.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As pthread_create(3), and the new thread begins with the context that is current here. Released when the thread ends,
 * by return, pthread_exit or cancellation. Where nothing is current it is pthread_create() itself. Out of memory: the
 * thread is created without the context, which is counted. */
OTEL_EXPORT int otel_thread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *arg), void *arg);

/* A function, its argument, and the context in which it is to be called. By value; fields are private. */
typedef struct otel_callback {
	otel_context *context;
	void (*fn)(void *arg);
	void *arg;
} otel_callback;

/* Captures what is current. To be finished with otel_callback_fini(); nothing is allocated where nothing is current. */
static inline otel_callback otel_callback_make(void (*fn)(void *arg), void *arg)
{
	otel_callback callback;

	callback.context = otel_context_capture();
	callback.fn = fn;
	callback.arg = arg;
	return callback;
}

/* Calls it with the captured context current: any number of times, on any thread. NULL does nothing. */
static inline void otel_callback_run(const otel_callback *callback)
{
	if (callback && callback->fn)
		otel_context_run(callback->context, callback->fn, callback->arg);
}

/* Gives the captured context back; the callback is empty then. */
static inline void otel_callback_fini(otel_callback *callback)
{
	if (!callback)
		return;
	otel_context_unref(callback->context);
	callback->context = NULL;
	callback->fn = NULL;
}

#ifdef __cplusplus
}
#endif
#endif
