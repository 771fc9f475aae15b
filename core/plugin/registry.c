/* SPDX-License-Identifier: Apache-2.0
 *
 * registry.c - the plugins of this round: loaded, set up, configured, and asked for components by name.
 */
#include "plugin/registry.h"

#include <stdlib.h>
#include <string.h>

#include "plugin/component.h"
#include "plugin/loader.h"
#include "util/diag.h"

static struct {
	struct config *config;
	const struct otel_boot *boot;
	otel_setup *loaded; /* in load order */
	otel_setup *parked; /* of earlier rounds: plugins may keep the pointer for ever, so none is freed */
} registry;

void registry_begin(struct config *config, const struct otel_boot *boot)
{
	otel_setup **end = &registry.parked;
	while (*end)
		end = &(*end)->next;
	*end = registry.loaded;
	registry.loaded = NULL;
	registry.config = config;
	registry.boot = boot;
	component_forget(NULL);
}

const struct otel_boot *registry_boot(void)
{
	return registry.boot;
}

/* ---- registering plugins ---- */

/* The setup of an earlier round, or a new one. */
static otel_setup *setup_make(const otel_plugin *plugin, const char *path)
{
	otel_setup *setup = NULL;
	for (otel_setup **at = &registry.parked; *at; at = &(*at)->next) {
		if ((*at)->plugin != plugin)
			continue;
		setup = *at;
		*at = setup->next;
		break;
	}
	if (!setup)
		setup = calloc(1, sizeof *setup);
	if (!setup)
		return NULL;
	char *kept = setup->path ? setup->path : strdup(path);
	*setup = (otel_setup){.plugin = plugin, .path = kept, .config = registry.config, .boot = registry.boot};
	return setup;
}

static void setup_append(otel_setup *setup)
{
	otel_setup **end = &registry.loaded;
	while (*end)
		end = &(*end)->next;
	*end = setup;
}

/* Leaves a plugin out: what it registered goes, the setup stays allocated. */
static void setup_park(otel_setup *setup)
{
	component_forget(setup);
	setup->next = registry.parked;
	registry.parked = setup;
}

/* Rows come after setup(): they cannot be taken back, components can. */
static otel_status setup_run(otel_setup *setup)
{
	const otel_plugin *plugin = setup->plugin;
	setup->in_setup = true;
	otel_status status = plugin->setup(&registry_host, setup);
	setup->in_setup = false;
	if (status != OTEL_OK) {
		diag(DIAG_ERROR,
		     "plugin \"%s\" (%s) is left out: its setup failed: %s; see what otel-c plugin check says",
		     plugin->name, setup->path, component_reason(status));
		return OTEL_FAILED;
	}
	if (!plugin->row_count)
		return OTEL_OK;
	return config_add_rows(registry.config, plugin->name, plugin->rows, plugin->row_count);
}

static otel_status plugin_register(const otel_plugin *plugin, const char *path)
{
	for (const otel_setup *other = registry.loaded; other; other = other->next) {
		if (other->plugin == plugin)
			return OTEL_ALREADY;
		if (strcmp(other->plugin->name, plugin->name) != 0)
			continue;
		diag(DIAG_ERROR, "plugin \"%s\" (%s) is left out: %s has the same name; name only one of them",
		     plugin->name, path, other->path);
		return OTEL_ALREADY;
	}
	otel_setup *setup = setup_make(plugin, path);
	if (!setup || !setup->path) {
		free(setup);
		return OTEL_NO_MEMORY;
	}
	otel_status status = setup_run(setup);
	if (status == OTEL_OK)
		setup_append(setup);
	else
		setup_park(setup);
	return status;
}

otel_status registry_add_builtin(const otel_plugin *plugin)
{
	return plugin_register(plugin, "built in");
}

otel_status registry_add_code(const otel_plugin *plugin, size_t index)
{
	otel_status status = loader_check(plugin, index);
	return status ? status : plugin_register(plugin, "part of the program");
}

/* registry_load() without the line for a module that is not there. */
static otel_status load_quietly(const char *module, const char *origin)
{
	struct module found = {.path = NULL};
	otel_status status = loader_load(module, origin, registry.boot, &found);
	if (status == OTEL_OK)
		status = plugin_register(found.plugin, found.path);
	free(found.path);
	return status;
}

otel_status registry_load(const char *module, const char *origin)
{
	otel_status status = load_quietly(module, origin);
	if (status != OTEL_NOT_FOUND)
		return status;
	if (strchr(module, '/')) {
		diag(DIAG_ERROR, "%s: plugin \"%s\" does not exist; correct the path, or install it there", origin,
		     module);
		return status;
	}
	char *path = loader_path(registry.boot);
	diag(DIAG_ERROR,
	     "%s: plugin \"%s\" is not installed; looked in %s; install it there, or add its directory to "
	     "OTEL_C_PLUGIN_PATH",
	     origin, module, path ? path : "?");
	free(path);
	return status;
}

const otel_plugin *registry_newest(void)
{
	const otel_setup *last = registry.loaded;
	while (last && last->next)
		last = last->next;
	return last ? last->plugin : NULL;
}

/* ---- configuring ---- */

/* Computed defaults are settled plugin by plugin, so that the next one sees them. */
static void configure(otel_setup *setup)
{
	const otel_plugin *plugin = setup->plugin;
	if (setup->configured || !plugin->configure)
		return;
	setup->configured = true;
	setup->in_configure = true;
	otel_status status = plugin->configure(&registry_host, setup);
	setup->in_configure = false;
	if (status != OTEL_OK)
		diag(DIAG_ERROR, "plugin \"%s\" (%s): its configuration failed: %s", plugin->name, setup->path,
		     component_reason(status));
	if (setup->has_defaults)
		config_resolve(registry.config);
}

void registry_configure(void)
{
	for (otel_setup *setup = registry.loaded; setup; setup = setup->next)
		configure(setup);
}

/* ---- opening components ---- */

static bool is_module_name(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

/* Looks for the module of a component. A module that comes this late is configured here. False: it is there but was
 * refused, and that has been said. */
static bool load_on_demand(otel_kind kind, const char *name, const char *origin)
{
	const char *module = component_module(kind, name);
	otel_status status = is_module_name(module) ? load_quietly(module, origin) : OTEL_NOT_FOUND;
	if (status != OTEL_OK)
		return status == OTEL_NOT_FOUND || status == OTEL_ALREADY;
	if (registry_newest()->row_count)
		config_resolve(registry.config);
	registry_configure();
	return true;
}

struct component *registry_open(otel_kind kind, const char *name, const char *origin)
{
	struct component *component = component_find(kind, name);
	if (!component) {
		if (!load_on_demand(kind, name, origin))
			return NULL;
		component = component_find(kind, name);
	}
	if (component)
		return component_open(component, origin) ? component : NULL;
	char *names = registry_names(kind);
	diag(DIAG_ERROR, "%s: \"%s\" is not %s; available: %s", origin, name, component_article(kind),
	     names ? names : "");
	free(names);
	return NULL;
}
