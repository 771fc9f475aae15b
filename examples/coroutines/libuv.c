/* SPDX-License-Identifier: Apache-2.0
 *
 * libuv.c - an event loop: two requests wait for timers and for work on other threads, and each callback finds its
 * request's span current.
 *
 *     OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console coroutines_libuv
 */
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

struct request {
	uv_timer_t timer;
	uv_work_t work;
	otel_callback next; /* what comes when libuv calls, in the context of the request */
	otel_span span;
	int number;
};

/* ---- the three steps of a request; in each its span is current ---- */

static void finish(void *arg)
{
	struct request *r = arg;

	otel_span_add_event(r->span, "finished");
	otel_span_end(r->span);
}

static void compute(void *arg)
{
	struct request *r = arg;
	OTEL_SPAN(span, otel_tracer("coroutines", "1.0"), "compute");

	otel_span_set_int(span, "request", r->number);
}

static void read_body(void *arg)
{
	struct request *r = arg;
	OTEL_SPAN(span, otel_tracer("coroutines", "1.0"), "read");

	otel_span_set_int(span, "request", r->number);
}

/* ---- from libuv's callbacks to ours ---- */

static void then(struct request *r, void (*step)(void *arg))
{
	r->next.fn = step;
	r->next.arg = r;
}

static void after_work(uv_work_t *work, int status)
{
	struct request *r = work->data;

	(void)status;
	then(r, finish);
	otel_callback_run(&r->next);
	otel_callback_fini(&r->next);
}

static void on_work(uv_work_t *work)
{
	struct request *r = work->data;

	otel_callback_run(&r->next);
}

static void on_timer(uv_timer_t *timer)
{
	struct request *r = timer->data;

	otel_callback_run(&r->next);
	then(r, compute);
	uv_queue_work(timer->loop, &r->work, on_work, after_work);
	uv_close((uv_handle_t *)timer, NULL);
}

static void begin(uv_loop_t *loop, struct request *r, int number)
{
	OTEL_SPAN(span, otel_tracer("coroutines", "1.0"), "request");

	r->number = number;
	r->span = otel_span_detach(span);
	otel_span_set_int(r->span, "request", number);
	r->next = otel_callback_make(read_body, r); /* the request's span is current here */
	r->timer.data = r->work.data = r;
	uv_timer_init(loop, &r->timer);
	uv_timer_start(&r->timer, on_timer, (uint64_t)(5 * number), 0);
}

int main(void)
{
	static struct request requests[2];
	uv_loop_t *loop = uv_default_loop();

	for (int i = 0; i < 2; i++)
		begin(loop, &requests[i], i + 1);
	uv_run(loop, UV_RUN_DEFAULT);
	uv_loop_close(loop);
	puts("done");
	return 0;
}
