/* SPDX-License-Identifier: Apache-2.0
 *
 * preload_path.h - the entry for LD_PRELOAD, which the loader splits at blanks and colons.
 */
#ifndef OTEL_TRACE_PRELOAD_PATH_H
#define OTEL_TRACE_PRELOAD_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* Can the loader read this path in a list? */
bool preload_path_is_plain(const char *path);

/* Writes the path of library `name` in directory `lib`: as it is, or if the directory's name cannot stand in a list,
 * through a link in a directory of this user that nobody else can enter. The link stays: programs started later inherit
 * the list. NULL, or a clause that tells why there is none. */
const char *preload_path(const char *lib, const char *name, char *out, size_t cap);

/* Writes an LD_PRELOAD list: `own` first, itself a list (NULL: without us), then what `existing` (may be NULL) holds,
 * except entries that name our libraries already. libotel_functions.so stays where it was put if own has none: whoever
 * started us asked for it. false if it does not fit. */
bool preload_list(const char *own, const char *existing, char *out, size_t cap);

#endif
