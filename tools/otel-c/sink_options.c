/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_options.c - parsing, and the page of help.
 */
#include "sink_options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "util/str.h"

#define TIMEOUT_MAX_S (7 * 24 * 3600)

enum { OPT_LISTEN = 1, OPT_FILE, OPT_UNTIL, OPT_TIMEOUT, OPT_JSON, OPT_TEE, OPT_HEADERS, OPT_FAIL, OPT_HELP };

const char sink_help[] =
	"usage: otel-c sink [OPTION...]\n"
	"\n"
	"Receives traces over OTLP/HTTP (protobuf or JSON, plain or gzip) and prints them: a place to\n"
	"send telemetry to while you develop, and a strict one: what breaks OTLP's rules is answered\n"
	"with 400 and a reason, here and in the answer. Metrics and logs (protobuf) are counted.\n"
	"\n"
	"  --listen HOST:PORT  where to listen, 127.0.0.1:4318 unless given; port 0 picks a free one.\n"
	"                      \"listening on HOST:PORT\" on stderr says that it is ready.\n"
	"  --json              OTLP JSON on stdout, one line for each request, in place of trees\n"
	"  --tee FILE          the same lines of OTLP JSON to a file, beside the trees\n"
	"  --until-spans N     ends with 0 as soon as N spans came\n"
	"  --timeout S         with --until-spans: ends with 1 when they did not come in S seconds\n"
	"  --headers           one line on stderr for each request, with its headers; values of\n"
	"                      headers that carry secrets are not shown\n"
	"  --fail SPEC         what goes wrong with the first requests that are good, one element for\n"
	"                      each, separated by commas; those after them are answered as usual:\n"
	"                        503, 429:2    any status from 400 to 599, with Retry-After in seconds\n"
	"                        partial:3     200, but so many items of the request are rejected\n"
	"                        reset         the connection is reset, nothing is taken\n"
	"                        drop-reply    all is taken, the connection closed without an answer\n"
	"                        hang          no answer\n"
	"                        slow, slow:3  the answer is late, by 1 or so many seconds\n"
	"                      xN behind an element: N times, as in 503x2,429:2,reset\n"
	"  --file FILE         prints one ExportTraceServiceRequest from a file (- is standard input)\n"
	"                      and ends\n"
	"  --help              shows this page\n"
	"\n"
	"At the end a line on stderr says how many items came, and how many of the spans were copies\n"
	"of spans that came before.\n"
	"\n"
	"A trace is printed one second after its last span came; with --until-spans, or when the sink\n"
	"is stopped (Ctrl-C), at the end.\n"
	"\n"
	"Exit status: 0 done or stopped by a signal, 1 failed, 2 wrong usage.\n";

static bool wrong(const char *option, const char *value, const char *allowed)
{
	fprintf(stderr, "otel-c sink: %s: \"%s\" is not %s\n", option, value, allowed);
	return false;
}

static bool take_number(uint64_t *out, const char *option, const char *value, uint64_t max, const char *allowed)
{
	return str_to_u64(view_of(value), 1, max, out) || wrong(option, value, allowed);
}

static bool take_fail(struct sink_options *options, const char *spec)
{
	char why[400];

	if (sink_fail_parse(&options->fail, spec, why, sizeof why))
		return true;
	fprintf(stderr, "otel-c sink: --fail: %s\n", why);
	return false;
}

static bool take(struct sink_options *options, int option, const char *value)
{
	uint64_t seconds;

	switch (option) {
	case OPT_LISTEN:
		options->listen = value;
		return true;
	case OPT_FILE:
		options->file = value;
		return true;
	case OPT_UNTIL:
		return take_number(&options->until_spans, "--until-spans", value, UINT32_MAX,
				   "a number of spans, 1 or more");
	case OPT_TIMEOUT:
		if (!take_number(&seconds, "--timeout", value, TIMEOUT_MAX_S, "a number of seconds from 1 to 604800"))
			return false;
		options->timeout_ms = seconds * 1000;
		return true;
	case OPT_JSON:
		options->json = true;
		return true;
	case OPT_TEE:
		options->tee = value;
		return true;
	case OPT_HEADERS:
		options->headers = true;
		return true;
	case OPT_FAIL:
		return take_fail(options, value);
	default:
		options->help = true;
		return true;
	}
}

/* What getopt_long refused: '?' an unknown option, ':' one without its value. */
static bool refuse(int reason, const char *argument)
{
	char letter[3] = {'-', (char)optopt, 0};

	/* Options of one letter may stand inside an argument that getopt is not done with. */
	fprintf(stderr, "otel-c sink: %s %s; see otel-c help sink\n", optopt > ' ' ? letter : argument,
		reason == ':' ? "needs a value" : "is no option of this command");
	return false;
}

static bool agree(const struct sink_options *options)
{
	const char *complaint = NULL;

	if (options->file && (options->listen || options->until_spans || options->timeout_ms || options->headers ||
			      options->tee || options->fail.count))
		complaint = "--file reads a file and ends: it goes with --json only";
	else if (options->timeout_ms && !options->until_spans)
		complaint = "--timeout needs --until-spans";
	else if (options->json && options->tee)
		complaint = "--tee writes what --json would print: give one of them";
	if (complaint)
		fprintf(stderr, "otel-c sink: %s\n", complaint);
	return !complaint;
}

bool sink_options_parse(struct sink_options *options, int argc, char **argv)
{
	static const struct option rows[] = {
		{"listen", required_argument, NULL, OPT_LISTEN},
		{"file", required_argument, NULL, OPT_FILE},
		{"until-spans", required_argument, NULL, OPT_UNTIL},
		{"timeout", required_argument, NULL, OPT_TIMEOUT},
		{"json", no_argument, NULL, OPT_JSON},
		{"tee", required_argument, NULL, OPT_TEE},
		{"headers", no_argument, NULL, OPT_HEADERS},
		{"fail", required_argument, NULL, OPT_FAIL},
		{"help", no_argument, NULL, OPT_HELP},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct sink_options){0};
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, "+:h", rows, NULL)) != -1) {
		if (option == '?' || option == ':')
			return refuse(option, argv[optind - 1]);
		if (!take(options, option, optarg))
			return false;
	}
	if (optind < argc) {
		fprintf(stderr, "otel-c sink: \"%s\" is one argument too many; see otel-c help sink\n", argv[optind]);
		return false;
	}
	return agree(options);
}
