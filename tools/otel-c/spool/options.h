/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - the command line of otel-c spool.
 */
#ifndef OTEL_TOOLS_SPOOL_OPTIONS_H
#define OTEL_TOOLS_SPOOL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum spool_verb { SPOOL_STATUS, SPOOL_FLUSH };

struct spool_command_options {
	enum spool_verb verb;
	const char *directory; /* NULL = as configured, or what is found here */
	const char *distro; /* NULL = as configured */
	uint64_t timeout_ms; /* without any progress */
	bool json;
	bool help;
};

extern const char spool_help[];

/* false when the line is wrong: the sentence that says so was printed on stderr. */
bool spool_options_parse(struct spool_command_options *options, int argc, char **argv);

#endif
