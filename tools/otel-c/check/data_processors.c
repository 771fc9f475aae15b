/* SPDX-License-Identifier: Apache-2.0
 *
 * data_processors.c - what changes or makes telemetry as bytes: processors of logs and batches, producers of metrics.
 */
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/loop.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"
#include "tools/otel-c/check/watch.h"
#include "tools/otel-c/command.h"

#define CALLS   3
#define SIGNALS (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

static bool say(const struct watch *call, bool is_good, const char *what, const char *cure, const char *found)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s %s", call->step, what);
	return note(is_good, rule, cure, "%s %s", call->step, found);
}

/* ---- logs ---- */

void check_log_processor(struct component *component, unsigned round)
{
	const otel_log_processor *processor = component->vtable;
	const struct sample log = sample_log(), scope = sample_scope();
	otel_log_data data = {.size = sizeof data};
	otel_edit edit = OTEL_EDIT_KEEP;
	struct watch call;

	(void)round;
	loop_begin(LOOP_REFUSED);
	watch_init(&call, "on_emit() of %s", exam_name(component));
	for (int i = 0; i < CALLS; i++) {
		data = (otel_log_data){sizeof data, log.data, log.len, scope.data, scope.len};
		watch_begin(&call);
		edit = processor->on_emit(component->self, &data);
		watch_end(&call);
	}
	watch_judge(&call);
	say(&call, (unsigned)edit <= OTEL_EDIT_REPLACE, "answers an otel_edit", "return one of otel_edit",
	    "answered none of otel_edit");
	if (edit == OTEL_EDIT_REPLACE && say(&call, data.data && data.data != log.data, "replaces by something else",
					     "let log->data point to your copy, or answer OTEL_EDIT_KEEP",
					     "answered OTEL_EDIT_REPLACE, but left the record as it was"))
		sample_judge("what on_emit() put in place of the record", data.data, data.len);
	if (!processor->flush)
		return;
	watch_init(&call, "flush() of %s", exam_name(component));
	(void)processor->flush(component->self, 1000);
	guest_compare(&call.before, call.step);
}

/* ---- batches ---- */

static void process_one(struct component *component, otel_signal signal)
{
	const otel_batch_processor *processor = component->vtable;
	const struct sample sample = sample_request(signal);
	const otel_batch batch = {
		.size = sizeof batch, .signal = signal, .items = 1, .data = sample.data, .len = sample.len};
	otel_verdict verdict = OTEL_BATCH_KEEP;
	struct watch call;
	char edit; /* stands for the opaque one */

	watch_init(&call, "process() of %s", exam_name(component));
	exam.phase = PHASE_PROCESS;
	for (int i = 0; i < CALLS; i++) {
		exam.replaced = 0;
		watch_begin(&call);
		verdict = processor->process(component->self, &batch, (otel_batch_edit *)&edit);
		watch_end(&call);
	}
	exam.phase = PHASE_RUN;
	watch_judge(&call);
	say(&call, (unsigned)verdict <= OTEL_BATCH_REPLACE, "answers an otel_verdict", "return one of otel_verdict",
	    "answered none of otel_verdict");
	say(&call, (verdict == OTEL_BATCH_REPLACE) == (exam.replaced > 0),
	    "answers OTEL_BATCH_REPLACE when it replaced",
	    "call host->batch_replace() and answer OTEL_BATCH_REPLACE, or do neither",
	    exam.replaced ? "called host->batch_replace(), but did not answer OTEL_BATCH_REPLACE"
			  : "answered OTEL_BATCH_REPLACE without a call of host->batch_replace()");
	say(&call, exam.replaced <= 1, "replaces once", "put everything into one request",
	    "called host->batch_replace() twice");
}

void check_batch_processor(struct component *component, unsigned round)
{
	const otel_batch_processor *processor = component->vtable;
	char rule[RULE_SIZE];

	(void)round;
	loop_begin(LOOP_REFUSED);
	snprintf(rule, sizeof rule, "%s says what it wants to see", exam_name(component));
	if (!note(processor->signals && !(processor->signals & ~(unsigned)SIGNALS), rule, "set bits of otel_signal",
		  "%s has the signals 0x%x", exam_name(component), processor->signals))
		return;
	for (unsigned signal = OTEL_SIGNAL_TRACES; signal <= OTEL_SIGNAL_LOGS; signal <<= 1)
		if (processor->signals & signal)
			process_one(component, (otel_signal)signal);
}

/* ---- metrics ---- */

static void put(void *arg, const uint8_t *scope_metrics, size_t len)
{
	(*(unsigned *)arg)++;
	sample_judge("what produce() put", scope_metrics, len);
}

void check_producer(struct component *component, unsigned round)
{
	const otel_metric_producer *producer = component->vtable;
	otel_status status = OTEL_OK;
	unsigned count = 0;
	struct watch call;

	(void)round;
	loop_begin(LOOP_REFUSED);
	watch_init(&call, "produce() of %s", exam_name(component));
	for (int i = 0; i < CALLS; i++) {
		watch_begin(&call);
		status = producer->produce(component->self, put, &count);
		watch_end(&call);
	}
	watch_judge(&call);
	say(&call, (unsigned)status <= OTEL_MISMATCH, "answers an otel_status", "return one of otel_status",
	    "answered no otel_status");
	note_odd(count > 0 || status != OTEL_OK, "metric producers produce", "call put()", "%s put nothing", call.step);
}

/* ---- commands ---- */

/* Not run: a command may do anything. */
void check_command(struct component *component, unsigned round)
{
	const otel_command *command = component->vtable;

	(void)round;
	note(!command_find(component->name) && strcmp(component->name, "help") != 0,
	     "no command hides behind otel-c's own", "choose another name",
	     "otel-c itself has the command \"%s\", which comes first", component->name);
	note(*command->summary && !strchr(command->summary, '\n'), "commands have a summary of one line",
	     "write what it does in a few words", "the summary of %s is %s", exam_name(component),
	     *command->summary ? "more than one line" : "empty");
}
