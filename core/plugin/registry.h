/* SPDX-License-Identifier: Apache-2.0
 *
 * registry.h - loaded plugins and the components they registered.
 *
 * Filled on the start thread, then read-only, so look-ups need no lock.
 */
#ifndef OTEL_PLUGIN_REGISTRY_H
#define OTEL_PLUGIN_REGISTRY_H

#include <otel/plugin.h>

#include "config/config.h"

/* A plugin and what it may ask the host for: the otel_setup of plugin.h. */
struct otel_setup {
	const otel_plugin *plugin;
	char *path;            /* of the module; "built in" for the core's own */
	bool in_setup;         /* host->add() is allowed */
	bool in_configure;     /* host->set_default() is allowed */
	struct config *config; /* the configuration being built or in force */
	const struct otel_boot *boot;
	struct otel_setup *next;
};

struct component {
	otel_kind kind;
	const char *name;
	const void *vtable; /* begins with otel_component */
	void *self;
	bool self_is_ours;
	bool is_open;
	otel_setup *owner;
	struct component *next;
};

/* Begins a new registration round for this configuration: forgets components, keeps modules mapped. */
void registry_begin(struct config *config, const struct otel_boot *boot);

/* Registers the core's own components from a descriptor in our own code. */
otel_status registry_add_builtin(const otel_plugin *plugin);

/* Finds, checks (trust, ELF, symbol, ABI) and loads a module and runs its setup(). `module` is a bare name, looked for
 * as <dir>/<module>.so in OTEL_C_PLUGIN_PATH and the module directory, or a path with a slash. `origin` names who
 * asked, for messages: "/…/aws.ini:3". A failure is one line naming plugin, file and cause. Loading the same module
 * twice is OTEL_ALREADY, silently. */
otel_status registry_load(const char *module, const char *origin);

/* Runs configure() of every plugin, in load order. */
void registry_configure(void);

/* Finds a component; if the name is unknown, a module of that name is looked for (b3 -> b3.so). NULL: not found, or
 * its open() failed; the failure has been said, naming origin. */
struct component *registry_open(otel_kind kind, const char *name, const char *origin);

/* Closes every open component. */
void registry_close(void);

/* Names of the registered components of a kind, comma separated, for "allowed: …" messages; caller frees. */
char *registry_names(otel_kind kind);

/* ---- places ---- */

/* Directory of libotel_sdk itself, of modules ("…/otel-c"), of profiles. Static storage; "" if unknown. */
const char *place_sdk(void);
const char *place_modules(void);
const char *place_profiles(void);

/* Names of installed distros (profiles with a [distro] section), sorted, ", " between; caller frees. */
char *place_distros(void);

/* The table handed to plugins. */
extern const otel_host registry_host;

#endif
