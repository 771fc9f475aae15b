/* SPDX-License-Identifier: Apache-2.0
 *
 * program.c - a program instrumented with libotel_api, woken in the way its argument says.
 */
#include <errno.h>
#include <otel/otel.h>
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wake/facts.h"

static pthread_barrier_t barrier;
static uint64_t from_constructor;

__attribute__((constructor)) static void construct(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "constructor"))
		from_constructor = otel_span_start(otel_tracer("early", NULL), "constructor").id;
}

static otel_span started(void)
{
	return otel_span_start(otel_tracer("t", NULL), "s");
}

/* Starts spans until one is recorded; gives up after five seconds. */
static bool is_traced_at_last(void)
{
	for (int i = 0; i < 5000; i++) {
		if (started().id)
			return true;
		usleep(1000);
	}
	return false;
}

static void once(void)
{
	uint64_t id;

	errno = 42;
	id = started().id;
	printf("errno=%d traced=%d\n", errno, id != 0);
}

static void *race(void *arg)
{
	struct timespec before, after;
	otel_span span;

	pthread_barrier_wait(&barrier);
	clock_gettime(CLOCK_MONOTONIC, &before);
	span = started();
	clock_gettime(CLOCK_MONOTONIC, &after);
	if (!span.id && (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 >= 90)
		return NULL; /* lost, and yet waited */
	return is_traced_at_last() ? arg : NULL;
}

static void threads(void)
{
	pthread_t ids[8];
	int good = 0;
	void *result;

	pthread_barrier_init(&barrier, NULL, 8);
	for (int i = 0; i < 8; i++)
		pthread_create(&ids[i], NULL, race, &barrier);
	for (int i = 0; i < 8; i++) {
		pthread_join(ids[i], &result);
		good += result != NULL;
	}
	printf("good=%d\n", good);
}

/* The library's constructor starts a span while a thread of its own, which it does not wait for, does so too. */
static void loader(const char *folder)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/libwake_constructor.so", folder);
	if (!dlopen(path, RTLD_NOW))
		printf("%s\n", dlerror());
	printf("traced=%d\n", is_traced_at_last());
}

static void *wake_up(void *arg)
{
	started();
	return arg;
}

/* While another thread wakes the SDK, for longer than a fork waits. */
static void in_a_child(void)
{
	pthread_t thread;
	int status = 1;
	pid_t child;

	pthread_create(&thread, NULL, wake_up, NULL);
	usleep(50000);
	child = fork();
	if (!child) {
		alarm(20);
		_exit(!is_traced_at_last());
	}
	waitpid(child, &status, 0);
	pthread_join(thread, NULL);
	printf("child=%d\n", status == 0);
}

static void before_the_sdk(void)
{
	bool first = started().id != 0;

	printf("first=%d later=%d\n", first, is_traced_at_last());
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "once";

	alarm(20);
	if (!strcmp(mode, "once"))
		once();
	else if (!strcmp(mode, "threads"))
		threads();
	else if (!strcmp(mode, "constructor"))
		printf("traced=%d\n", from_constructor != 0);
	else if (!strcmp(mode, "loader"))
		loader(argv[2]);
	else if (!strcmp(mode, "fork"))
		in_a_child();
	else if (!strcmp(mode, "busy"))
		before_the_sdk();
	facts_print();
	return 3;
}
