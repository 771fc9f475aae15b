/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - the launcher's command line.
 */
#ifndef OTEL_TRACE_OPTIONS_H
#define OTEL_TRACE_OPTIONS_H

#include <stdbool.h>

struct options {
	char distro[64]; /* from the name we were called by; "" = as the environment says */
	bool help;
	bool version;
	bool dry_run;
	bool functions; /* those of programs compiled with -finstrument-functions too */
	char **program; /* the program and its arguments, NULL-terminated; NULL = none given */
	const char *unknown; /* an option that we do not have */
};

/* Reads argv; options end at "--" or at the first word that is none. */
void options_read(struct options *options, char **argv);

#endif
