/* SPDX-License-Identifier: Apache-2.0
 *
 * program.c - a program instrumented with libotel_api, woken in the way its argument says.
 */
#include <errno.h>
#include <otel/otel.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wake/facts.h"

enum { THREADS = 8 };

struct wake_gate wake_gate;

static pthread_barrier_t barrier;
static atomic_int lost;
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

/* Starts spans until one is recorded; gives up after a minute. */
static bool is_traced_at_last(void)
{
	for (int i = 0; i < 60000; i++) {
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

/* Who wins is held up until all others have lost: if one of them waited, this would never end. */
static void *race(void *arg)
{
	pthread_barrier_wait(&barrier);
	if (!started().id && ++lost == THREADS - 1)
		wake_gate.is_open = true;
	return is_traced_at_last() ? arg : NULL;
}

static void threads(void)
{
	pthread_t ids[THREADS];
	int good = 0;
	void *result;

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&ids[i], NULL, race, &barrier);
	for (int i = 0; i < THREADS; i++) {
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
	while (!wake_gate.is_reached)
		usleep(1000);
	child = fork();
	if (!child) {
		alarm(100);
		wake_gate.is_open = true;
		_exit(!is_traced_at_last());
	}
	waitpid(child, &status, 0);
	wake_gate.is_open = true;
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

	alarm(100);
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
