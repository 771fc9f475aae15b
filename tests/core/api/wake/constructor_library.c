/* SPDX-License-Identifier: Apache-2.0
 *
 * constructor_library.c - holds the loader's lock while two threads want the SDK.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <unistd.h>

static void *start_one(void *arg)
{
	otel_span_start(otel_tracer("thread", NULL), "s");
	return arg;
}

__attribute__((constructor)) static void construct(void)
{
	pthread_t thread;

	if (!pthread_create(&thread, NULL, start_one, NULL))
		pthread_detach(thread);
	usleep(50000); /* the thread has won by now, and waits for the loader's lock, which we hold */
	otel_span_start(otel_tracer("constructor", NULL), "s");
}
