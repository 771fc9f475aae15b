/* SPDX-License-Identifier: Apache-2.0
 *
 * fixture.c - a good plugin, and each way to be a bad one: CMakeLists.txt builds it once for each, with a macro or two.
 */
#include <otel/plugin.h>

#ifndef FIXTURE_NAME
#define FIXTURE_NAME "fine"
#endif
#ifndef FIXTURE_VERSION
#define FIXTURE_VERSION "1.0.0"
#endif
#ifndef FIXTURE_SIZE
#define FIXTURE_SIZE sizeof(otel_plugin)
#endif
#ifndef FIXTURE_MAJOR
#define FIXTURE_MAJOR OTEL_PLUGIN_ABI_MAJOR
#endif
#ifndef FIXTURE_MINOR
#define FIXTURE_MINOR OTEL_PLUGIN_ABI_MINOR
#endif
#ifndef FIXTURE_KIND
#define FIXTURE_KIND OTEL_COMPONENT_PROPAGATOR
#endif
#ifndef FIXTURE_STATUS
#define FIXTURE_STATUS OTEL_OK
#endif
#ifndef FIXTURE_COMPONENT
#define FIXTURE_COMPONENT "fine"
#endif
#ifndef FIXTURE_SETUP
#define FIXTURE_SETUP fixture_setup
#endif

static void fixture_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	(void)self, (void)context;
	carrier->set(carrier->self, "fixture", "1");
}

static otel_context *fixture_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	(void)self, (void)base, (void)carrier;
	return NULL;
}

static const char *const fields[] = {"fixture", NULL};

static const otel_propagator propagator = {.component = {.size = sizeof(otel_propagator)},
					   .fields = fields,
					   .inject = fixture_inject,
					   .extract = fixture_extract};

#ifdef FIXTURE_NEEDS_NEIGHBOUR
int neighbour(void);
#else
static int neighbour(void)
{
	return 0;
}
#endif

__attribute__((unused)) static otel_status fixture_setup(const otel_host *host, otel_setup *setup)
{
	otel_status status = host->add(setup, (otel_kind)FIXTURE_KIND, FIXTURE_COMPONENT, &propagator, NULL);
	if (status != OTEL_OK && status != OTEL_UNSUPPORTED)
		return status;
	if (status == OTEL_UNSUPPORTED) /* what a plugin does that outran its host */
		status = host->add(setup, OTEL_COMPONENT_PROPAGATOR, FIXTURE_COMPONENT, &propagator, NULL);
	return status != OTEL_OK ? status : neighbour() ? OTEL_FAILED : FIXTURE_STATUS;
}

/* What a module must not have, and what it may bring along by accident. */
#ifdef FIXTURE_DESTRUCTOR
__attribute__((destructor)) static void fixture_end(void)
{
	__asm__ volatile(""); /* an empty one would be left out */
}
#endif
#ifdef FIXTURE_CONSTRUCTOR
__attribute__((constructor)) static void fixture_begin(void)
{
	__asm__ volatile("");
}
#endif

#ifdef FIXTURE_CONFIGURES
static const otel_config_row fixture_row[] = {{.section = "on_demand",
					       .key = "level",
					       .env = "ON_DEMAND_LEVEL",
					       .type = OTEL_CONFIG_STRING,
					       .help = "Level."}};
#define FIXTURE_ROWS      fixture_row
#define FIXTURE_ROW_COUNT 1

static otel_status fixture_configure(const otel_host *host, otel_setup *setup)
{
	return host->set_default(setup, "on_demand", "level", "computed");
}
#else
#define FIXTURE_ROWS      NULL
#define FIXTURE_ROW_COUNT 0
#define fixture_configure NULL
#endif

const otel_plugin otel_plugin_v1 = {
	.size = FIXTURE_SIZE,
	.abi_major = FIXTURE_MAJOR,
	.abi_minor = FIXTURE_MINOR,
	.name = FIXTURE_NAME,
	.version = FIXTURE_VERSION,
	.license = "Apache-2.0",
	.rows = FIXTURE_ROWS,
	.row_count = FIXTURE_ROW_COUNT,
	.setup = FIXTURE_SETUP,
	.configure = fixture_configure,
};
