/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler.c - samplers: legal decisions for every sort of span, and a description.
 */
#include <stdio.h>
#include <string.h>

#include <otel/context.h>

#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/watch.h"

#define TRACES 256

/* A sort of span to be decided about. */
struct sort {
	const char *name;
	const otel_span_context *parent;
	const char *tracestate;
};

static const otel_span_context sampled = {.trace_id = {1}, .span_id = {1}, .trace_flags = 1, .is_remote = 1};
static const otel_span_context unsampled = {.trace_id = {1}, .span_id = {1}, .trace_flags = 0, .is_remote = 1};

static const struct sort sorts[] = {
	{"a root span", NULL, ""},
	{"a span below one that is sampled", &sampled, "vendor=1,ot=th:8"},
	{"a span below one that is not", &unsampled, ""},
};

static bool decide_all(const struct component *c, const struct sort *sort, struct watch *call)
{
	static const otel_link link = {.span_context = {.trace_id = {2}, .span_id = {2}}};
	const otel_attr attr = {
		.key = "url.path", .key_len = 8, .value.str = "/", .count = 1, .type = OTEL_ATTR_STRING};
	const otel_sampler *sampler = c->vtable;
	bool is_good = true;

	for (unsigned i = 0; i < TRACES; i++) {
		uint64_t id[2] = {exam_host()->random(), exam_host()->random()};
		const otel_sampling sampling = {.size = sizeof sampling,
						.parent = sort->parent,
						.parent_tracestate = sort->tracestate,
						.trace_id = sort->parent ? sort->parent->trace_id : (const uint8_t *)id,
						.name = "check",
						.name_len = 5,
						.kind = OTEL_KIND_SERVER,
						.attrs = i % 2 ? &attr : NULL,
						.attr_count = i % 2,
						.links = i % 4 > 1 ? &link : NULL,
						.link_count = i % 4 > 1};
		watch_begin(call);
		is_good &= (unsigned)sampler->decide(c->self, &sampling) <= OTEL_RECORD_AND_SAMPLE;
		watch_end(call);
	}
	return is_good;
}

static void check_description(const struct component *c)
{
	const otel_sampler *sampler = c->vtable;
	const char *text;
	char rule[RULE_SIZE];

	if (sampler->component.size < sizeof *sampler || !sampler->description)
		return;
	notes_step("description() of %s", exam_name(c));
	text = sampler->description(c->self);
	exam_hush("description()", text);
	snprintf(rule, sizeof rule, "%s describes itself", exam_name(c));
	note(text && *text && !strchr(text, '\n'), rule, "return one line, or leave description NULL",
	     "description() of %s is %s", exam_name(c), text && *text ? "more than one line" : "empty");
}

void check_sampler(struct component *component, unsigned round)
{
	otel_context *context = otel_context_with_span_context(NULL, &sampled, "vendor=1");
	char rule[RULE_SIZE];

	(void)round;
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
		struct watch call;
		bool is_good;

		watch_init(&call, "decide() of %s about %s", exam_name(component), sorts[i].name);
		call.keeps_errno = true;
		exam.parent = sorts[i].parent ? context : NULL;
		exam.phase = PHASE_DECIDE;
		is_good = decide_all(component, &sorts[i], &call);
		exam.phase = PHASE_RUN;
		watch_judge(&call);
		snprintf(rule, sizeof rule, "%s is a decision", call.step);
		note(is_good, rule, "answer OTEL_DROP, OTEL_RECORD_ONLY or OTEL_RECORD_AND_SAMPLE",
		     "%s was none of otel_decision", call.step);
	}
	check_description(component);
	otel_context_unref(context);
}
