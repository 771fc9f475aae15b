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
	bool configured;       /* configure() was called in this round */
	bool has_defaults;     /* set_default() was called in this round */
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

/* The snapshot of this round; NULL before the first. */
const struct otel_boot *registry_boot(void);

/* Registers the core's own components from a descriptor in our own code. */
otel_status registry_add_builtin(const otel_plugin *plugin);

/* Checks and registers a plugin that is part of the program, the index-th of those it gave, as registry_load() does one
 * that was loaded. */
otel_status registry_add_code(const otel_plugin *plugin, size_t index);

/* Finds, checks (trust, ELF, symbol, ABI) and loads a module and runs its setup(). `module` is a bare name, looked for
 * as <dir>/<module>.so in OTEL_C_PLUGIN_PATH and the module directory, or a path with a slash. `origin` names who
 * asked, for messages: "/…/aws.ini:3". A failure is one line naming plugin, file and cause. Loading the same module
 * twice is OTEL_ALREADY, silently. */
otel_status registry_load(const char *module, const char *origin);

/* The plugin that was registered last; NULL if there is none. */
const otel_plugin *registry_newest(void);

/* Runs configure() of every plugin, in load order, and settles the computed defaults. Between config_resolve() and the
 * first registry_open(). */
void registry_configure(void);

/* Finds a component; if the name is unknown, a module of that name is looked for (b3 -> b3.so). NULL: not found, or
 * its open() failed; the failure has been said, naming origin. */
struct component *registry_open(otel_kind kind, const char *name, const char *origin);

/* Opens a component that is open once more, with state of its own. NULL: it has none that the host gave it, there is no
 * memory, or its open() failed; the failure has been said. */
struct component *registry_open_twin(const struct component *component, const char *origin);

/* Closes an open component. Nobody may be inside it. */
void registry_close_one(struct component *component);

/* Closes every open component of this round. */
void registry_close(void);

/* What may be chosen of a kind, sorted, ", " between, for "available: …" messages: registered components, our own
 * modules that would register one, and "none" where it is a choice. Caller frees. */
char *registry_names(otel_kind kind);

/* ---- places ---- */

/* Directory of libotel_sdk itself, of modules ("…/otel-c"), of profiles. Static storage; "" if unknown. */
const char *place_sdk(void);
const char *place_modules(void);
const char *place_profiles(void);

/* Places as if this file were libotel_sdk: for programs that are not beside it, and for tests. Not once another thread
 * may be reading them. */
void place_set(const char *library);

/* Names of installed distros (profiles with a [distro] section), sorted, ", " between; caller frees. */
char *place_distros(void);

/* The table handed to plugins. */
extern const otel_host registry_host;

#endif
