/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - parsing, and the page of help.
 */
#include "tools/otel-c/sink/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/sink/arrival.h"
#include "tools/otel-c/usage.h"
#include "util/str.h"

#define TIMEOUT_MAX_S (7 * 24 * 3600)

enum {
	OPT_LISTEN = 1,
	OPT_GRPC,
	OPT_MAX_BODY,
	OPT_CERT,
	OPT_KEY,
	OPT_CLIENT_CA,
	OPT_VERSION,
	OPT_FILE,
	OPT_UNTIL,
	OPT_TIMEOUT,
	OPT_JSON,
	OPT_TEE,
	OPT_HEADERS,
	OPT_FAIL,
	OPT_HELP
};

const char sink_help[] =
	"usage: otel-c sink [OPTION...]\n"
	"\n"
	"Receives OTLP/HTTP (protobuf or JSON, plain or gzip) and OTLP/gRPC and prints the traces: a\n"
	"place to send telemetry to while you develop, and a strict one: what breaks OTLP's rules is\n"
	"refused with a reason. Metrics and logs are counted; --json and --tee print them, too.\n"
	"\n"
	"  --listen HOST:PORT  where to listen for OTLP/HTTP; port 0 picks a free one. \"listening on\n"
	"                      HOST:PORT\" on stderr says that all is ready.\n"
	"  --grpc HOST:PORT    where to listen for OTLP/gRPC: \"listening for gRPC on HOST:PORT\".\n"
	"                      With neither of the two: 127.0.0.1:4318, and 127.0.0.1:4317 if it is free\n"
	"  --max-body BYTES    refuses larger requests, unpacked or not: with 413, gRPC with\n"
	"                      RESOURCE_EXHAUSTED; 67108864 unless given, 4194304 for gRPC\n"
	"  --tls-cert FILE     both listeners speak TLS, with this certificate (PEM, the chain behind it)\n"
	"  --tls-key FILE      the key of the certificate\n"
	"  --tls-client-ca FILE\n"
	"                      clients must have a certificate of one of these authorities\n"
	"  --tls-max-version V nothing newer than TLS 1.0, 1.1, 1.2 or 1.3\n"
	"  --json              OTLP JSON on stdout, one line for each request, in place of trees\n"
	"  --tee FILE          the same lines of OTLP JSON to a file, beside the trees\n"
	"  --until-spans N     ends with 0 as soon as N spans came\n"
	"  --timeout S         with --until-spans: ends with 1 when they did not come in S seconds\n"
	"  --headers           one line on stderr for each request, with its headers but for secrets\n"
	"  --fail SPEC         what goes wrong with the first requests that are good, one element for\n"
	"                      each, separated by commas (\"taken\": and so counted):\n"
#define ROW(name, kind, moment, protocols, needs, may_have, min1, max1, default1, min2, max2, default2, usage, does)   \
	"  " usage " " does "\n"
	SINK_FAIL_ROWS(ROW)
#undef ROW
		"                      xN behind an element: N times, as in 503x2,429:2,reset\n"
		"  --file FILE         prints an ExportTraceServiceRequest from a file (-: standard input), ends\n"
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
	char why[800];

	if (sink_fail_parse(&options->fail, spec, why, sizeof why))
		return true;
	fprintf(stderr, "otel-c sink: --fail: %s\n", why);
	return false;
}

/* Those that are taken as they are. */
static const char **text_of(struct sink_options *options, int option)
{
	switch (option) {
	case OPT_LISTEN:
		return &options->listen;
	case OPT_GRPC:
		return &options->grpc;
	case OPT_CERT:
		return &options->tls.cert;
	case OPT_KEY:
		return &options->tls.key;
	case OPT_CLIENT_CA:
		return &options->tls.client_ca;
	case OPT_FILE:
		return &options->file;
	case OPT_TEE:
		return &options->tee;
	default:
		return NULL;
	}
}

static bool take_timeout(struct sink_options *options, const char *value)
{
	uint64_t seconds;

	if (!take_number(&seconds, "--timeout", value, TIMEOUT_MAX_S, "a number of seconds from 1 to 604800"))
		return false;
	options->timeout_ms = seconds * 1000;
	return true;
}

static bool take_version(struct sink_options *options, const char *value)
{
	options->tls.max_version = sink_tls_version(value);
	return options->tls.max_version || wrong("--tls-max-version", value, "1.0, 1.1, 1.2 or 1.3");
}

static bool take(struct sink_options *options, int option, const char *value)
{
	const char **text = text_of(options, option);

	if (text) {
		*text = value;
		return true;
	}
	switch (option) {
	case OPT_MAX_BODY:
		return take_number(&options->max_body, "--max-body", value, SINK_BODY_MAX,
				   "a number of bytes, from 1 to 67108864");
	case OPT_VERSION:
		return take_version(options, value);
	case OPT_UNTIL:
		return take_number(&options->until_spans, "--until-spans", value, UINT32_MAX,
				   "a number of spans, 1 or more");
	case OPT_TIMEOUT:
		return take_timeout(options, value);
	case OPT_FAIL:
		return take_fail(options, value);
	case OPT_JSON:
		return options->json = true;
	case OPT_HEADERS:
		return options->headers = true;
	default:
		return options->help = true;
	}
}

static bool agree(const struct sink_options *options)
{
	const char *complaint = NULL;

	if (options->file &&
	    (options->listen || options->grpc || options->max_body || options->tls.cert || options->until_spans ||
	     options->timeout_ms || options->headers || options->tee || options->fail.count))
		complaint = "--file reads a file and ends: it goes with --json only";
	else if (!options->tls.cert != !options->tls.key)
		complaint = "--tls-cert and --tls-key need each other";
	else if (!options->tls.cert && (options->tls.client_ca || options->tls.max_version))
		complaint = "--tls-client-ca and --tls-max-version need --tls-cert and --tls-key";
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
		{"grpc", required_argument, NULL, OPT_GRPC},
		{"max-body", required_argument, NULL, OPT_MAX_BODY},
		{"tls-cert", required_argument, NULL, OPT_CERT},
		{"tls-key", required_argument, NULL, OPT_KEY},
		{"tls-client-ca", required_argument, NULL, OPT_CLIENT_CA},
		{"tls-max-version", required_argument, NULL, OPT_VERSION},
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
			return usage_refuse("sink", option, argv[optind - 1]);
		if (!take(options, option, optarg))
			return false;
	}
	if (optind < argc) {
		fprintf(stderr, "otel-c sink: \"%s\" is one argument too many; see otel-c help sink\n", argv[optind]);
		return false;
	}
	return agree(options);
}
