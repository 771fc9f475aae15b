/* SPDX-License-Identifier: Apache-2.0
 *
 * commands.c - the table of otel-c's own subcommands.
 */
#include <string.h>

#include "tools/otel-c/command.h"

const struct command *const commands[] = {
	&config_command, &distros_command, &doctor_command, &plugin_command,
	&send_command,   &sink_command,    &spool_command,  NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
