/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - the command line of otel-c send.
 */
#ifndef OTEL_TOOLS_SEND_OPTIONS_H
#define OTEL_TOOLS_SEND_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct send_options {
	const char *distro; /* NULL = as configured */
	uint64_t timeout_ms; /* for each request, with all that is tried again */
	char **files; /* ends with NULL; "-" = standard input */
	uint32_t signal; /* of protobuf; 0 = as it tells itself */
	bool help;
};

extern const char send_help[];

/* false when the line is wrong: the sentence that says so was printed on stderr. */
bool send_options_parse(struct send_options *options, int argc, char **argv);

#endif
