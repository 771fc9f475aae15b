/* SPDX-License-Identifier: Apache-2.0
 *
 * loop.c - see loop.h.
 */
#include "tools/otel-c/check/loop.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tools/otel-c/check/exam.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"

#define EVENTS_MAX 64
#define STEPS_MAX  1000 /* a plugin that sets a timer in each timer is not waited for */

/* A reply that is due, or a timer. */
struct otel_http_call {
	bool is_used;
	bool is_silent; /* no answer unless it is cancelled */
	bool is_cancelled;
	uint64_t due; /* made-up milliseconds */
	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void (*fire)(void *arg);
	void *arg;
};

static struct {
	enum loop_answer answer;
	unsigned requests;
	uint64_t now;
	struct otel_http_call events[EVENTS_MAX];
} loop;

const char *loop_answer_words(enum loop_answer answer)
{
	static const char *const words[] = {
		[LOOP_DONE] = "the answer is 200",
		[LOOP_BUSY] = "the answer is 503",
		[LOOP_REFUSED] = "the connection is refused",
		[LOOP_SILENT] = "no answer comes and time is up",
	};

	return words[answer];
}

void loop_begin(enum loop_answer answer)
{
	memset(&loop, 0, sizeof loop);
	loop.answer = answer;
}

unsigned loop_requests(void)
{
	return loop.requests;
}

/* ---- requests and timers ---- */

static struct otel_http_call *event_add(const char *call)
{
	for (size_t i = 0; i < EVENTS_MAX; i++)
		if (!loop.events[i].is_used) {
			loop.events[i] = (struct otel_http_call){.is_used = true, .due = loop.now};
			return &loop.events[i];
		}
	note(false, "work is bounded", "wait for the ends of what you began before you begin more",
	     "%s was called more than %d times without waiting", call, EVENTS_MAX);
	return NULL;
}

static const char *request_complaint(const otel_http_request *r)
{
	if (!r || r->size < offsetof(otel_http_request, auth))
		return "has no size that fits";
	if (!r->method || !*r->method)
		return "has no method";
	if (!r->url || (strncmp(r->url, "http://", 7) != 0 && strncmp(r->url, "https://", 8) != 0))
		return "has an url that begins with neither http:// nor https://";
	if ((r->header_count && !r->headers) || (r->body_len && !r->body))
		return "has a count of headers, or a length of the body, but NULL for them";
	for (size_t i = 0; i < r->header_count; i++)
		if (sample_header_complaint(r->headers[i].name, r->headers[i].value))
			return sample_header_complaint(r->headers[i].name, r->headers[i].value);
	return NULL;
}

otel_status loop_http(otel_setup *setup, const otel_http_request *request,
		      void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call)
{
	const char *wrong = request_complaint(request);
	struct otel_http_call *event;

	(void)setup;
	note(!wrong, "requests are well formed", "fill otel_http_request as plugin.h tells",
	     "the request of host->http() %s", wrong ? wrong : "");
	if (wrong || !on_reply)
		return OTEL_INVALID;
	event = event_add("host->http()");
	if (!event)
		return OTEL_NO_MEMORY;
	loop.requests++;
	event->on_reply = on_reply;
	event->arg = arg;
	event->is_silent = loop.answer == LOOP_SILENT;
	if (call)
		*call = event;
	return OTEL_OK;
}

void loop_http_cancel(otel_http_call *call)
{
	bool is_running = call >= loop.events && call < loop.events + EVENTS_MAX && call->is_used && call->on_reply;

	if (note(is_running, "only running requests are cancelled", "forget the call when its reply has come",
		 "host->http_cancel() got a call that is over"))
		call->is_cancelled = true;
}

otel_status loop_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg)
{
	struct otel_http_call *event = event_add("host->timer()");

	(void)setup;
	if (!event || !fire)
		return OTEL_NO_MEMORY;
	event->due += delay_ms;
	event->fire = fire;
	event->arg = arg;
	return OTEL_OK;
}

/* ---- the loop ---- */

static otel_http_reply reply_of(const struct otel_http_call *event)
{
	static const otel_http_reply replies[] = {
		[LOOP_DONE] = {.error = OTEL_HTTP_OK, .status = 200, .content_type = "application/x-protobuf"},
		[LOOP_BUSY] = {.error = OTEL_HTTP_OK,
			       .status = 503,
			       .content_type = "text/plain",
			       .retry_after = "1",
			       .body = (const uint8_t *)"busy",
			       .body_len = 4},
		[LOOP_REFUSED] = {.error = OTEL_HTTP_REFUSED, .message = "connection refused"},
		[LOOP_SILENT] = {.error = OTEL_HTTP_CANCELLED, .message = "cancelled"},
	};
	otel_http_reply reply = replies[event->is_cancelled ? LOOP_SILENT : loop.answer];

	reply.size = sizeof reply;
	reply.sent = reply.status != 0;
	reply.message = reply.message ? reply.message : "";
	reply.content_type = reply.content_type ? reply.content_type : "";
	reply.retry_after = reply.retry_after ? reply.retry_after : "";
	return reply;
}

/* What is due first; NULL if nothing will ever come. */
static struct otel_http_call *next_event(void)
{
	struct otel_http_call *first = NULL;

	for (size_t i = 0; i < EVENTS_MAX; i++) {
		struct otel_http_call *event = &loop.events[i];

		if (!event->is_used || (event->is_silent && !event->is_cancelled))
			continue;
		if (!first || event->due < first->due)
			first = event;
	}
	return first;
}

static void deliver(struct otel_http_call *event)
{
	const struct otel_http_call copy = *event;
	const otel_http_reply reply = reply_of(event);

	loop.now = copy.due > loop.now ? copy.due : loop.now;
	*event = (struct otel_http_call){.is_used = false};
	if (copy.fire)
		copy.fire(copy.arg);
	else
		copy.on_reply(copy.arg, &reply);
}

void loop_run(const struct loop_op *op)
{
	struct otel_http_call *event;

	for (unsigned i = 0; i < STEPS_MAX && !(op && op->finished) && (event = next_event()) != NULL; i++)
		deliver(event);
}

/* ---- ends ---- */

/* false: it was finished before. */
static bool finish(struct loop_op *op, const char *name, int result, const char *message)
{
	char rule[RULE_SIZE];

	exam_hush(name, message);
	if (!op) {
		note(false, "ops are those that were given", "pass on the op of the call",
		     "host->%s got NULL for its op", name);
		return false;
	}
	op->name = name;
	snprintf(rule, sizeof rule, "%s is called once", name);
	if (op->finished++)
		return note(false, rule, "set the op aside when it is finished", "host->%s was called twice for one op",
			    name);
	op->result = result;
	return true;
}

void loop_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			const char *message)
{
	(void)retry_after_ms;
	if (!finish(op ? &op->op : NULL, "export_finish()", (int)result, message))
		return;
	op->op.rejected = rejected;
	note(result <= OTEL_EXPORT_TOO_LARGE && result != OTEL_EXPORT_PENDING, "results of exports are final",
	     "finish with OTEL_EXPORT_DONE, RETRY, DROP, UNKNOWN or TOO_LARGE",
	     "host->export_finish() got the result %d", (int)result);
}

void loop_detect_finish(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
			const char *schema_url, const char *message)
{
	if (!finish(op ? &op->op : NULL, "detect_finish()", (int)status, message))
		return;
	op->op.attr_count = count;
	sample_judge_attrs("detect_finish()", attrs, count);
	note(!schema_url || strncmp(schema_url, "http", 4) == 0, "schema URLs are URLs",
	     "give the URL of a schema, or NULL", "host->detect_finish() got the schema URL \"%.80s\"",
	     schema_url ? schema_url : "");
}

void loop_auth_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message)
{
	if (finish(op ? &op->op : NULL, "auth_finish()", (int)status, message))
		op->op.valid_ms = valid_ms;
}
