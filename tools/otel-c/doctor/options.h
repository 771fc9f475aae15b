/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - the command line of otel-c doctor.
 */
#ifndef OTEL_TOOLS_DOCTOR_OPTIONS_H
#define OTEL_TOOLS_DOCTOR_OPTIONS_H

#include <stdbool.h>

struct doctor_options {
	const char *distro; /* NULL = as configured */
	char **program; /* the program to be looked at and its arguments; NULL = none */
	bool json;
	bool help;
};

extern const char doctor_help[];

/* false when the line is wrong: the sentence that says so was printed on stderr. */
bool doctor_options_parse(struct doctor_options *options, int argc, char **argv);

#endif
