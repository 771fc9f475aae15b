/* SPDX-License-Identifier: Apache-2.0
 *
 * layers.c - raw entries, layer by layer. Files that fail have said so themselves and count for nothing.
 */
#include "sdk/layers.h"

#include <stdio.h>
#include <string.h>

#include "plugin/registry.h"
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
static void look_again(const struct config *config, struct distro_choice *choice)
{
	const char *name = config_raw(config, "distro", "name");
	if (name == choice->raw)
		return;
	choice->raw = name;
	choose(choice, name, config_raw_origin(config, "distro", "name"));
}

/* <prefix> of <prefix>/lib and <prefix>/lib/<triplet>; 0 = it lies elsewhere. */
static size_t prefix_length(const char *sdk)
{
	static const char *const dirs[] = {"/lib", "/lib64"};
	size_t len = strlen(sdk);

	for (int up = 0; up < 2 && len; up++) {
		for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++) {
			size_t dir = strlen(dirs[i]);
			if (len > dir && !memcmp(sdk + len - dir, dirs[i], dir))
				return len - dir;
		}
		while (len && sdk[len - 1] != '/')
			len--;
		len -= len > 0;
	}
	return 0;
}

/* An installation of its own has a file of its own; one below /usr has that of the system. */
static bool prefix_file(char path[PATH_MAX])
{
	const char *sdk = place_sdk();
	size_t len = prefix_length(sdk);

	if (!len || (len == 4 && !memcmp(sdk, "/usr", 4)))
		return false;
	return snprintf(path, PATH_MAX, "%.*s/etc/otel-c/otel.ini", (int)len, sdk) < PATH_MAX;
}

static otel_status read_file(struct config *config, enum config_layer layer, const char *path,
			     struct distro_choice *choice)
{
	otel_status status = config_read_file(config, layer, path);
	look_again(config, choice);
	return status;
}

static void read_site_file(struct config *config, struct distro_choice *choice)
{
	static char path[PATH_MAX]; /* too large for the stack of whichever thread wakes us */

	if (!prefix_file(path) || read_file(config, CONFIG_SITE, path, choice) == OTEL_NOT_FOUND)
		read_file(config, CONFIG_SITE, OTEL_C_SITE_FILE, choice);
}

static void read_user_file(struct config *config, const struct otel_boot *boot, struct distro_choice *choice)
{
	const char *path = boot->secure ? NULL : otel_boot_env(boot, "OTEL_C_CONFIG");
	if (path && *path && read_file(config, CONFIG_USER, path, choice) == OTEL_NOT_FOUND) {
		diag(DIAG_WARN, "OTEL_C_CONFIG: \"%s\" does not exist; going on without it", path);
		config_count_problem(config);
	}
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
	look_again(config, choice);
}

/* No profile has been read yet, so whoever said it is none. */
static void refuse_extends(struct config *config)
{
	const char *base = config_raw(config, "distro", "extends");

	if (!base)
		return;
	diag(DIAG_WARN, "%s: [distro] extends has no effect here, only a profile extends another; write name = %.63s",
	     config_raw_origin(config, "distro", "extends"), base);
	config_count_problem(config);
}

void layers_read(struct config *config, const struct otel_boot *boot, const otel_sdk_options *options,
		 struct distro_choice *choice)
{
	choice->raw = NULL;
	*choice->value = *choice->origin = '\0';
	read_site_file(config, choice);
	read_user_file(config, boot, choice);
	config_read_env(config, boot);
	look_again(config, choice);
	read_code(config, options, choice);
	refuse_extends(config);
}
