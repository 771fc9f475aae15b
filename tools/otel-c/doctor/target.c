/* SPDX-License-Identifier: Apache-2.0
 *
 * target.c - the program after "--", seen with the launcher's eyes.
 */
#include "tools/otel-c/doctor/target.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plugin/registry.h"
#include "tools/otel-c/doctor/libraries.h"
#include "tools/trace/functions.h"
#include "tools/trace/install.h"
#include "tools/trace/program.h"

/* ---- obstacles ---- */

/* The launcher's clauses, and what is to be done. */
static const char *cure_of(const char *obstacle)
{
	static const struct {
		const char *sign;
		const char *cure;
	} rows[] = {
		{"statically linked", "link it dynamically, or call otel_sdk_start() in it"},
		{"set-uid", "run it without that mark, or call otel_sdk_start() in it"},
		{"set-gid", "run it without that mark, or call otel_sdk_start() in it"},
		{"file capabilities", "let a service manager give it the capabilities, or call otel_sdk_start() in it"},
		{"64-bit", "use a build for 64 bits"},
		{"32-bit", "use a build for 32 bits"},
		{"another processor", "use a build for this machine"},
		{"musl", "use a build for glibc"},
		{"sanitizer", "trace a build without it"},
		{"cannot be read", "look whether the file is damaged"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strstr(obstacle, rows[i].sign))
			return rows[i].cure;
	return "";
}

static const char *cure_of_problem(const char *problem)
{
	if (strcmp(problem, "is not executable") == 0)
		return "chmod +x it, or name its interpreter before it";
	if (strcmp(problem, "is a directory") == 0)
		return "name the program in it";
	return "correct the name";
}

/* ---- what would be traced ---- */

static void report_libraries(struct report *report, char *path)
{
	struct libraries found;

	libraries_find(&found, path);
	if (*found.missing)
		report_problem(report, "program", REPORT_UNTIMED, "install it", "%s cannot start: %s is not found",
			       path, found.missing);
	else if (!found.is_known)
		report_ok(report, "program", REPORT_UNTIMED, "%s: it cannot be told which libraries it uses", path);
	else if (*found.traced)
		report_ok(report, "program", REPORT_UNTIMED, "%s uses %s, whose calls become spans", path,
			  found.traced);
	else if (found.uses_api)
		report_ok(report, "program", REPORT_UNTIMED, "%s makes spans of its own", path);
	else
		report_problem(report, "program", REPORT_UNTIMED,
			       "make spans in it with libotel_api, or trace its functions (otel-c-trace --functions); "
			       "libraries that it loads later, and programs that it starts, are not known here",
			       "%s uses no library whose calls become spans (%s)", path, LIBRARIES_TRACED);
}

static void report_functions(struct report *report, const struct program *program)
{
	if (functions_possible(program->path))
		report_ok(report, "program", REPORT_UNTIMED,
			  "%s was compiled with -finstrument-functions: otel-c-trace --functions traces its functions",
			  program->path);
}

/* Of a script, what matters is what the interpreter runs; it loads libraries when it likes. */
static bool report_script(struct report *report, const struct program *program)
{
	char interpreter[256];

	if (!libraries_interpreter(program->path, interpreter, sizeof interpreter))
		return false;
	if (access(interpreter, X_OK))
		report_problem(report, "program", REPORT_UNTIMED, "correct its first line, or install that",
			       "%s is a script for %s, which cannot be run", program->path, interpreter);
	else
		report_ok(report, "program", REPORT_UNTIMED,
			  "%s is a script: of %s and what that runs, calls of %s become spans", program->path,
			  interpreter, LIBRARIES_TRACED);
	return true;
}

static void report_launcher(struct report *report)
{
	static const char name[] = PRELOAD_NAME;
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/%s", place_sdk(), name);
	if (access(path, R_OK))
		report_problem(report, "program", REPORT_UNTIMED, "install otel-c-zero-code",
			       "%s is not installed, without which otel-c-trace cannot trace", name);
}

void target_check(struct report *report, const char *name)
{
	static struct program program;
	const char *problem;

	if (program_find(name, &program, &problem)) {
		report_problem(report, "program", REPORT_UNTIMED, cure_of_problem(problem), "%s: %s", name, problem);
		return;
	}
	program_check(&program);
	if (program.obstacle[0]) {
		report_problem(report, "program", REPORT_UNTIMED, cure_of(program.obstacle), "%s cannot be traced: %s",
			       program.path, program.obstacle);
		return;
	}
	report_launcher(report);
	if (report_script(report, &program))
		return;
	report_libraries(report, program.path);
	report_functions(report, &program);
}
