/* SPDX-License-Identifier: Apache-2.0
 *
 * install.h - where this otel-c is installed, found from the launcher's own place.
 */
#ifndef OTEL_TRACE_INSTALL_H
#define OTEL_TRACE_INSTALL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define PRELOAD_NAME   "libotel_preload.so"
#define FUNCTIONS_NAME "libotel_functions.so"

struct install {
	char lib[PATH_MAX]; /* directory of libotel_preload.so; "" = not found */
	char share[PATH_MAX]; /* directory of the distros' profiles */
};

/* From /proc/self/exe: ../lib, or ../lib/<multiarch>, and ../share/otel-c. */
void install_find(struct install *install);

/* Is there such a library beside libotel_preload.so? */
bool install_has_library(const struct install *install, const char *name);

/* Is there a profile of this distro? */
bool install_has(const struct install *install, const char *distro);

/* Writes the names of the installed distros, sorted, ", " between; "none" if there is none. */
void install_list(const struct install *install, char *out, size_t cap);

#endif
