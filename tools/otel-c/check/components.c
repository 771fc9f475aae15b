/* SPDX-License-Identifier: Apache-2.0
 *
 * components.c - registering a component, and who exercises each kind.
 */
#include "tools/otel-c/check/components.h"

#include <stdio.h>
#include <string.h>

#include "plugin/component.h"
#include "tools/otel-c/check/kinds.h"
#include "tools/otel-c/check/loop.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/watch.h"

#define MAX_STATE (16u << 20)

/* ---- registering ---- */

static bool check_name(const struct kind *k, const char *name)
{
	return note(name && *name && strlen(name) < 64 &&
			    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-/") == strlen(name) &&
			    strcmp(name, "none") != 0,
		    "names of components can be selected",
		    "choose lower-case letters, digits, '_', '-' and '/', at most 63, and not \"none\"",
		    "the %s is called \"%.80s\", which no configuration can select", k->name, name ? name : "");
}

static bool check_clash(const struct kind *k, const char *name)
{
	bool is_twice = false;

	for (size_t i = 0; i < exam.count; i++)
		is_twice |= exam.components[i].kind == k->kind && !strcmp(exam.components[i].name, name);
	return note(!is_twice, "no name is registered twice", "register each component once",
		    "the %s \"%s\" is registered twice", k->name, name) &&
	       note(!component_find(k->kind, name), "no name is one of otel-c's own", "choose another name",
		    "otel-c itself has the %s \"%s\"", k->name, name);
}

static bool check_vtable(const struct kind *k, const char *name, const otel_component *head)
{
	bool is_good =
		note(head != NULL, "components have vtables", "give host->add() the vtable",
		     "the %s \"%s\" has no vtable", k->name, name) &&
		note(head->size >= k->size && head->size < 65536, "vtables have their size",
		     ".component = {.size = sizeof(otel_…)}, the struct of the kind",
		     "the vtable of the %s \"%s\" has %zu bytes, the least is %zu", k->name, name, head->size, k->size);

	return is_good &&
	       note(head->state_size <= MAX_STATE, "states are small", "allocate what is large when it is needed",
		    "the state of the %s \"%s\" is larger than 16 MiB", k->name, name) &&
	       note(kind_is_complete(k, head), "vtables are complete", "see the comments of the kind in otel/plugin.h",
		    "the vtable of the %s \"%s\" lacks a function that it must have", k->name, name);
}

otel_status components_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	const struct kind *k = kind_find(kind);

	if (!k)
		return OTEL_UNSUPPORTED; /* the plugin is newer than this otel-c: allowed */
	if (!note(exam.phase == PHASE_SETUP, "components are registered in setup()", "call host->add() in setup() only",
		  "host->add() was called outside of setup()"))
		return OTEL_INVALID;
	if (!check_name(k, name) || !check_vtable(k, name, vtable))
		return OTEL_INVALID;
	if (!check_clash(k, name))
		return OTEL_ALREADY;
	if (exam.count == EXAM_COMPONENTS)
		return OTEL_NO_MEMORY;
	exam.components[exam.count++] =
		(struct component){.kind = kind, .name = name, .vtable = vtable, .self = self, .owner = setup};
	return OTEL_OK;
}

/* ---- exercising ---- */

static const struct exercise {
	otel_kind kind;
	unsigned rounds;
	void (*run)(struct component *component, unsigned round);
} exercises[] = {
	{OTEL_COMPONENT_ID_GENERATOR, 1, check_ids},
	{OTEL_COMPONENT_PROPAGATOR, 1, check_propagator},
	{OTEL_COMPONENT_RESPONSE_PROPAGATOR, 1, check_response_propagator},
	{OTEL_COMPONENT_SAMPLER, 1, check_sampler},
	{OTEL_COMPONENT_DETECTOR, LOOP_ANSWERS, check_detector},
	{OTEL_COMPONENT_SPAN_PROCESSOR, 1, check_span_processor},
	{OTEL_COMPONENT_LOG_PROCESSOR, 1, check_log_processor},
	{OTEL_COMPONENT_BATCH_PROCESSOR, 1, check_batch_processor},
	{OTEL_COMPONENT_METRIC_PRODUCER, 1, check_producer},
	{OTEL_COMPONENT_EXPORTER, LOOP_ANSWERS, check_exporter},
	{OTEL_COMPONENT_AUTHENTICATOR, LOOP_ANSWERS, check_authenticator},
	{OTEL_COMPONENT_COMMAND, 1, check_command},
	{OTEL_COMPONENT_INSTRUMENTATION, 0, NULL},
};

static const struct exercise *exercise_of(otel_kind kind)
{
	for (size_t i = 0; i < sizeof exercises / sizeof *exercises; i++)
		if (exercises[i].kind == kind)
			return &exercises[i];
	return NULL;
}

unsigned components_rounds(otel_kind kind)
{
	const struct exercise *exercise = exercise_of(kind);

	return exercise ? 1 + exercise->rounds : 0;
}

/* Round 0: a component that lacks all its settings must say so, not crash. */
void components_exercise(struct component *component, unsigned round)
{
	otel_status status;
	char rule[RULE_SIZE];

	if (round > 1)
		notes_take(NOTES_NOT_GOOD); /* as in round 1 */
	if (!exam_open(component, &status)) {
		snprintf(rule, sizeof rule, "%s opens", exam_name(component));
		if (round == 1)
			note_odd(false, rule,
				 "set what it needs in the environment, or in the profile beside the module",
				 "%s could not be tried: open() answered %d (%s)%s%s", exam_name(component),
				 (int)status, component_reason(status), *exam_log ? "; it logged: " : "", exam_log);
		return;
	}
	notes_take(NOTES_ALL);
	if (round)
		exercise_of(component->kind)->run(component, round - 1);
	if (round > 1)
		notes_take(NOTES_NOT_GOOD);
	exam_close(component);
}
