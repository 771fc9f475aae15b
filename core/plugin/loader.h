/* SPDX-License-Identifier: Apache-2.0
 *
 * loader.h - from the name of a module to the descriptor inside it. Start thread only.
 */
#ifndef OTEL_PLUGIN_LOADER_H
#define OTEL_PLUGIN_LOADER_H

#include <otel/plugin.h>

#include "util/boot.h"

struct module {
	char *path; /* malloc'ed; the caller's */
	const otel_plugin *plugin; /* checked; mapped for ever */
};

/* Finds, checks and maps a module. OTEL_NOT_FOUND: no such file, and nothing was said. Any other failure: one line
 * naming who asked (origin), the module, the file, the cause and the cure. The caller holds net_lock where others may
 * fork. boot may be NULL. */
otel_status loader_load(const char *module, const char *origin, const struct otel_boot *boot, struct module *out);

/* A module is being mapped. A child forked then has it half mapped for ever, and must not ask for it again. */
extern _Atomic bool loader_is_busy;

/* Is this descriptor one that we understand? `index` is its place in the list that the program gave. Any failure: one
 * line. */
otel_status loader_check(const otel_plugin *plugin, size_t index);

/* Is there a file for this module, whatever may be wrong with it? */
bool loader_has(const char *module, const struct otel_boot *boot);

/* Where modules are looked for, colon separated, for messages; caller frees. */
char *loader_path(const struct otel_boot *boot);

/* What keeps this file from being mapped as a shared object of this process; NULL when nothing does: then *advice is
 * what its maker should know, or NULL. Looks at the headers only, so that the dynamic linker meets no file it would
 * trip over. Texts are static, some only until the next call. */
const char *elf_complaint(int fd, const char **advice);

#endif
