/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - parsing, and the page of help.
 */
#include "tools/otel-c/doctor/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/usage.h"

enum { OPT_DISTRO = 1, OPT_JSON, OPT_HELP };

const char doctor_help[] =
	"usage: otel-c doctor [--distro NAME] [--json] [-- PROGRAM [ARGUMENT...]]\n"
	"\n"
	"Looks for what keeps telemetry from arriving: reads the configuration as a program started\n"
	"here would, loads the distro, finds out about the resource, gets credentials, sends one span\n"
	"and tells what the backend answered. Each problem is one line with its cure.\n"
	"\n"
	"  --distro NAME  this distro in place of the configured one; a name, or the path of a profile\n"
	"  --json         all checks as one JSON array of {check, ok, message, cure, ms}\n"
	"  --help         shows this page\n"
	"  -- PROGRAM     also looks whether otel-c-trace could trace that program; it is not run\n"
	"\n"
	"The span is named \"otel-c doctor\" and is sent with the service name and the settings that\n"
	"are configured here, whatever the sampler would say.\n"
	"\n"
	"Exit status: 0 all is well, 1 there are problems, 2 wrong usage.\n";

bool doctor_options_parse(struct doctor_options *options, int argc, char **argv)
{
	static const struct option rows[] = {
		{"distro", required_argument, NULL, OPT_DISTRO},
		{"json", no_argument, NULL, OPT_JSON},
		{"help", no_argument, NULL, OPT_HELP},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct doctor_options){.distro = NULL};
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, "+:h", rows, NULL)) != -1) {
		if (option == '?' || option == ':')
			return usage_refuse("doctor", option, argv[optind - 1]);
		options->distro = option == OPT_DISTRO ? optarg : options->distro;
		options->json = options->json || option == OPT_JSON;
		options->help = options->help || option == OPT_HELP || option == 'h';
	}
	if (options->distro && !*options->distro)
		return usage_complain("doctor", "--distro", "needs a value");
	const bool is_marked = optind > 0 && strcmp(argv[optind - 1], "--") == 0;
	if (optind < argc && !is_marked)
		return usage_complain("doctor", argv[optind], "is one argument too many: a program comes after --");
	if (optind == argc && is_marked)
		return usage_complain("doctor", "--", "is to be followed by a program");
	options->program = optind < argc ? argv + optind : NULL;
	return true;
}
