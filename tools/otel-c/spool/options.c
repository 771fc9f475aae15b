/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - parsing, and the page of help.
 */
#include "tools/otel-c/spool/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/usage.h"
#include "util/str.h"

#define TIMEOUT_UNLESS_GIVEN_MS 60000u
#define TIMEOUT_MAX_S           86400u

enum { OPT_DISTRO = 1, OPT_TIMEOUT, OPT_JSON, OPT_HELP };

const char spool_help[] =
	"usage: otel-c spool status [--json] [DIRECTORY]\n"
	"       otel-c spool flush [--distro NAME] [--timeout S] [DIRECTORY]\n"
	"\n"
	"Programs keep what they could not deliver in the directory that [spool] directory\n"
	"(OTEL_C_SPOOL_DIRECTORY) names, and deliver it when the backend answers again. status shows\n"
	"what lies there. flush delivers it now, oldest first, through the distro, the exporters and\n"
	"the authenticator that are configured here. What a running program is delivering itself is\n"
	"left to it.\n"
	"\n"
	"DIRECTORY stands for the configured one. Without either, a spool in the current directory is\n"
	"looked for.\n"
	"\n"
	"  --json         status for programs\n"
	"  --distro NAME  this distro in place of the configured one; a name, or the path of a profile\n"
	"  --timeout S    flush gives up when nothing could be delivered for S seconds; 60 unless given\n"
	"  --help         shows this page\n"
	"\n"
	"Exit status of status: 0, or 1 if there is no spool or it cannot be read. Of flush: 0 all was\n"
	"accepted, 1 some was refused for good, 2 wrong usage, 3 some could not be delivered.\n";

static bool take(struct spool_command_options *options, int option, const char *value)
{
	switch (option) {
	case OPT_DISTRO:
		options->distro = value;
		return *value || usage_complain("spool", "--distro", "needs a value");
	case OPT_TIMEOUT:
		return usage_take_timeout("spool", value, TIMEOUT_MAX_S, &options->timeout_ms);
	case OPT_JSON:
		options->json = true;
		return true;
	default:
		options->help = true;
		return true;
	}
}

static bool take_verb(struct spool_command_options *options, const char *word)
{
	if (!word)
		return usage_complain("spool", "what to do", "is missing: status or flush");
	if (strcmp(word, "status") == 0)
		options->verb = SPOOL_STATUS;
	else if (strcmp(word, "flush") == 0)
		options->verb = SPOOL_FLUSH;
	else
		return usage_complain("spool", word, "is neither status nor flush");
	return true;
}

static bool fits(const struct spool_command_options *options)
{
	if (options->verb == SPOOL_FLUSH && options->json)
		return usage_complain("spool", "--json", "is for status alone");
	if (options->verb == SPOOL_STATUS && options->distro)
		return usage_complain("spool", "--distro", "is for flush alone");
	return true;
}

bool spool_options_parse(struct spool_command_options *options, int argc, char **argv)
{
	static const struct option rows[] = {
		{"distro", required_argument, NULL, OPT_DISTRO},
		{"timeout", required_argument, NULL, OPT_TIMEOUT},
		{"json", no_argument, NULL, OPT_JSON},
		{"help", no_argument, NULL, OPT_HELP},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct spool_command_options){.timeout_ms = TIMEOUT_UNLESS_GIVEN_MS};
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, ":h", rows, NULL)) != -1) {
		if (option == '?' || option == ':')
			return usage_refuse("spool", option, argv[optind - 1]);
		if (!take(options, option, optarg))
			return false;
	}
	if (options->help)
		return true;
	if (!take_verb(options, argv[optind]) || !fits(options))
		return false;
	if (++optind < argc)
		options->directory = argv[optind++];
	return optind == argc || usage_complain("spool", argv[optind], "is one too many");
}
