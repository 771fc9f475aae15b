/* SPDX-License-Identifier: Apache-2.0
 *
 * finish.c - see finish.h.
 */
#include "tools/otel-c/check/finish.h"

#include <stdio.h>

#include "tools/otel-c/check/notes.h"

static void run_cancel(const struct component *component, struct loop_op *op,
		       void (*cancel)(const struct component *component, struct loop_op *op))
{
	struct watch call;

	watch_init(&call, "cancel() of %s", exam_name(component));
	watch_begin(&call);
	cancel(component, op);
	watch_end(&call);
	watch_judge(&call);
	notes_step("the time after cancel() of %s", exam_name(component));
	loop_run(op);
}

bool finish_wait(const struct component *component, const struct watch *call, struct loop_op *op, const char *words,
		 void (*cancel)(const struct component *component, struct loop_op *op))
{
	char rule[RULE_SIZE];
	bool is_cancelled = false;

	notes_step("the time after %s", call->step);
	loop_run(op);
	if (!op->finished && cancel) {
		run_cancel(component, op, cancel);
		is_cancelled = true;
	}
	snprintf(rule, sizeof rule, "%s is finished once", call->step);
	if (!op->finished)
		return note(false, rule, "call the host's …_finish() in each reply, timer and error",
			    "%s was never finished%s, when %s", call->step,
			    is_cancelled ? ", not even after cancel()" : "", words);
	loop_run(NULL); /* who finishes it twice is noted by that call */
	return op->finished > 1 || note(true, rule, "", " ");
}
