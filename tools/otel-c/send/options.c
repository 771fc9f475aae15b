/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - parsing, and the page of help.
 */
#include "tools/otel-c/send/options.h"

#include <getopt.h>
#include <stdio.h>

#include "tools/otel-c/send/signal.h"
#include "tools/otel-c/usage.h"
#include "util/str.h"

#define TIMEOUT_UNLESS_GIVEN_MS 60000u
#define TIMEOUT_MAX_S           86400u

enum { OPT_DISTRO = 1, OPT_SIGNAL, OPT_TIMEOUT, OPT_HELP };

const char send_help[] =
	"usage: otel-c send [--distro NAME] [--signal NAME] [--timeout S] FILE...\n"
	"\n"
	"Sends traces, metrics and logs that lie in files, through the distro, the exporters and the\n"
	"authenticator that are configured here, as they are: no sampler, no resource, no other ids.\n"
	"A file holds OTLP JSON Lines, as the exporter otlp_file and otel-c sink --json write them, of\n"
	"all signals if need be, or one Export...ServiceRequest in protobuf; - is standard input. What a\n"
	"backend does not take now is tried again.\n"
	"\n"
	"  --distro NAME  this distro in place of the configured one; a name, or the path of a profile\n"
	"  --signal NAME  protobuf holds traces, metrics or logs; unless given, its fields tell\n"
	"  --timeout S    gives up when one request could not be delivered in S seconds; 60 unless\n"
	"                 given. What comes after it is not sent\n"
	"  --help         shows this page\n"
	"\n"
	"At the end \"N accepted, N rejected, N retries\" says what became of the spans, data points and\n"
	"log records, and how many times a request was sent anew.\n"
	"\n"
	"Exit status: 0 all were accepted, 1 some were refused for good or cannot be read, 2 wrong\n"
	"usage, 3 some could not be delivered.\n";

static bool take(struct send_options *options, int option, const char *value)
{
	switch (option) {
	case OPT_DISTRO:
		options->distro = value;
		return *value || usage_complain("send", "--distro", "needs a value");
	case OPT_SIGNAL:
		options->signal = send_signal_named(value);
		if (!options->signal)
			fprintf(stderr, "otel-c send: --signal: \"%s\" is none of traces, metrics, logs\n", value);
		return options->signal != 0;
	case OPT_TIMEOUT:
		return usage_take_timeout("send", value, TIMEOUT_MAX_S, &options->timeout_ms);
	default:
		options->help = true;
		return true;
	}
}

bool send_options_parse(struct send_options *options, int argc, char **argv)
{
	static const struct option rows[] = {
		{"distro", required_argument, NULL, OPT_DISTRO},
		{"signal", required_argument, NULL, OPT_SIGNAL},
		{"timeout", required_argument, NULL, OPT_TIMEOUT},
		{"help", no_argument, NULL, OPT_HELP},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct send_options){.timeout_ms = TIMEOUT_UNLESS_GIVEN_MS};
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, "+:h", rows, NULL)) != -1) {
		if (option == '?' || option == ':')
			return usage_refuse("send", option, argv[optind - 1]);
		if (!take(options, option, optarg))
			return false;
	}
	options->files = argv + optind;
	return options->help || optind < argc ||
	       usage_complain("send", "FILE", "is missing: name one, or - for standard input");
}
