/* SPDX-License-Identifier: Apache-2.0
 *
 * plugin.c - otel-c plugin: for whoever makes a distro or another plugin.
 */
#include "tools/otel-c/plugin/plugin.h"

#include <stdio.h>
#include <string.h>

#include "tools/otel-c/command.h"

static const char help[] =
	"usage: otel-c plugin new NAME [--directory DIR]\n"
	"       otel-c plugin check FILE.so [--json] [--verbose]\n"
	"\n"
	"new    Writes NAME/ with a distro that works: NAME.c, NAME.ini, Makefile, CMakeLists.txt, README.md. NAME is\n"
	"       lower-case letters, digits and _, and begins with a letter. Nothing is ever overwritten.\n"
	"       --directory DIR  where NAME/ is made; the current directory if not given\n"
	"\n"
	"check  Runs a module against the contract of otel/plugin.h: the file, its symbols and libraries, its "
	"descriptor,\n"
	"       set-up, and each component it registers, in processes of their own, with a host that notes every\n"
	"       violation. Nothing is sent anywhere: requests get made-up answers. A profile of the same name beside "
	"the\n"
	"       module, and the variables that the module knows, are followed; keys that remain unset get made-up "
	"values.\n"
	"       Commands of a plugin are not run. A call blocks if it waits 50 ms, or 5 ms each time that it is made. "
	"One\n"
	"       line for each finding, with the cure.\n"
	"       --json     prints the findings as one JSON object\n"
	"       --verbose  tells what is in order, too\n"
	"\n"
	"Exit status: 0 written, or without failures (there may be warnings); 1 not; 2 the command line is wrong.\n";

static int run(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "new") == 0)
		return plugin_new(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return plugin_check(argc - 1, argv + 1);
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(help, stdout);
		return EXIT_DONE;
	}
	if (argc > 1)
		fprintf(stderr, "otel-c plugin: there is no \"%s\"; say new or check\n", argv[1]);
	fputs(help, stderr);
	return EXIT_USAGE;
}

const struct command plugin_command = {
	.name = "plugin",
	.summary = "makes a new plugin, and checks whether one keeps the contract",
	.help = help,
	.run = run,
};
