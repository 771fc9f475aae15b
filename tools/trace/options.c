/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - `otel-c-trace [options] [--] program args…`; called as X-c-trace it is the launcher of distro X.
 */
#include "tools/trace/options.h"

#include <stdio.h>
#include <string.h>

static void read_name(struct options *options, const char *called)
{
	const char *slash = strrchr(called, '/');
	const char *name = slash ? slash + 1 : called;
	const char *end = strstr(name, "-c-trace");

	if (!end || end == name || strncmp(name, "otel-c-trace", 12) == 0)
		return;
	snprintf(options->distro, sizeof options->distro, "%.*s", (int)(end - name), name);
}

static bool read_option(struct options *options, const char *word)
{
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		options->help = true;
	else if (strcmp(word, "--version") == 0 || strcmp(word, "-v") == 0)
		options->version = true;
	else if (strcmp(word, "--dry-run") == 0)
		options->dry_run = true;
	else if (strcmp(word, "--functions") == 0)
		options->functions = true;
	else
		return false;
	return true;
}

void options_read(struct options *options, char **argv)
{
	*options = (struct options){.program = NULL};
	if (!argv[0])
		return;
	read_name(options, argv[0]);
	for (argv++; *argv && (*argv)[0] == '-'; argv++) {
		if (strcmp(*argv, "--") == 0) {
			argv++;
			break;
		}
		if (!read_option(options, *argv)) {
			options->unknown = *argv;
			return;
		}
	}
	options->program = *argv ? argv : NULL;
}
