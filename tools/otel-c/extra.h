/* SPDX-License-Identifier: Apache-2.0
 *
 * extra.h - the subcommands that plugins bring (OTEL_COMPONENT_COMMAND).
 */
#ifndef OTEL_TOOLS_EXTRA_H
#define OTEL_TOOLS_EXTRA_H

#include <stdbool.h>
#include <stdio.h>

#include "tools/otel-c/command.h"

/* Loads the configured distro and plugins, unless that was done. */
void extra_load(void);

/* One line for each, as in the list of otel-c help. */
void extra_list(FILE *to);

/* Runs the command argv[0]. false: there is none of that name. */
bool extra_run(int argc, char **argv, int *code);

/* The summary of one; NULL: there is none of that name. */
const char *extra_summary(const char *name);

#endif
