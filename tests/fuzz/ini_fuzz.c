/* SPDX-License-Identifier: Apache-2.0
 *
 * ini_fuzz.c - any bytes as an INI file: read, filled in from an environment, settled, asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "util/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const env[] = {"A=value", "EMPTY=", "OTEL_BSP_MAX_QUEUE_SIZE=5", NULL};
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
	config_destroy(config);
	return 0;
}
