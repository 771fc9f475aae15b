/* SPDX-License-Identifier: Apache-2.0
 *
 * layers.c - raw entries, layer by layer. Files that fail have said so themselves and count for nothing.
 */
#include "sdk/layers.h"

#include <stdio.h>
#include <string.h>

#include "util/diag.h"
#include "util/str.h"

static void choose(struct distro_choice *choice, const char *value, const char *origin)
{
	struct view v = view_trim(view_of(value));
	if (!v.len)
		return;
	snprintf(choice->value, sizeof choice->value, "%.*s", (int)v.len, v.ptr);
	snprintf(choice->origin, sizeof choice->origin, "%s", origin);
}

/* After a layer was read: has it named another distro than those below it? */
static void look_again(const struct config *config, const char *origin, struct distro_choice *choice)
{
	const char *name = config_raw(config, "distro", "name");
	if (name == choice->raw)
		return;
	choice->raw = name;
	choose(choice, name, origin);
}

static otel_status read_file(struct config *config, enum config_layer layer, const char *path,
			     struct distro_choice *choice)
{
	otel_status status = config_read_file(config, layer, path);
	look_again(config, path, choice);
	return status;
}

static void read_user_file(struct config *config, const struct otel_boot *boot, struct distro_choice *choice)
{
	const char *path = boot->secure ? NULL : otel_boot_env(boot, "OTEL_C_CONFIG");
	if (path && *path && read_file(config, CONFIG_USER, path, choice) == OTEL_NOT_FOUND)
		diag(DIAG_WARN, "OTEL_C_CONFIG: \"%s\" does not exist; going on without it", path);
}

static void set(struct config *config, const char *section, const char *key, const char *value)
{
	if (value && config_set(config, CONFIG_CODE, section, key, value, "otel_sdk_start") != OTEL_OK)
		diag(DIAG_WARN, "otel_sdk_start: %s.%s cannot be set", section, key);
}

/* "exporter.otlp.endpoint": the key is what follows the last dot. */
static void set_dotted(struct config *config, const otel_setting *setting)
{
	char section[128];
	const char *dot = setting->key ? strrchr(setting->key, '.') : NULL;
	size_t len = dot ? (size_t)(dot - setting->key) : 0;
	if (!len || len >= sizeof section || !dot[1] || !setting->value) {
		diag(DIAG_WARN, "otel_sdk_start: setting \"%.100s\" is not of the form section.key with a value",
		     setting->key ? setting->key : "");
		return;
	}
	memcpy(section, setting->key, len);
	section[len] = '\0';
	set(config, section, dot + 1, setting->value);
}

static void read_code(struct config *config, const otel_sdk_options *options, struct distro_choice *choice)
{
	for (size_t i = 0; i < options->setting_count; i++)
		set_dotted(config, &options->settings[i]);
	set(config, "resource", "service_name", options->service_name);
	set(config, "resource", "service_version", options->service_version);
	set(config, "distro", "name", options->distro);
	look_again(config, "otel_sdk_start", choice);
}

void layers_read(struct config *config, const struct otel_boot *boot, const otel_sdk_options *options,
		 struct distro_choice *choice)
{
	choice->raw = NULL;
	*choice->value = *choice->origin = '\0';
	read_file(config, CONFIG_SITE, OTEL_C_SITE_FILE, choice);
	read_user_file(config, boot, choice);
	config_read_env(config, boot);
	look_again(config, "OTEL_DISTRO", choice);
	read_code(config, options, choice);
}
