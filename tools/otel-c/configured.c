/* SPDX-License-Identifier: Apache-2.0
 *
 * configured.c - the first half of a start of the SDK.
 */
#include "tools/otel-c/configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin/component.h"
#include "plugin/registry.h"
#include "sdk/distro.h"
#include "sdk/layers.h"
#include "sdk/provider.h"
#include "sdk/snapshot.h"
#include "tools/otel-c/home.h"
#include "util/diag.h"

static struct config *give_up(const char *why)
{
	fprintf(stderr, "otel-c: %s\n", why);
	return NULL;
}

/* The SDK loads the module of an authenticator when it opens that; its settings are to be seen before. */
static void load_authenticators(struct config *config)
{
	static const char *const sections[] = {"exporter.otlp", "exporter.otlp.traces", "exporter.otlp.metrics",
					       "exporter.otlp.logs"};

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const char *name = config_raw(config, sections[i], "auth");
		char *path = NULL;
		if (!name || strchr(name, '/') || component_find(OTEL_COMPONENT_AUTHENTICATOR, name))
			continue;
		if (asprintf(&path, "%s/%s.so", place_modules(), name) > 0 && !access(path, R_OK))
			registry_load(path, config_raw_origin(config, sections[i], "auth"));
		free(path);
	}
}

struct config *configured_load_distro(const char *distro, const char **name_of_distro)
{
	static struct distro_choice choice;
	static char name[DISTRO_NAME_MAX];
	const otel_sdk_options options = {.size = sizeof options, .distro = distro};
	struct config *config = config_create();
	const struct otel_boot *boot = snapshot_take();

	if (!config || !boot)
		return give_up("out of memory");
	home_find();
	diag_setup(boot, DIAG_WARN);
	registry_begin(config, boot);
	if (registry_add_builtin(&provider_builtin) != OTEL_OK)
		return give_up("its own components do not register");
	layers_read(config, boot, &options, &choice);
	if (*choice.value && distro_load(config, choice.value, choice.origin, name) != OTEL_OK)
		name[0] = '\0';
	distro_load_plugins(config);
	load_authenticators(config);
	config_resolve(config);
	registry_configure();
	*name_of_distro = name;
	return config;
}

struct config *configured_load(void)
{
	const char *name;

	return configured_load_distro(NULL, &name);
}
