/* SPDX-License-Identifier: Apache-2.0
 *
 * sharing.c - does what changes the current span, and says after each step what a profiler must see: "PID TID IDS STEP"
 * on stdout; goes on when a line comes in on stdin. With "turn": says "PID IDS IDS", and is current on both in turn.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static struct otel_tracer *tracer;

static void print_ids(const otel_span_context *sc)
{
	for (int i = 0; i < 16; i++)
		printf("%02x", sc->trace_id[i]);
	putchar('-');
	for (int i = 0; i < 8; i++)
		printf("%02x", sc->span_id[i]);
	printf("-%02x", sc->trace_flags);
}

/* The next line of stdin, by one byte at a time: a child reads on where its parent stopped. */
static void wait_for_line(void)
{
	char c;

	while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
		;
}

static void expect_context(const char *step, const otel_span_context *sc)
{
	printf("%d %d ", (int)getpid(), (int)gettid());
	if (sc)
		print_ids(sc);
	else
		printf("none");
	printf(" %s\n", step);
	fflush(stdout);
	wait_for_line();
}

static void expect(const char *step, otel_span span)
{
	const otel_span_context sc = otel_span_context_get(span);

	expect_context(step, otel_span_context_is_valid(&sc) ? &sc : NULL);
}

static const otel_span nothing;

/* ---- one thread ---- */

static void nested(void)
{
	otel_span outer = otel_span_start(tracer, "outer"), inner;
	otel_token token, again;

	expect("nothing attached", nothing);
	token = otel_span_attach(outer);
	expect("attached", outer);
	inner = otel_span_start(tracer, "inner");
	again = otel_span_attach(inner);
	expect("nested", inner);
	otel_detach(again);
	expect("detached to the outer one", outer);
	otel_span_end(inner);
	{
		OTEL_SPAN(scope, tracer, "scope");
		expect("in a scope", scope);
	}
	expect("after the scope", outer);
	otel_detach(token);
	otel_span_end(outer);
	expect("detached", nothing);
}

static void contexts(void)
{
	otel_span span = otel_span_start(tracer, "captured");
	otel_context *context = otel_context_with_span(NULL, span), *remote;
	otel_span_context sc = {.trace_id = {0xaa, 1}, .span_id = {0xbb, 2}, .trace_flags = 1, .is_remote = 1};
	otel_token token = otel_context_attach(context), again;

	expect("context attached", span);
	remote = otel_context_with_span_context(NULL, &sc, NULL);
	again = otel_context_attach(remote);
	expect_context("remote context attached", &sc);
	otel_context_attach(NULL);
	expect("root context attached", nothing);
	otel_detach(again);
	expect("remote context detached", span);
	otel_detach(token);
	otel_context_unref(remote);
	otel_context_unref(context);
	otel_span_end(span);
	expect("contexts detached", nothing);
}

/* ---- threads ---- */

static void *work(void *arg)
{
	(void)arg;
	expect("thread began with its creator's", otel_span_current());
	{
		OTEL_SPAN(own, tracer, "work");
		expect("thread's own span", own);
	}
	return NULL;
}

static void threads(void)
{
	OTEL_SPAN(span, tracer, "creator");
	pthread_t thread;

	if (otel_thread_create(&thread, NULL, work, NULL))
		abort();
	pthread_join(thread, NULL);
	expect("beside a thread that has ended", span);
}

/* ---- coroutines ---- */

static ucontext_t scheduler, coroutine;
static char stack[256 * 1024];

static void run_coroutine(void)
{
	OTEL_SPAN(span, tracer, "coroutine");
	expect("in the coroutine", span);
	swapcontext(&coroutine, &scheduler);
	expect("in the coroutine again", span);
}

static void resume(otel_execution *execution)
{
	otel_execution *before = otel_execution_switch(execution);

	swapcontext(&scheduler, &coroutine);
	otel_execution_switch(before);
}

static void coroutines(void)
{
	OTEL_SPAN(span, tracer, "scheduler");
	otel_execution *execution = otel_execution_create(NULL);

	getcontext(&coroutine);
	coroutine.uc_stack.ss_sp = stack;
	coroutine.uc_stack.ss_size = sizeof stack;
	coroutine.uc_link = &scheduler;
	makecontext(&coroutine, run_coroutine, 0);
	resume(execution);
	expect("between turns of the coroutine", span);
	resume(execution);
	otel_execution_destroy(execution);
	expect("after the coroutine", span);
}

/* ---- processes ---- */

static void forks(void)
{
	OTEL_SPAN(span, tracer, "parent");
	fflush(stdout);
	const pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
		expect("forked child", span);
		{
			OTEL_SPAN(own, tracer, "child");
			expect("child's own span", own);
		}
		_exit(0);
	}
	waitpid(child, NULL, 0);
	expect("parent of a fork", span);
}

/* Attaches and detaches two spans until it is killed, having said which: to be stopped at any instruction. */
static void turn_for_ever(void)
{
	const otel_span a = otel_span_start(tracer, "a"), b = otel_span_start(tracer, "b");
	const otel_span both[] = {a, b};

	alarm(60);
	printf("%d ", (int)getpid());
	for (int i = 0; i < 2; i++) {
		const otel_span_context sc = otel_span_context_get(both[i]);
		print_ids(&sc);
		putchar(i ? '\n' : ' ');
	}
	fflush(stdout);
	for (;;) {
		const otel_token outer = otel_span_attach(a), inner = otel_span_attach(b);
		otel_detach(inner);
		otel_detach(outer);
	}
}

int main(int argc, char **argv)
{
	tracer = otel_tracer("sharing", "1");
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
	if (argc > 1 && strcmp(argv[1], "turn") == 0)
		turn_for_ever();
	nested();
	contexts();
	threads();
	coroutines();
	forks();
	return 0;
}
