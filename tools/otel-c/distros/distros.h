/* SPDX-License-Identifier: Apache-2.0
 *
 * distros.h - what is installed: profiles and modules, each looked at in a process of its own.
 */
#ifndef OTEL_TOOLS_DISTROS_H
#define OTEL_TOOLS_DISTROS_H

#include <stdbool.h>
#include <stddef.h>

/* "[section] key = value" of a profile, or a component of a module. */
struct distros_item {
	char *section; /* or its kind: "id generator" */
	char *key; /* or its name */
	char *value; /* without secrets; NULL for a component */
};

struct distros_entry {
	bool is_profile;
	char *name; /* of the file, without its ending */
	char *path;
	const char *shadowed_by; /* the path of the one that is found before it, or NULL */
	bool is_private; /* a part of otel-c that is no plugin */
	char *problem; /* why it cannot be used, or NULL */
	char *plugin, *version, *abi, *license; /* of a module, and of the module of a profile; NULL = unknown */
	char *module, *extends; /* of a profile, or NULL */
	struct distros_item *items;
	size_t item_count;
};

struct distros {
	struct distros_entry *all; /* profiles first, then modules in the order in which they are looked for */
	size_t count;
};

void distros_scan(struct distros *distros);
void distros_fini(struct distros *distros);

/* Prints them as one JSON object. false: it could not be. */
bool distros_print_json(const struct distros *distros);

#endif
