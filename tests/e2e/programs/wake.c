/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.c - first calls of the API at awkward moments: `constructor` (before main) or `threads` (two at once). Then a
 * span that must arrive.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static int in_constructor;

__attribute__((constructor)) static void early(int argc, char **argv)
{
	in_constructor = argc > 1 && strcmp(argv[1], "constructor") == 0;
	if (in_constructor)
		otel_span_end(otel_span_start(otel_tracer("wake", NULL), "early"));
}

static pthread_barrier_t together;

static void *first_call(void *arg)
{
	pthread_barrier_wait(&together);
	otel_span_end(otel_span_start(otel_tracer("wake", NULL), arg));
	return NULL;
}

int main(void)
{
	if (!in_constructor) {
		pthread_t a, b;
		pthread_barrier_init(&together, NULL, 2);
		pthread_create(&a, NULL, first_call, "a");
		pthread_create(&b, NULL, first_call, "b");
		pthread_join(a, NULL);
		pthread_join(b, NULL);
	}
	otel_span_end(otel_span_start(otel_tracer("wake", NULL), "late"));
	return 0;
}
