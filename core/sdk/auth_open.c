/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_open.c - see the header.
 */
#include "sdk/auth_open.h"

#include "plugin/component.h"
#include "sdk/components.h"
#include "util/diag.h"
#include "util/str.h"

static const char *const sections[] = {"exporter.otlp", "exporter.otlp.traces", "exporter.otlp.metrics",
				       "exporter.otlp.logs"};
#define SECTIONS (sizeof sections / sizeof *sections)

/* The name in a section; NULL when there is none to look for. */
static const char *named_in(const struct config *config, size_t section)
{
	const char *name = config_str(config, sections[section], "auth");

	if (!name || !*name || str_equals_nocase(name, "none") || str_equals_nocase(name, "auto"))
		return NULL;
	return name;
}

static bool is_named(const struct config *config, const char *name)
{
	for (size_t i = 0; i < SECTIONS; i++) {
		const char *other = named_in(config, i);
		if (other && str_equals_nocase(name, other))
			return true;
	}
	return false;
}

static size_t add(struct component *component, struct component **out, size_t count, size_t max)
{
	for (size_t i = 0; i < count; i++)
		if (out[i] == component)
			return count;
	if (count < max) {
		out[count] = component;
		return count + 1;
	}
	diag(DIAG_WARN, "authenticator \"%s\" is not used: there are more than %zu", component->name, max);
	registry_close_one(component);
	return count;
}

size_t auth_open(const struct config *config, struct component **out, size_t max)
{
	const otel_kind kind = OTEL_COMPONENT_AUTHENTICATOR;
	struct component *component;
	size_t count = 0;

	for (size_t i = 0; i < SECTIONS; i++) {
		component = named_in(config, i) ? components_open_one(kind, config, sections[i], "auth", NULL) : NULL;
		if (component)
			count = add(component, out, count, max);
	}
	component = NULL;
	while ((component = component_next(kind, component)))
		if (!is_named(config, component->name) && component_open(component, "authenticator"))
			count = add(component, out, count, max);
	return count;
}
