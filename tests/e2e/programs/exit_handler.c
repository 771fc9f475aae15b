/* SPDX-License-Identifier: Apache-2.0
 *
 * exit_handler.c - a host whose signal handler calls exit() on top of whatever its thread is doing, after so many
 * microseconds; also inside ours, with any lock of ours held. Not inside malloc(), though: no exit survives that, for
 * other libraries' exit handlers free memory.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

static __thread volatile int in_malloc __attribute__((tls_model("initial-exec")));

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

#define ALLOCATOR(parameters, name, call)                                                                              \
	__attribute__((visibility("default"))) void *name parameters                                                   \
	{                                                                                                              \
		in_malloc++;                                                                                           \
		void *result = call;                                                                                   \
		in_malloc--;                                                                                           \
		return result;                                                                                         \
	}

ALLOCATOR((size_t size), malloc, __libc_malloc(size))
ALLOCATOR((size_t count, size_t size), calloc, __libc_calloc(count, size))
ALLOCATOR((void *memory, size_t size), realloc, __libc_realloc(memory, size))
ALLOCATOR((size_t alignment, size_t size), aligned_alloc, __libc_memalign(alignment, size))

__attribute__((visibility("default"))) void free(void *memory)
{
	in_malloc++;
	__libc_free(memory);
	in_malloc--;
}

static void set_alarm(long microseconds)
{
	const struct itimerval once = {.it_value = {0, microseconds}};

	setitimer(ITIMER_REAL, &once, NULL);
}

static void on_alarm(int number)
{
	(void)number;
	if (in_malloc)
		set_alarm(50);
	else
		exit(0);
}

int main(int argc, char **argv)
{
	struct otel_tracer *tracer = otel_tracer("exit_handler", "1");

	if (argc < 2 || otel_sdk_start(NULL) != OTEL_OK)
		return 2;
	signal(SIGALRM, on_alarm);
	set_alarm(atol(argv[1]));
	for (;;) {
		for (int i = 0; i < 10; i++)
			otel_span_end(otel_span_start(tracer, "work"));
		if (otel_sdk_flush(0) == OTEL_INVALID)
			return 1;
	}
}
