/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - otel-c, the operator's tool: its own subcommands, and those that plugins bring.
 */
#include <stdio.h>
#include <string.h>

#include <otel/version.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/extra.h"

static void list(FILE *to)
{
	for (size_t i = 0; commands[i]; i++)
		fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(to, "  %-10s %s\n", "help", "shows this list, or the page of a command: otel-c help COMMAND");
	extra_list(to);
}

static int unknown(const char *name)
{
	fprintf(stderr, "otel-c: there is no command \"%s\"; the commands are:\n", name);
	list(stderr);
	return EXIT_USAGE;
}

static int usage(FILE *to, int code)
{
	fputs("usage: otel-c COMMAND [OPTION...]\n"
	      "\n"
	      "Commands:\n",
	      to);
	list(to);
	fputs("\n"
	      "Options:\n"
	      "  --help     shows this page\n"
	      "  --version  shows the version\n",
	      to);
	return code;
}

/* What a plugin tells of its command in one line; its page is its own affair. */
static int help_extra(const char *name)
{
	const char *summary = extra_summary(name);

	if (!summary)
		return unknown(name);
	printf("otel-c %s: %s\nA command of a plugin; otel-c %s --help may tell more.\n", name, summary, name);
	return EXIT_DONE;
}

static int help(const char *name)
{
	const struct command *command;

	if (!name)
		return usage(stdout, EXIT_DONE);
	command = command_find(name);
	if (!command)
		return help_extra(name);
	fputs(command->help, stdout);
	return EXIT_DONE;
}

static int version(void)
{
	puts("otel-c " OTEL_C_VERSION);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	const struct command *command;
	int code;

	if (argc < 2)
		return usage(stderr, EXIT_USAGE);
	if (strcmp(argv[1], "--version") == 0)
		return version();
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help(argc > 2 ? argv[2] : NULL);
	command = command_find(argv[1]);
	if (command)
		return command->run(argc - 1, argv + 1);
	return extra_run(argc - 1, argv + 1, &code) ? code : unknown(argv[1]);
}
