/* SPDX-License-Identifier: Apache-2.0
 *
 * ucontext.c - two requests as coroutines on one thread: each keeps its own current span while they take turns.
 *
 *     OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console coroutines_ucontext
 */
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#define STACK_SIZE (64 * 1024)
#define REQUESTS   2

/* ---- what a coroutine library does: a stack and an execution for each, switched together ---- */

struct coroutine {
	ucontext_t stack;
	otel_execution *execution;
	void *memory;
	int number;
	int done;
};

static ucontext_t scheduler;
static struct coroutine coroutines[REQUESTS];
static struct coroutine *running;

static void yield(void)
{
	swapcontext(&running->stack, &scheduler);
}

static void resume(struct coroutine *c)
{
	otel_execution *before = otel_execution_switch(c->execution);

	running = c;
	swapcontext(&scheduler, &c->stack);
	otel_execution_switch(before);
}

/* ---- what its user writes: as if there were threads ---- */

static void step(const char *name)
{
	OTEL_SPAN(span, otel_tracer("coroutines", "1.0"), name);
	yield();
	otel_span_set_int(span, "request", running->number);
}

static void handle(void)
{
	struct coroutine *self = running;
	{
		OTEL_SPAN(span, otel_tracer("coroutines", "1.0"), "request");
		otel_span_set_int(span, "request", self->number);
		step("read");
		step("answer");
	}
	self->done = 1;
	yield();
}

static int create(struct coroutine *c, int number)
{
	c->number = number;
	c->memory = malloc(STACK_SIZE);
	c->execution = otel_execution_create(NULL);
	if (!c->memory || getcontext(&c->stack))
		return -1;
	c->stack.uc_stack.ss_sp = c->memory;
	c->stack.uc_stack.ss_size = STACK_SIZE;
	c->stack.uc_link = &scheduler;
	makecontext(&c->stack, handle, 0);
	return 0;
}

int main(void)
{
	int left = REQUESTS;

	for (int i = 0; i < REQUESTS; i++)
		if (create(&coroutines[i], i + 1))
			return 1;
	while (left) {
		left = 0;
		for (int i = 0; i < REQUESTS; i++) {
			if (coroutines[i].done)
				continue;
			resume(&coroutines[i]);
			left += !coroutines[i].done;
		}
	}
	for (int i = 0; i < REQUESTS; i++) {
		otel_execution_destroy(coroutines[i].execution);
		free(coroutines[i].memory);
	}
	puts("done");
	return 0;
}
