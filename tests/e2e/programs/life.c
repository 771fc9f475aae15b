/* SPDX-License-Identifier: Apache-2.0
 *
 * life.c - a host that does what hosts do to their guests. Prints how many spans should arrive at least and at most.
 *
 *     life clone | vfork | signals | tls | threads | exit | quick_exit | open | elsewhere | stop
 */
#include <errno.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static struct otel_tracer *tracer;

static void make(int n, const char *name)
{
	for (int i = 0; i < n; i++) {
		otel_span span = otel_span_start(tracer, name);
		otel_span_set_int(span, "pid", getpid());
		otel_span_end(span);
	}
}

static int expect(unsigned long least, unsigned long most)
{
	printf("%lu %lu\n", least, most);
	return 0;
}

/* A child of which no atfork handler is told: it must neither repeat ids nor export what its parent has queued. */
static int bare_clone(void)
{
	int status = 1;

	make(100, "before");
	if (otel_sdk_flush(30000) != OTEL_OK)
		return 1;
	make(3, "queued");
	long child = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
	if (!child) {
		make(3, "child");
		_exit(otel_sdk_flush(3000) == OTEL_INVALID);
	}
	make(3, "parent");
	waitpid((pid_t)child, &status, 0);
	return status ? status : expect(106, 109);
}

static int vfork_and_exec(void)
{
	int status = 1;

	for (volatile int i = 0; i < 20; i++) {
		make(1, "before");
		pid_t child = vfork();
		if (!child) {
			execl("/bin/true", "true", (char *)NULL);
			_exit(127);
		}
		waitpid(child, &status, 0);
		if (status)
			return 1;
	}
	return expect(20, 20);
}

/* What no handler should do; it costs spans, and nothing else. */
static otel_span global;
static _Atomic int alarms;

static void on_alarm(int number)
{
	(void)number;
	alarms++;
	otel_span_context_get(global);
	otel_span_is_recording(global);
	otel_span_set_int(global, "in.handler", alarms);
	otel_span_set_str(otel_span_current(), "in.handler", "yes");
	otel_span_end(otel_span_start(tracer, "handler"));
}

static int signals(void)
{
	const struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
	unsigned long made = 1;

	global = otel_span_start(tracer, "global");
	signal(SIGALRM, on_alarm);
	setitimer(ITIMER_REAL, &often, NULL);
	for (; made < 400000 && alarms < 1000; made++) {
		OTEL_SPAN(span, tracer, "work");
		otel_span_set_str(span, "key", "value");
		otel_span_add_event(span, "event");
	}
	setitimer(ITIMER_REAL, &never, NULL);
	otel_span_end(global);
	return expect(1, made + (unsigned long)alarms);
}

static pthread_key_t key;

static void at_thread_exit(void *arg)
{
	otel_span_end(*(otel_span *)arg);
	make(1, "destructor");
}

static void *with_destructor(void *arg)
{
	otel_span *span = arg;

	*span = otel_span_start(tracer, "thread");
	pthread_setspecific(key, span);
	return NULL;
}

static int tls(void)
{
	static otel_span spans[50];
	pthread_t threads[50];

	pthread_key_create(&key, at_thread_exit);
	for (int i = 0; i < 50; i++)
		pthread_create(&threads[i], NULL, with_destructor, &spans[i]);
	for (int i = 0; i < 50; i++)
		pthread_join(threads[i], NULL);
	return expect(100, 100);
}

static void *one_span(void *arg)
{
	make(1, arg);
	otel_span_start(tracer, "never ended");
	return NULL;
}

static int threads(void)
{
	pthread_t at_once[50];

	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < 50; i++)
			pthread_create(&at_once[i], NULL, one_span, "short");
		for (int i = 0; i < 50; i++)
			pthread_join(at_once[i], NULL);
	}
	return expect(5000, 5000);
}

static void *leave(void *arg)
{
	(void)arg;
	usleep(20000);
	exit(0);
}

static int leave_from_a_thread(int quick)
{
	pthread_t thread;

	expect(1, 10000000);
	fflush(stdout);
	if (quick) {
		make(1, "queued");
		quick_exit(0);
	}
	pthread_create(&thread, NULL, leave, NULL);
	for (;;)
		make(1, "work");
}

static int open_many(void)
{
	static otel_span spans[10000];

	for (int i = 0; i < 10000; i++)
		spans[i] = otel_span_start(tracer, "open");
	for (int i = 10000; i-- > 0;)
		otel_span_end(spans[i]);
	return expect(10000, 10000);
}

static void *end_them(void *arg)
{
	otel_span *spans = arg;

	for (int i = 0; i < 1000; i++) {
		otel_span_set_str(spans[i], "ended.by", "another thread");
		otel_span_end(spans[i]);
	}
	return NULL;
}

static int elsewhere(void)
{
	static otel_span spans[1000];
	pthread_t thread;

	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 1000; i++)
			spans[i] = otel_span_start(tracer, "handed over");
		pthread_create(&thread, NULL, end_them, spans);
		for (int i = 0; i < 1000; i++)
			otel_span_set_int(spans[i], "owner", i);
		pthread_join(thread, NULL);
	}
	return expect(5000, 5000);
}

/* Shutdown once; what comes after it is answered and does nothing. */
static int stop(void)
{
	otel_span late = otel_span_start(tracer, "late");

	make(5, "before");
	if (otel_sdk_stop(30000) != OTEL_OK || otel_sdk_stop(5000) != OTEL_FAILED || otel_sdk_flush(1000) != OTEL_FAILED)
		return 1;
	otel_span_end(late);
	otel_span span = otel_span_start(tracer, "after");
	if (otel_span_is_recording(span))
		return 1;
	otel_span_end(span);
	return expect(5, 5);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	static const struct {
		const char *name;
		int (*run)(void);
	} ways[] = {
		{"clone", bare_clone}, {"vfork", vfork_and_exec}, {"signals", signals},     {"tls", tls},
		{"threads", threads},  {"open", open_many},       {"elsewhere", elsewhere}, {"stop", stop},
	};

	if (otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "life: %s\n", otel_last_error()), 1;
	tracer = otel_tracer("life", "1");
	if (!strcmp(how, "exit") || !strcmp(how, "quick_exit"))
		return leave_from_a_thread(how[0] == 'q');
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(ways[i].name, how))
			return ways[i].run();
	return 2;
}
