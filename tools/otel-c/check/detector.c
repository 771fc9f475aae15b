/* SPDX-License-Identifier: Apache-2.0
 *
 * detector.c - detectors: one answer, whatever the platform says.
 */
#include <stdio.h>

#include "tools/otel-c/check/finish.h"
#include "tools/otel-c/check/notes.h"

static void cancel(const struct component *component, struct loop_op *op)
{
	const otel_detector *detector = component->vtable;

	detector->cancel(component->self, (otel_detect_op *)op);
}

void check_detector(struct component *component, unsigned round)
{
	const otel_detector *detector = component->vtable;
	static otel_detect_op op; /* a late answer must find it */
	struct watch call;
	otel_status status;
	char rule[RULE_SIZE];

	loop_begin((enum loop_answer)round);
	watch_init(&call, "detect() of %s", exam_name(component));
	watch_begin(&call);
	status = detector->detect(component->self, &op);
	watch_end(&call);
	watch_judge(&call);
	snprintf(rule, sizeof rule, "%s answers in one way", call.step);
	if (status != OTEL_OK) {
		note(!op.op.finished, rule, "return OTEL_OK when host->detect_finish() was or will be called",
		     "%s answered %d and called host->detect_finish(), too", call.step, (int)status);
		return;
	}
	/* Without cancel() a late answer is ignored, so silence is no fault. */
	if (!detector->cancel && round == LOOP_SILENT && loop_requests())
		return;
	finish_wait(component, &call, &op.op, loop_answer_words((enum loop_answer)round),
		    detector->cancel ? cancel : NULL);
	if (op.op.finished && op.op.result == OTEL_OK) {
		snprintf(rule, sizeof rule, "%s finds something, or says that it does not", call.step);
		note_odd(op.op.attr_count > 0, rule, "finish with OTEL_NOT_FOUND where this is not the platform",
			 "%s finished with OTEL_OK, but without attributes", call.step);
	}
}
