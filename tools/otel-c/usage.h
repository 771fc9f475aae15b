/* SPDX-License-Identifier: Apache-2.0
 *
 * usage.h - what a command says of a command line that it does not take; each function is false, so that it can be
 * returned. `command` is the word after otel-c.
 */
#ifndef OTEL_C_USAGE_H
#define OTEL_C_USAGE_H

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

#include "util/str.h"

static inline bool usage_complain(const char *command, const char *argument, const char *what)
{
	fprintf(stderr, "otel-c %s: %s %s; see otel-c help %s\n", command, argument, what, command);
	return false;
}

/* What getopt_long refused: '?' an unknown option, ':' one without its value. */
static inline bool usage_refuse(const char *command, int reason, const char *argument)
{
	const char letter[3] = {'-', (char)optopt, 0};

	/* Options of one letter may stand inside an argument that getopt is not done with. */
	return usage_complain(command, optopt > ' ' ? letter : argument,
			      reason == ':' ? "needs a value" : "is no option of this command");
}

/* The value of --timeout. */
static inline bool usage_take_timeout(const char *command, const char *value, unsigned max_s, uint64_t *ms)
{
	uint64_t seconds;

	if (!str_to_u64(view_of(value), 1, max_s, &seconds)) {
		fprintf(stderr, "otel-c %s: --timeout: \"%s\" is not a number of seconds from 1 to %u\n", command,
			value, max_s);
		return false;
	}
	*ms = seconds * 1000;
	return true;
}

#endif
