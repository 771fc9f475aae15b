/* SPDX-License-Identifier: Apache-2.0
 *
 * exporter.c - exporters: one result for each batch, and the right one.
 */
#include <sched.h>
#include <stdio.h>

#include "tools/otel-c/check/finish.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"

#define SIGNALS (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

static void say(const struct watch *call, bool is_good, const char *what, const char *cure, const char *found,
		const char *words)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s %s", call->step, what);
	note(is_good, rule, cure, "%s %s, when %s", call->step, found, words);
}

static void cancel(const struct component *component, struct loop_op *op)
{
	const otel_exporter *exporter = component->vtable;

	exporter->cancel(component->self, (otel_export_op *)op);
}

/* What the end of an export should be, as far as the backend's answer tells. */
static void judge_result(const struct watch *call, int result, enum loop_answer answer)
{
	const char *words = loop_answer_words(answer);

	if (!loop_requests())
		return; /* it goes elsewhere */
	if (answer == LOOP_BUSY || answer == LOOP_REFUSED)
		say(call, result != OTEL_EXPORT_DONE, "knows failure",
		    "answer OTEL_EXPORT_RETRY, or OTEL_EXPORT_DROP for good",
		    "ended as OTEL_EXPORT_DONE: what was not taken is lost", words);
	if (answer == LOOP_BUSY || answer == LOOP_REFUSED)
		say(call, result != OTEL_EXPORT_DROP, "keeps what may be taken later", "answer OTEL_EXPORT_RETRY",
		    "ended as OTEL_EXPORT_DROP, though the backend may take it later", words);
}

static void finish(struct component *component, struct watch *call, otel_export_op *op, otel_export_result result,
		   enum loop_answer answer)
{
	const otel_exporter *exporter = component->vtable;
	const char *words = loop_answer_words(answer);

	say(call, (unsigned)result <= OTEL_EXPORT_TOO_LARGE, "answers an otel_export_result",
	    "return one of its values", "answered something that is none", words);
	if (result != OTEL_EXPORT_PENDING) {
		loop_run(NULL);
		say(call, !op->op.finished, "ends in one way",
		    "answer OTEL_EXPORT_PENDING if host->export_finish() was or will be called",
		    "answered a result and called host->export_finish(), too", words);
		judge_result(call, (int)result, answer);
		return;
	}
	say(call, !(exporter->flags & OTEL_EXPORTER_BLOCKING), "ends when it returns, since it may block",
	    "return the result, or leave out OTEL_EXPORTER_BLOCKING", "answered OTEL_EXPORT_PENDING", words);
	say(call, exporter->cancel != NULL, "can be cancelled", "define cancel()",
	    "answered OTEL_EXPORT_PENDING without cancel()", words);
	if (!finish_wait(component, call, &op->op, words, exporter->cancel ? cancel : NULL))
		return;
	say(call, op->op.rejected <= 1, "rejects no more than it got", "count items", "rejected more items than it got",
	    words);
	judge_result(call, op->op.result, answer);
}

static void export_one(struct component *component, otel_signal signal, enum loop_answer answer)
{
	const otel_exporter *exporter = component->vtable;
	const struct sample sample = sample_request(signal);
	const otel_batch batch = {
		.size = sizeof batch, .signal = signal, .items = 1, .data = sample.data, .len = sample.len};
	static otel_export_op ops[8]; /* a late end must find its op */
	struct watch call;
	otel_export_result result;

	loop_begin(answer);
	watch_init(&call, "export_batch() of %s", exam_name(component));
	call.before.may_print = true; /* a console */
	watch_begin(&call);
	result = exporter->export_batch(component->self, &batch, &ops[signal]);
	watch_end(&call);
	if (exporter->flags & OTEL_EXPORTER_BLOCKING)
		guest_compare(&call.before, call.step);
	else
		watch_judge(&call);
	finish(component, &call, &ops[signal], result, answer);
}

/* What may block may send, and nothing is to be sent. */
static bool isolate(const struct component *component)
{
	if (unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
		return true;
	return note_odd(false, "blocking exporters run without a network", "run the check as root",
			"%s was not tried: it may send for itself, and this user cannot keep it from the network",
			exam_name(component));
}

void check_exporter(struct component *component, unsigned round)
{
	const otel_exporter *exporter = component->vtable;
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s says what it takes", exam_name(component));
	if (!note(exporter->signals && !(exporter->signals & ~(unsigned)SIGNALS), rule, "set bits of otel_signal",
		  "%s has the signals 0x%x", exam_name(component), exporter->signals) ||
	    !note(!(exporter->flags & ~(OTEL_EXPORTER_BLOCKING | OTEL_EXPORTER_PER_SIGNAL)), rule,
		  "set flags of OTEL_EXPORTER_*", "%s has the flags 0x%x", exam_name(component), exporter->flags))
		return;
	if (exporter->flags & OTEL_EXPORTER_BLOCKING && !isolate(component))
		return;
	for (unsigned signal = OTEL_SIGNAL_TRACES; signal <= OTEL_SIGNAL_LOGS; signal <<= 1)
		if (exporter->signals & signal)
			export_one(component, (otel_signal)signal, (enum loop_answer)round);
}
