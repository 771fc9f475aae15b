/* SPDX-License-Identifier: Apache-2.0
 *
 * loop.h - what would happen on the pipeline thread while the plugin is at work: answers to its requests, timers, and
 * the ends of what it was asked to do. Time is made up: timers fire in their order, at once.
 */
#ifndef OTEL_TOOLS_CHECK_LOOP_H
#define OTEL_TOOLS_CHECK_LOOP_H

#include <otel/plugin.h>

/* What the network is like. */
enum loop_answer { LOOP_DONE, LOOP_BUSY, LOOP_REFUSED, LOOP_SILENT, LOOP_ANSWERS };

/* "the backend answers 200" … */
const char *loop_answer_words(enum loop_answer answer);

/* Something that is to be finished exactly once: the op of an export, a detection or a preparation. */
struct loop_op {
	const char *name; /* "export_finish()" */
	unsigned finished;
	int result; /* of the first: otel_export_result or otel_status */
	uint32_t rejected;
	size_t attr_count;
	uint32_t valid_ms;
	bool is_over; /* the host does not wait any more */
};

struct otel_export_op {
	struct loop_op op;
};
struct otel_detect_op {
	struct loop_op op;
};
struct otel_auth_op {
	struct loop_op op;
};

void loop_begin(enum loop_answer answer);
/* Delivers answers and fires timers until the op is finished or there is nothing more to do. */
void loop_run(const struct loop_op *op);
/* Requests that were made since loop_begin(). */
unsigned loop_requests(void);

/* Services of the host. */
otel_status loop_http(otel_setup *setup, const otel_http_request *request,
		      void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call);
void loop_http_cancel(otel_http_call *call);
otel_status loop_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg);
void loop_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			const char *message);
void loop_detect_finish(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
			const char *schema_url, const char *message);
void loop_auth_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message);

#endif
