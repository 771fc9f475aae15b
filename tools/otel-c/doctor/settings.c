/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - see settings.h.
 */
#include "tools/otel-c/doctor/settings.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plugin/registry.h"
#include "sdk/components.h"
#include "tools/otel-c/configured.h"
#include "tools/otel-c/doctor/heard.h"
#include "util/clock.h"
#include "util/str.h"

/* ---- the distro ---- */

/* false: the one that is wanted cannot be had, and without it nothing starts; it was said why. */
static bool check_distro(struct report *report, const struct config *config, const char *name)
{
	const char *wanted = config_raw(config, "distro", "name");
	const char *module = config_raw(config, "distro", "module");
	/* The distro's module is the newest unless others were asked for. */
	const otel_plugin *plugin = config_raw(config, "plugins", "load") ? NULL : registry_newest();
	char profile[PATH_MAX];

	if (!wanted || !*wanted) {
		report_ok(report, "distro", REPORT_UNTIMED, "none is selected");
		return true;
	}
	if (!*name)
		return false;
	snprintf(profile, sizeof profile, "%s/%s.ini", place_profiles(), name);
	if (access(profile, F_OK))
		snprintf(profile, sizeof profile, "%s", wanted);
	if (module && *module)
		report_ok(report, "distro", REPORT_UNTIMED, "%s%s%s, from the profile %s and the module %s", name,
			  plugin ? " " : "", plugin ? plugin->version : "", profile, module);
	else
		report_ok(report, "distro", REPORT_UNTIMED, "%s, from the profile %s", name, profile);
	return true;
}

/* ---- what keeps spans from being sent ---- */

static void check_switch(struct settings_found *found, struct report *report)
{
	const char *origin = config_origin(found->config, "sdk", "disabled");

	found->is_disabled = config_bool(found->config, "sdk", "disabled");
	if (found->is_disabled)
		report_problem(report, "sdk", REPORT_UNTIMED, "take that setting away",
			       "it is switched off (%s), so nothing is recorded", origin);
}

/* With an argument, what the sampler makes of it. */
static const char *describe(const struct component *component, const struct config *config)
{
	const otel_sampler *sampler = component->vtable;
	const size_t needed = offsetof(otel_sampler, description) + sizeof sampler->description;

	if (config_str(config, "traces", "sampler_arg") && sampler->component.size >= needed && sampler->description)
		return sampler->description(component->self);
	return component->name;
}

static void check_sampler(struct report *report, const struct config *config)
{
	struct component *component = components_open_one(OTEL_COMPONENT_SAMPLER, config, "traces", "sampler", NULL);

	const char *origin = config_origin(config, "traces", "sampler");

	if (heard_report(report, "sampler", NULL) || !component)
		return;
	if (strstr(component->name, "always_off"))
		report_problem(report, "sampler", REPORT_UNTIMED, "choose another, such as parentbased_always_on",
			       "%s (%s) takes no span that begins a trace", component->name, origin);
	else
		report_ok(report, "sampler", REPORT_UNTIMED, "%s (%s)", describe(component, config), origin);
	registry_close_one(component);
}

/* What prints to standard output, which is ours; NULL: another. */
static const char *printer_of(struct view name)
{
	static const char *const printers[] = {"console", "otlp/stdout"};

	for (size_t i = 0; i < sizeof printers / sizeof *printers; i++)
		if (view_equals_nocase(name, printers[i]))
			return printers[i];
	return NULL;
}

static void read_exporters(struct settings_found *found, const char **printer)
{
	struct view rest = view_of(config_str(found->config, "traces", "exporter"));
	struct view name;

	while (view_split(&rest, ',', &name)) {
		const size_t len = strlen(found->exporters);

		name = view_trim(name);
		*printer = *printer ? *printer : printer_of(name);
		if (!name.len || printer_of(name) || view_equals_nocase(name, "none"))
			continue;
		snprintf(found->exporters + len, sizeof found->exporters - len, "%s%.*s", len ? "," : "", (int)name.len,
			 name.ptr);
	}
}

static void check_exporters(struct settings_found *found, struct report *report)
{
	const char *origin = config_origin(found->config, "traces", "exporter");
	const char *printer = NULL;

	read_exporters(found, &printer);
	if (printer)
		report_ok(report, "export", REPORT_UNTIMED, "the exporter \"%s\" (%s) prints spans on stdout", printer,
			  origin);
	else if (!*found->exporters)
		report_problem(report, "export", REPORT_UNTIMED, "set OTEL_TRACES_EXPORTER=otlp",
			       "there is no exporter of spans (%s)", origin);
}

static void find_endpoint(struct settings_found *found)
{
	static const char *const sections[] = {"exporter.otlp.traces", "exporter.otlp"};
	const char *origin = "default";

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		if (!config_str(found->config, sections[i], "endpoint"))
			continue;
		origin = config_origin(found->config, sections[i], "endpoint");
		break;
	}
	snprintf(found->endpoint, sizeof found->endpoint, "%s",
		 strcmp(origin, "default") == 0 ? "the default; set OTEL_EXPORTER_OTLP_ENDPOINT" : origin);
}

/* ---- all ---- */

static void check_service(struct report *report, const struct config *config)
{
	const char *name = config_str(config, "resource", "service_name");
	const char *attributes = config_str(config, "resource", "attributes");

	if (name)
		report_ok(report, "service", REPORT_UNTIMED, "\"%s\" (%s)", name,
			  config_origin(config, "resource", "service_name"));
	else if (!attributes || !strstr(attributes, "service.name"))
		report_ok(
			report, "service", REPORT_UNTIMED,
			"no name is set, so it is \"unknown_service:\" and the program's; OTEL_SERVICE_NAME sets one");
}

bool settings_check(struct settings_found *found, struct report *report, const char *distro)
{
	const uint64_t begin = clock_mono_ms();
	const char *name;

	*found = (struct settings_found){.config = configured_load_distro(distro, &name)};
	if (!found->config) {
		report_problem(report, "configuration", REPORT_UNTIMED, "", "it cannot be read: out of memory");
		return false;
	}
	if (!heard_report(report, "configuration", NULL))
		report_ok(report, "configuration", (int64_t)(clock_mono_ms() - begin), "read without a problem");
	if (!check_distro(report, found->config, name))
		return false;
	check_service(report, found->config);
	check_switch(found, report);
	check_sampler(report, found->config);
	check_exporters(found, report);
	find_endpoint(found);
	return !found->is_disabled;
}
