/* SPDX-License-Identifier: Apache-2.0
 *
 * distro.c - from OTEL_DISTRO to loaded profiles and modules.
 */
#include "sdk/distro.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/store.h"
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

/* ---- profiles that extend others ---- */

/* The profile asked for, the one it extends, and so on. */
static struct chain {
	char path[CONFIG_MAX_DEPTH][PATH_MAX]; /* too large for the stack of whichever thread wakes us */
	char name[CONFIG_MAX_DEPTH][DISTRO_NAME_MAX];
	unsigned count;
	char origin[PATH_MAX + 64]; /* who asks for the next */
	char beside[PATH_MAX]; /* the next, found from the one that asks */
} chain;

static otel_status refuse_chain(const char *origin, const char *last, const char *why)
{
	struct buf names;
	otel_status status;

	buf_init(&names, CONFIG_MAX_DEPTH * (DISTRO_NAME_MAX + 4u));
	for (unsigned i = 0; i < chain.count; i++)
		buf_printf(&names, "%s -> ", chain.name[i]);
	status = last_error_say(OTEL_INVALID, "%s: %s%s %s", origin, buf_str(&names), last, why);
	buf_fini(&names);
	return status;
}

static bool is_in_chain(const char *path)
{
	for (unsigned i = 0; i < chain.count; i++)
		if (!strcmp(chain.path[i], path))
			return true;
	return false;
}

static otel_status read_profile(struct config *config, const char *value, const char *origin)
{
	char *path = chain.path[chain.count];
	otel_status status = find_profile(value, origin, path, chain.name[chain.count]);

	if (status)
		return status;
	if (is_in_chain(path))
		return refuse_chain(origin, chain.name[chain.count], "is a loop");
	status = config_read_profile(config, chain.count, path);
	if (status == OTEL_NOT_FOUND)
		return refuse(status, value, origin, is_path(value) ? "does not exist" : "is not installed");
	if (status)
		return last_error_note(status, "%s: the profile %s cannot be used", origin, path);
	chain.count++;
	return OTEL_OK;
}

/* A path that does not begin at the root begins where the profile that names it lies. */
static const char *find_beside(const char *profile, const char *value)
{
	const char *slash = strrchr(profile, '/');

	if (!is_path(value) || *value == '/' || !slash ||
	    snprintf(chain.beside, PATH_MAX, "%.*s/%s", (int)(slash - profile), profile, value) >= PATH_MAX)
		return value;
	return chain.beside;
}

static otel_status read_chain(struct config *config, const char *value, const char *origin)
{
	const char *place;
	otel_status status;

	chain.count = 0;
	status = read_profile(config, value, origin);
	while (!status && (value = config_raw_profile(config, chain.count - 1, "distro", "extends", &place))) {
		snprintf(chain.origin, sizeof chain.origin, "%s: [distro] extends", place);
		if (chain.count == CONFIG_MAX_DEPTH)
			return refuse_chain(chain.origin, value,
					    "is too long: up to 8 profiles may extend one another");
		status = read_profile(config, find_beside(chain.path[chain.count - 1], value), chain.origin);
	}
	return status;
}

/* The highest word counts for the profile asked for: a file of the site or the user may name another module. */
static otel_status load_module(const struct config *config, unsigned depth)
{
	const char *place;
	const char *module = depth ? config_raw_profile(config, depth, "distro", "module", &place)
				   : config_raw(config, "distro", "module");
	otel_status status = module && *module ? registry_load(module, chain.path[depth]) : OTEL_OK;

	if (status && status != OTEL_ALREADY)
		return last_error_note(status, "%s: the module \"%s\" of distro \"%s\" cannot be used",
				       chain.path[depth], module, chain.name[depth]);
	return OTEL_OK;
}

otel_status distro_load(struct config *config, const char *value, const char *origin, char name[DISTRO_NAME_MAX])
{
	otel_status status = read_chain(config, value, origin);

	if (status)
		goto out;
	snprintf(name, DISTRO_NAME_MAX, "%s", chain.name[0]);
	/* From the ground up: who extends another finds its parts there. */
	for (unsigned depth = chain.count; depth-- > 0 && !status;)
		status = load_module(config, depth);
out:
	if (status)
		config_count_problem(config);
	return status;
}

/* ---- further modules ---- */

void distro_load_plugins(struct config *config)
{
	struct view rest = view_of(config_raw(config, "plugins", "load"));
	const char *origin = config_raw_origin(config, "plugins", "load");
	struct view piece;

	while (view_split(&rest, ',', &piece)) {
		char *module = view_dup(view_trim(piece));
		otel_status status = module && *module ? registry_load(module, origin) : OTEL_OK;
		if (status && status != OTEL_ALREADY)
			config_count_problem(config);
		free(module);
	}
}
