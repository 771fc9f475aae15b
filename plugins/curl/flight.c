/* SPDX-License-Identifier: Apache-2.0
 *
 * flight.c - kept under a thread key: an instrumentation has no thread-local variables.
 */
#include "plugins/curl/flight.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct flight {
	const void *mark; /* NULL: none is on */
	otel_span span;
	otel_token token;
};

static pthread_key_t key;
static bool has_key;

static struct flight *own(void)
{
	return has_key ? pthread_getspecific(key) : NULL;
}

/* What is current goes with the thread. */
static void thread_exits(void *arg)
{
	struct flight *flight = arg;

	if (flight->mark)
		otel_span_end(flight->span);
	free(flight);
}

void flight_setup(void)
{
	if (!has_key)
		has_key = !pthread_key_create(&key, thread_exits);
}

__attribute__((noinline)) const void *flight_mark(void)
{
	return __builtin_frame_address(0);
}

/* Coroutines have stacks of their own, whose places say nothing about each other. */
static bool are_on_threads_stack(const void *a, const void *b)
{
	pthread_attr_t attr;
	uintptr_t low;
	size_t size;
	void *stack;

	if (pthread_getattr_np(pthread_self(), &attr))
		return true; /* no /proc to ask: most programs have no other */
	pthread_attr_getstack(&attr, &stack, &size);
	pthread_attr_destroy(&attr);
	low = (uintptr_t)stack;
	return (uintptr_t)a - low < size && (uintptr_t)b - low < size;
}

bool flight_is_on(const void *mark)
{
	struct flight *flight = own();

	if (!flight || !flight->mark)
		return false;
	if ((uintptr_t)mark < (uintptr_t)flight->mark || !are_on_threads_stack(mark, flight->mark))
		return true;
	flight->mark = NULL;
	otel_detach(flight->token);
	otel_span_end(flight->span);
	return false;
}

bool flight_begin(otel_span span, const void *mark)
{
	struct flight *flight = own();

	if (!flight) {
		flight = has_key ? calloc(1, sizeof *flight) : NULL;
		if (!flight)
			return false;
		if (pthread_setspecific(key, flight)) {
			free(flight);
			return false;
		}
	}
	*flight = (struct flight){mark, span, otel_span_attach(span)};
	return true;
}

void flight_end(void)
{
	struct flight *flight = own();

	if (!flight || !flight->mark)
		return;
	flight->mark = NULL;
	otel_detach(flight->token);
}
