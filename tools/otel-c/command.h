/* SPDX-License-Identifier: Apache-2.0
 *
 * command.h - what a subcommand of otel-c is.
 */
#ifndef OTEL_TOOLS_COMMAND_H
#define OTEL_TOOLS_COMMAND_H

/* Exit codes of every command. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct command {
	const char *name;
	const char *summary; /* one line, for the list */
	const char *help; /* the whole page */
	/* argv[0] is the command's name. Returns the exit code. */
	int (*run)(int argc, char **argv);
};

extern const struct command doctor_command;
extern const struct command config_command;
extern const struct command distros_command;
extern const struct command plugin_command;
extern const struct command send_command;
extern const struct command sink_command;
extern const struct command spool_command;

/* All of them, in the order of the list; ends with NULL. */
extern const struct command *const commands[];

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);

#endif
