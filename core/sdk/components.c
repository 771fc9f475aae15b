/* SPDX-License-Identifier: Apache-2.0
 *
 * components.c - see the header. Names are matched in lower case, as the specification has them.
 */
#include "sdk/components.h"

#include "util/diag.h"
#include "util/str.h"

/* false: it is no name at all. */
static bool lower(struct view name, char *out, size_t cap)
{
	if (!name.len || name.len >= cap)
		return false;
	for (size_t i = 0; i < name.len; i++)
		out[i] = char_lower(name.ptr[i]);
	out[name.len] = '\0';
	return true;
}

static void say_too_long(const char *origin)
{
	diag(DIAG_WARN, "%s: a name of more than 63 bytes is ignored", origin);
}

static bool is_in(const struct component *component, struct component *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == component)
			return true;
	return false;
}

size_t components_open(otel_kind kind, const struct config *config, const char *section, const char *key,
		       struct component **out, size_t max)
{
	const char *origin = config_origin(config, section, key);
	struct view rest = view_of(config_str(config, section, key));
	struct view piece;
	char name[64];
	size_t count = 0;
	size_t names = 0;
	bool none = false;

	while (view_split(&rest, ',', &piece)) {
		piece = view_trim(piece);
		if (!piece.len)
			continue;
		names++;
		if (view_equals_nocase(piece, "none")) {
			none = true;
			continue;
		}
		struct component *component = NULL;
		if (lower(piece, name, sizeof name))
			component = registry_open(kind, name, origin);
		else
			say_too_long(origin);
		if (!component || is_in(component, out, count))
			continue;
		if (count == max) {
			registry_close_one(component);
			diag(DIAG_WARN, "%s: only the first %zu are used", origin, max);
			break;
		}
		out[count++] = component;
	}
	if (none && names > 1)
		diag(DIAG_WARN, "%s: \"none\" beside other names is ignored", origin);
	return count;
}

struct component *components_open_one(otel_kind kind, const struct config *config, const char *section, const char *key,
				      const char *fallback)
{
	struct component *component = NULL;
	const char *origin = config_origin(config, section, key);
	const struct view value = view_of(config_str(config, section, key));
	char name[64];
	if (lower(value, name, sizeof name))
		component = registry_open(kind, name, origin);
	else if (value.len)
		say_too_long(origin);
	if (!component && fallback)
		component = registry_open(kind, fallback, "default");
	return component;
}

void components_close(struct component *const *components, size_t count)
{
	for (size_t i = 0; i < count; i++)
		registry_close_one(components[i]);
}
