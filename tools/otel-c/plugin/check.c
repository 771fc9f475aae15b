/* SPDX-License-Identifier: Apache-2.0
 *
 * check.c - otel-c plugin check: the file first, then set-up, then each component, in processes of their own.
 */
#include "tools/otel-c/plugin/plugin.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "tools/otel-c/check/child.h"
#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/exam.h"
#include "tools/otel-c/check/file.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/command.h"

struct run {
	const char *path; /* as it was given */
	char *file; /* absolute, as the dynamic linker wants it */
	bool json, verbose;
	struct notes notes;
	otel_kind kinds[EXAM_COMPONENTS]; /* of the components that were registered */
	size_t count;
	bool is_set_up;
};

/* ---- in the child ---- */

/* Which component, in which of its rounds. */
struct turn {
	const char *path;
	size_t index;
	unsigned round;
};

static void examine_set_up(void *arg)
{
	const struct turn *turn = arg;
	char kind[16];

	exam.path = turn->path;
	exam.is_furnished = turn->round > 0;
	if (turn->round)
		notes_take(NOTES_NOT_GOOD); /* the round without settings has told */
	if (!exam_load() || !exam_set_up())
		return;
	if (turn->round)
		return;
	note_odd(exam.count || exam.plugin->row_count || exam.plugin->configure, "it does something",
		 "register components in setup(), or set defaults in configure()",
		 "it registers nothing, has no settings and no configure(): its profile alone would do");
	for (size_t i = 0; i < exam.count; i++) {
		snprintf(kind, sizeof kind, "%d", (int)exam.components[i].kind);
		notes_tell('c', kind);
	}
	notes_tell('y', "");
}

/* The module goes into a process that has been set up, stopped and is set up again. */
static void examine_restart(void *arg)
{
	const struct turn *turn = arg;
	size_t before;

	exam.path = turn->path;
	exam.is_furnished = true;
	notes_take(NOTES_NONE);
	if (!exam_load() || !exam_set_up())
		return;
	before = exam.count;
	exam.count = 0;
	notes_step("a second setup() in the same process");
	if (!exam_load() || !exam_set_up())
		before = SIZE_MAX;
	notes_take(NOTES_ALL);
	note(before == exam.count, "a second start in the same process works",
	     "let setup() do the same each time that it is called",
	     "setup() does not do the same when it is called again");
}

static void examine_component(void *arg)
{
	const struct turn *turn = arg;

	exam.path = turn->path;
	exam.is_furnished = turn->round > 0;
	notes_take(NOTES_NONE);
	if (!exam_load() || !exam_set_up() || turn->index >= exam.count)
		return;
	notes_take(turn->round ? NOTES_ALL : NOTES_NOT_GOOD);
	components_exercise(&exam.components[turn->index], turn->round);
}

/* ---- the run ---- */

static void hear(void *arg, char tag, const char *text)
{
	struct run *run = arg;

	if (tag == 'y')
		run->is_set_up = true;
	if (tag == 'c' && run->count < EXAM_COMPONENTS)
		run->kinds[run->count++] = (otel_kind)atoi(text);
}

static bool has_kind(const struct run *run, otel_kind kind)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->kinds[i] == kind)
			return true;
	return false;
}

static void examine_all(struct run *run)
{
	struct turn turn = {.path = run->file};

	child_run(&(struct child){.body = examine_set_up, .arg = &turn, .tell = hear, .tell_arg = run});
	if (!run->is_set_up)
		return;
	turn.round = 1;
	if (!child_run(&(struct child){.body = examine_set_up, .arg = &turn}))
		return;
	child_run(&(struct child){.body = examine_restart, .arg = &turn});
	for (turn.index = 0; turn.index < run->count; turn.index++)
		for (turn.round = 0; turn.round < components_rounds(run->kinds[turn.index]); turn.round++)
			if (!child_run(&(struct child){.body = examine_component, .arg = &turn}))
				break;
}

static void examine(struct run *run)
{
	struct image image = {.data = NULL};

	notes_begin(&run->notes);
	run->file = realpath(run->path, NULL);
	if (file_check(&image, run->path)) {
		examine_all(run);
		imports_check(&image, has_kind(run, OTEL_COMPONENT_COMMAND),
			      has_kind(run, OTEL_COMPONENT_INSTRUMENTATION));
	}
	free(run->file);
	if (image.data)
		munmap((void *)(uintptr_t)image.data, image.len);
}

/* ---- telling ---- */

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void print_lines(const struct run *run)
{
	static const char *const words[] = {[NOTE_GOOD] = "ok: ", [NOTE_WARNING] = "warning: ", [NOTE_FAILED] = ""};
	const char *name = file_name(run->path);
	const size_t failed = run->notes.of_kind[NOTE_FAILED];
	const size_t warnings = run->notes.of_kind[NOTE_WARNING];

	for (size_t i = 0; i < run->notes.count; i++) {
		const struct note *n = &run->notes.all[i];

		if (n->kind == NOTE_GOOD && run->verbose)
			printf("%s: ok: %s\n", name, n->rule);
		else if (n->kind != NOTE_GOOD)
			printf("%s: %s%s; %s\n", name, words[n->kind], n->text, n->cure);
	}
	if (failed)
		printf("%s: %zu of %zu checks failed\n", name, failed, run->notes.count);
	else
		printf("%s: ok, %zu checks\n", name, run->notes.count);
	if (warnings)
		fprintf(stderr, "otel-c plugin check: %zu warning%s\n", warnings, warnings == 1 ? "" : "s");
}

static bool print_json(const struct run *run)
{
	static const char *const words[] = {[NOTE_GOOD] = "ok", [NOTE_WARNING] = "warning", [NOTE_FAILED] = "failed"};
	json_t *checks = json_array();
	json_t *all =
		json_pack("{s:s, s:b, s:I, s:I, s:I, s:O}", "file", run->path, "ok", !run->notes.of_kind[NOTE_FAILED],
			  "checks", (json_int_t)run->notes.count, "failed", (json_int_t)run->notes.of_kind[NOTE_FAILED],
			  "warnings", (json_int_t)run->notes.of_kind[NOTE_WARNING], "findings", checks);
	bool is_good = all != NULL;

	for (size_t i = 0; is_good && i < run->notes.count; i++) {
		const struct note *n = &run->notes.all[i];

		if (n->kind == NOTE_GOOD && !run->verbose)
			continue;
		is_good = json_array_append_new(checks,
						json_pack("{s:s, s:s, s:s, s:s}", "check", n->rule, "result",
							  words[n->kind], "finding", n->text, "cure", n->cure)) == 0;
	}
	is_good = is_good && json_dumpf(all, stdout, JSON_INDENT(2)) == 0 && puts("") >= 0;
	json_decref(all);
	json_decref(checks);
	return is_good;
}

static int misused(const char *what, const char *why)
{
	fprintf(stderr, "otel-c plugin check: %s%s; see otel-c help plugin\n", what, why);
	return EXIT_USAGE;
}

int plugin_check(int argc, char **argv)
{
	struct run run = {.path = NULL};
	bool is_failed;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			run.json = true;
		else if (strcmp(argv[i], "--verbose") == 0 || strcmp(argv[i], "-v") == 0)
			run.verbose = true;
		else if (argv[i][0] == '-')
			return misused(argv[i], " is no option");
		else if (run.path)
			return misused(argv[i], " is one file too many");
		else
			run.path = argv[i];
	}
	if (!run.path)
		return misused("the module's file", " is missing");
	examine(&run);
	is_failed = run.notes.of_kind[NOTE_FAILED] > 0;
	if (!run.json)
		print_lines(&run);
	else if (!print_json(&run))
		is_failed = true;
	notes_fini(&run.notes);
	return is_failed ? EXIT_FAILED : EXIT_DONE;
}
