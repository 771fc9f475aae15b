/* SPDX-License-Identifier: Apache-2.0
 *
 * authenticator.c - authenticators: credentials are prepared, and then requests are signed without waiting or asking.
 */
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/check/finish.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"

#define CALLS 3

struct signed_headers {
	unsigned count;
	const char *complaint;
};

static void add_header(void *arg, const char *name, const char *value)
{
	struct signed_headers *headers = arg;

	headers->count++;
	headers->complaint = headers->complaint ? headers->complaint : sample_header_complaint(name, value);
}

static void judge_signature(const struct watch *call, const struct signed_headers *headers, otel_status status)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s succeeds when it is ready", call->step);
	note(status == OTEL_OK, rule, "fail in prepare(), before the host believes that it is ready",
	     "%s answered %d, though prepare() had succeeded", call->step, (int)status);
	snprintf(rule, sizeof rule, "%s adds legal headers", call->step);
	note(!headers->complaint, rule, "encode what HTTP forbids", "%s %s", call->step,
	     headers->complaint ? headers->complaint : "");
	snprintf(rule, sizeof rule, "%s adds something", call->step);
	note_odd(headers->count > 0 || status != OTEL_OK, rule, "call add_header()", "%s added no header", call->step);
}

static void sign(const struct component *component)
{
	static const otel_header plain[] = {{"content-type", "application/x-protobuf"}};
	const otel_authenticator *authenticator = component->vtable;
	const struct sample body = sample_request(OTEL_SIGNAL_TRACES);
	const otel_http_request request = {.size = sizeof request,
					   .method = "POST",
					   .url = "https://otlp.example.com/v1/traces",
					   .headers = plain,
					   .header_count = 1,
					   .body = body.data,
					   .body_len = body.len,
					   .auth = component->name};
	const struct sample shown = sample_of(&request, sizeof request); /* is not to be written to */
	struct signed_headers headers = {.count = 0};
	otel_status status = OTEL_OK;
	struct watch call;

	watch_init(&call, "sign() of %s", exam_name(component));
	exam.phase = PHASE_SIGN;
	for (int i = 0; i < CALLS; i++) {
		watch_begin(&call);
		status = authenticator->sign(component->self, (const otel_http_request *)(const void *)shown.data,
					     add_header, &headers);
		watch_end(&call);
	}
	exam.phase = PHASE_RUN;
	watch_judge(&call);
	judge_signature(&call, &headers, status);
}

/* true: it is ready. */
static bool prepare(const struct component *component, bool rejected, enum loop_answer answer)
{
	static otel_auth_op ops[2]; /* a late end must find its op */
	const otel_authenticator *authenticator = component->vtable;
	otel_auth_op *op = &ops[rejected];
	otel_status status;
	struct watch call;
	char rule[RULE_SIZE];

	if (!authenticator->prepare)
		return true;
	loop_begin(answer);
	watch_init(&call, "prepare() of %s", exam_name(component));
	watch_begin(&call);
	status = authenticator->prepare(component->self, op, rejected);
	watch_end(&call);
	watch_judge(&call);
	if (status != OTEL_OK) {
		snprintf(rule, sizeof rule, "%s answers in one way", call.step);
		note(!op->op.finished, rule, "return OTEL_OK when host->auth_finish() was or will be called",
		     "%s answered %d and called host->auth_finish(), too", call.step, (int)status);
		return false;
	}
	if (answer == LOOP_SILENT && loop_requests())
		return false; /* the host's request would have come to an end of its own */
	return finish_wait(component, &call, &op->op, loop_answer_words(answer), NULL) && op->op.result == OTEL_OK;
}

static void check_wants(const struct component *component)
{
	const otel_authenticator *authenticator = component->vtable;
	struct watch call;

	if (!authenticator->wants)
		return;
	watch_init(&call, "wants() of %s", exam_name(component));
	for (int i = 0; i < CALLS; i++) {
		watch_begin(&call);
		(void)authenticator->wants(component->self, i ? "https://otlp.example.com/v1/traces" : "");
		watch_end(&call);
	}
	watch_judge(&call);
}

void check_authenticator(struct component *component, unsigned round)
{
	const enum loop_answer answer = (enum loop_answer)round;
	char rule[RULE_SIZE];

	if (round == 0)
		check_wants(component);
	if (prepare(component, false, answer)) {
		sign(component);
		if (round == 0 && prepare(component, true, answer))
			sign(component);
		return;
	}
	snprintf(rule, sizeof rule, "%s gets ready", exam_name(component));
	if (answer == LOOP_DONE)
		note_odd(false, rule, "give it real credentials in the environment to have sign() tried, too",
			 "%s got no credentials from made-up answers, so sign() was not tried", exam_name(component));
}
