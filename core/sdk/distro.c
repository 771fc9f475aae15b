/* SPDX-License-Identifier: Apache-2.0
 *
 * distro.c - from OTEL_DISTRO to a loaded profile and module.
 */
#include "sdk/distro.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/registry.h"
#include "sdk/last_error.h"

static bool is_path(const char *value)
{
	size_t len = strlen(value);
	return strchr(value, '/') || (len > 4 && !strcmp(value + len - 4, ".ini"));
}

static bool is_name(const char *value)
{
	return *value && strlen(value) < DISTRO_NAME_MAX &&
	       strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(value);
}

static otel_status refuse(otel_status status, const char *value, const char *origin, const char *why)
{
	char *distros = place_distros();
	last_error_say(status, "%s: \"%.100s\" %s; installed: %s", origin, value, why,
		       distros && *distros ? distros : "none");
	free(distros);
	return status;
}

/* The name of a profile given by its path: the file's, without .ini. */
static void name_of_path(const char *path, char name[DISTRO_NAME_MAX])
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	size_t len = strlen(base);
	if (len > 4 && !strcmp(base + len - 4, ".ini"))
		len -= 4;
	snprintf(name, DISTRO_NAME_MAX, "%.*s", (int)(len < DISTRO_NAME_MAX ? len : DISTRO_NAME_MAX - 1), base);
}

static otel_status find_profile(const char *value, const char *origin, char path[PATH_MAX], char name[DISTRO_NAME_MAX])
{
	if (is_path(value)) {
		if (snprintf(path, PATH_MAX, "%s", value) >= PATH_MAX)
			return refuse(OTEL_INVALID, value, origin, "is too long a path");
		name_of_path(value, name);
		return OTEL_OK;
	}
	if (strchr(value, ','))
		return refuse(OTEL_INVALID, value, origin, "is a list: only one distro can be in force");
	if (!is_name(value))
		return refuse(OTEL_INVALID, value, origin,
			      "is no name of a distro (1 to 63 lower-case letters, digits, '-', '_') and no path of a "
			      "profile");
	snprintf(name, DISTRO_NAME_MAX, "%s", value);
	if (snprintf(path, PATH_MAX, "%s/%s.ini", place_profiles(), value) >= PATH_MAX)
		return refuse(OTEL_NOT_FOUND, value, origin, "is not installed");
	return OTEL_OK;
}

otel_status distro_load(struct config *config, const char *value, const char *origin, char name[DISTRO_NAME_MAX])
{
	static char path[PATH_MAX]; /* too large for the stack of whichever thread wakes us */
	otel_status status = find_profile(value, origin, path, name);
	if (status)
		return status;

	status = config_read_file(config, CONFIG_DISTRO, path);
	if (status == OTEL_NOT_FOUND)
		return refuse(status, value, origin, is_path(value) ? "does not exist" : "is not installed");
	if (status)
		return last_error_note(status, "%s: the profile %s cannot be used", origin, path);

	const char *module = config_raw(config, "distro", "module");
	if (!module || !*module)
		return OTEL_OK;
	status = registry_load(module, path);
	if (status && status != OTEL_ALREADY)
		return last_error_note(status, "%s: the module \"%s\" of distro \"%s\" cannot be used", path, module,
				       name);
	return OTEL_OK;
}
