/* SPDX-License-Identifier: Apache-2.0
 *
 * ini_fuzz.c - any bytes as an INI file and as a profile that another extends: read, filled in from an environment and
 * from files, settled, asked for, explained.
 */
#include <stdlib.h>
#include <string.h>

#include "config/explain.h"
#include "util/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first source is the effective one, and ranks fall from there. */
static void check_sources(const struct config *config, const struct setting *setting)
{
	struct config_source sources[CONFIG_MAX_SOURCES];
	size_t count = config_explain(config, setting, sources);

	if (!count != !setting->value.text)
		abort();
	if (count && strcmp(sources[0].text, setting->value.text) != 0)
		abort();
	for (size_t i = 1; i < count; i++)
		if (sources[i].layer > sources[i - 1].layer || !sources[i].text)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const env[] = {
		"A=value", "EMPTY=", "ROOT=/", "FILE=/etc/hostname", "OTEL_BSP_MAX_QUEUE_SIZE=5", NULL};
	static const struct otel_boot boot = {.size = sizeof(boot), .env = env};
	/* A copy of the exact size: reading past the end is seen. */
	char *text = malloc(size ? size : 1);
	struct config *config = config_create();
	const char *distro;

	diag_setup(NULL, DIAG_NONE);
	if (!text || !config)
		abort();
	memcpy(text, data, size);
	config_read_text(config, CONFIG_SITE, "fuzz.ini", text, size);
	config_read_text(config, CONFIG_DISTRO, "top.ini", text, size);
	config->depth = 1;
	config_read_text(config, CONFIG_DISTRO, "base.ini", text, size);
	config->depth = 0;
	free(text);
	distro = config_raw(config, "distro", "name");
	if (distro && !*distro)
		abort();
	config_read_env(config, &boot);
	config_resolve(config);
	for (size_t i = 0; i < config_schema_count; i++) {
		const otel_config_row *row = &config_schema[i];
		const char *value = config_str(config, row->section, row->key);
		if (value && config_layer_of(config, row->section, row->key) != CONFIG_BUILTIN && !strlen(value) &&
		    row->type != OTEL_CONFIG_LIST)
			abort();
		if (config_int(config, row->section, row->key) < -1 || !*config_origin(config, row->section, row->key))
			abort();
	}
	for (size_t i = 0; i < config->setting_count; i++)
		check_sources(config, &config->settings[i]);
	config_destroy(config);
	return 0;
}
