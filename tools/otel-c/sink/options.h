/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - the command line of otel-c sink.
 */
#ifndef OTEL_TOOLS_SINK_OPTIONS_H
#define OTEL_TOOLS_SINK_OPTIONS_H

#include "tools/otel-c/sink/fail.h"
#include "tools/otel-c/sink/tls.h"

struct sink_options {
	const char *listen; /* "HOST:PORT" of OTLP/HTTP; NULL = not given */
	const char *grpc; /* of OTLP/gRPC */
	uint64_t max_body; /* 0 = what is usual */
	struct sink_tls_options tls;
	const char *file; /* NULL = serve; "-" = standard input */
	const char *tee; /* NULL = none */
	uint64_t until_spans; /* 0 = for ever */
	uint64_t timeout_ms; /* 0 = no limit */
	struct sink_fail_plan fail;
	bool json;
	bool headers;
	bool help;
};

extern const char sink_help[];

/* false when the line is wrong: the sentence that says so was printed on stderr. */
bool sink_options_parse(struct sink_options *options, int argc, char **argv);

#endif
