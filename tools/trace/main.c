/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - otel-c-trace: sets the environment that makes a program traced, and becomes that program.
 *
 * What stands in the way of tracing is said in one line and never in the way of the program: it then runs untraced.
 */
#include <otel/version.h>

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/trace/functions.h"
#include "tools/trace/install.h"
#include "tools/trace/options.h"
#include "tools/trace/preload_path.h"
#include "tools/trace/program.h"

static const char usage[] =
	"usage: otel-c-trace [--functions] [--dry-run] [--] program [argument ...]\n"
	"       otel-c-trace --help | --version\n"
	"\n"
	"Runs a program with OpenTelemetry tracing of the libraries it uses. Called as aws-c-trace,\n"
	"splunk-c-trace ... it selects that distribution; as otel-c-trace it leaves OTEL_DISTRO as it is.\n"
	"\n"
	"  --functions a span for each long call of its own functions: for programs and libraries that\n"
	"              were compiled with -finstrument-functions. OTEL_C_FUNCTIONS_THRESHOLD says how long,\n"
	"              in microseconds (100); OTEL_C_FUNCTIONS_INCLUDE and OTEL_C_FUNCTIONS_EXCLUDE which:\n"
	"              names with * and ?, divided by commas\n"
	"  --dry-run   print what would be set and run, and exit\n"
	"  --help      print this, and exit\n"
	"  --version   print the version, and exit\n"
	"\n"
	"Exit status: the program's; 2 usage, 126 the program cannot be run, 127 it was not found.\n";

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	va_list args;

	fputs("otel-c-trace: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

/* A distro that is not there is told here, once; without the mark the program's own otel-c stays asleep. */
static bool select_distro(const struct options *options, const struct install *install)
{
	char installed[512];

	if (!options->distro[0])
		return true;
	if (install_has(install, options->distro))
		return setenv("OTEL_DISTRO", options->distro, 1) == 0;
	install_list(install, installed, sizeof installed);
	say("%s is not installed; installed: %s", options->distro, installed);
	unsetenv("OTEL_DISTRO");
	return false;
}

/* Why the program cannot be traced, or NULL with the list entry in `entry`. */
static const char *find_obstacle(struct program *program, const struct install *install, char *entry, size_t cap)
{
	program_check(program);
	if (program->obstacle[0])
		return program->obstacle;
	if (!install->lib[0])
		return PRELOAD_NAME " is not in the lib directory beside this program";
	return preload_path(install->lib, PRELOAD_NAME, entry, cap);
}

/* Adds the library of --functions to the list. What hinders is said; the rest is traced all the same. */
static void add_functions(const struct program *program, const struct install *install, char *list, size_t cap)
{
	char entry[PATH_MAX];
	const char *obstacle = FUNCTIONS_NAME " is not in the lib directory beside this program";
	size_t len = strlen(list);

	if (install_has_library(install, FUNCTIONS_NAME))
		obstacle = preload_path(install->lib, FUNCTIONS_NAME, entry, sizeof entry);
	if (obstacle) {
		say("%s: its functions are not traced: %s", program->path, obstacle);
		return;
	}
	snprintf(list + len, cap - len, ":%s", entry);
	if (!functions_possible(program->path))
		say("%s: was not compiled with -finstrument-functions, so only functions of libraries that were get "
		    "spans",
		    program->path);
}

static void set_preload(const char *own)
{
	const char *existing = getenv("LD_PRELOAD");
	size_t cap = strlen(own ? own : "") + 2 + (existing ? strlen(existing) : 0);
	char *list = malloc(cap);

	if (list && preload_list(own, existing, list, cap) && *list)
		setenv("LD_PRELOAD", list, 1);
	else
		unsetenv("LD_PRELOAD");
	free(list);
}

/* Everything but the exec. Prepared also for programs we cannot preload: linked with our API they trace themselves. */
static void prepare(const struct options *options, struct program *program)
{
	struct install install;
	char list[2 * PATH_MAX]; /* of at most two entries */
	const char *obstacle;

	install_find(&install);
	if (!select_distro(options, &install)) {
		unsetenv("OTEL_C_FLAGS");
		set_preload(NULL);
		return;
	}
	setenv("OTEL_C_FLAGS", "otel-c-trace", 1);
	obstacle = find_obstacle(program, &install, list, PATH_MAX);
	if (obstacle)
		say("%s: not traced: %s", program->path, obstacle);
	else if (options->functions)
		add_functions(program, &install, list, sizeof list);
	set_preload(obstacle ? NULL : list);
}

static void print_plan(const struct program *program, char **argv)
{
	static const char *const names[] = {"OTEL_DISTRO", "OTEL_C_FLAGS", "LD_PRELOAD"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value)
			printf("%s=%s\n", names[i], value);
	}
	printf("%s", program->path);
	for (argv++; *argv; argv++)
		printf(" %s", *argv);
	putchar('\n');
}

/* As execvp() does with a file the kernel knows no format of. */
static void exec_by_shell(const char *path, char **argv)
{
	size_t count = 0;
	char **shell;

	while (argv[count])
		count++;
	shell = calloc(count + 2, sizeof *shell);
	if (!shell)
		return;
	shell[0] = (char *)(uintptr_t) "/bin/sh";
	shell[1] = (char *)(uintptr_t)path;
	memcpy(shell + 2, argv + 1, count * sizeof *shell); /* with the NULL */
	execv(shell[0], shell);
	free(shell);
}

static int run(const struct options *options)
{
	struct program program;
	const char *problem;
	int failed = program_find(options->program[0], &program, &problem);

	if (failed) {
		say("%s: %s", options->program[0], problem);
		return failed;
	}
	prepare(options, &program);
	if (options->dry_run) {
		print_plan(&program, options->program);
		return 0;
	}
	execv(program.path, options->program);
	if (errno == ENOEXEC)
		exec_by_shell(program.path, options->program);
	failed = errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN;
	say("%s: cannot be run: %s", program.path, strerror(errno));
	return failed;
}

int main(int argc, char **argv)
{
	struct options options;

	(void)argc;
	options_read(&options, argv);
	if (options.unknown) {
		say("unknown option \"%s\"; there are --functions, --dry-run, --help, --version, and -- before the "
		    "program",
		    options.unknown);
		return EXIT_USAGE;
	}
	if (options.help) {
		fputs(usage, stdout);
		return 0;
	}
	if (options.version) {
		puts("otel-c-trace " OTEL_C_VERSION);
		return 0;
	}
	if (!options.program) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	return run(&options);
}
