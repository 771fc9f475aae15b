/* SPDX-License-Identifier: Apache-2.0
 *
 * libraries.h - the libraries that a program brings with it, as the dynamic loader finds them.
 */
#ifndef OTEL_TOOLS_DOCTOR_LIBRARIES_H
#define OTEL_TOOLS_DOCTOR_LIBRARIES_H

#include <stdbool.h>
#include <stddef.h>

/* For messages: what libotel_preload.so stands before. */
#define LIBRARIES_TRACED "libcurl"

struct libraries {
	bool is_known; /* the loader has told */
	bool uses_api; /* libotel_api is among them */
	char traced[256]; /* those whose calls become spans, ", " between */
	char missing[256]; /* one that is not found; "" = none */
};

/* Asks the program's own loader, which runs nothing of the program. */
void libraries_find(struct libraries *found, char *path);

/* Takes one line of the loader's answer: "libcurl.so.4 => /lib/… (0x…)". Pure. */
void libraries_take_line(struct libraries *found, const char *line);

/* "#!/bin/sh -e": the interpreter's path. false: this is no script, or cannot be read. */
bool libraries_interpreter(const char *path, char *out, size_t cap);

#endif
