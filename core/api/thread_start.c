/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_start.c - a thread that begins with its creator's context.
 */
#include <otel/thread.h>

#include <stdlib.h>

#include "api/mem.h"

struct start {
	void *(*fn)(void *arg);
	void *arg;
	otel_context *context;
};

/* The thread keeps the context attached until its end, so that its own destructors still see it; then it is released
 * with the thread's block. */
static void *run(void *arg)
{
	struct start start = *(struct start *)arg;

	free(arg);
	otel_context_attach(start.context);
	otel_context_unref(start.context);
	return start.fn(start.arg);
}

int otel_thread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *arg), void *arg)
{
	otel_context *context = otel_context_capture();
	struct start *taken = context ? mem_alloc(sizeof(*taken)) : NULL;
	int error;

	if (!taken) {
		otel_context_unref(context);
		return pthread_create(thread, attr, start, arg);
	}
	*taken = (struct start){start, arg, context};
	error = pthread_create(thread, attr, run, taken);
	if (error) {
		otel_context_unref(context);
		free(taken);
	}
	return error;
}
