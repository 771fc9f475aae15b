/* SPDX-License-Identifier: Apache-2.0
 *
 * builtin.c - the core's own components as a plugin: random ids, samplers, W3C propagators, span
 * processors, an exporter.
 */
#include <otel/version.h>

#include "api/slot.h"
#include "sdk/builtin_processors.h"
#include "sdk/id.h"
#include "sdk/memory.h"
#include "sdk/provider.h"
#include "sdk/sampler.h"

/* ---- propagators: the API has them, for programs without an SDK ---- */

static void tracecontext_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	(void)self;
	otel_tracecontext_inject_v1(context, carrier);
}

static otel_context *tracecontext_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	(void)self;
	return otel_tracecontext_extract_v1(base, carrier);
}

static void baggage_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	(void)self;
	otel_baggage_inject_v1(context, carrier);
}

static otel_context *baggage_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	(void)self;
	return otel_baggage_extract_v1(base, carrier);
}

static void none_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	(void)self;
	(void)context;
	(void)carrier;
}

static otel_context *none_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	(void)self;
	(void)base;
	(void)carrier;
	return NULL;
}

static const char *const tracecontext_fields[] = {"traceparent", "tracestate", NULL};
static const char *const baggage_fields[] = {"baggage", NULL};
static const char *const none_fields[] = {NULL};

static const otel_propagator tracecontext = {
	.component = {.size = sizeof(otel_propagator)},
	.fields = tracecontext_fields,
	.inject = tracecontext_inject,
	.extract = tracecontext_extract,
};

static const otel_propagator baggage = {
	.component = {.size = sizeof(otel_propagator)},
	.fields = baggage_fields,
	.inject = baggage_inject,
	.extract = baggage_extract,
};

static const otel_propagator none = {
	.component = {.size = sizeof(otel_propagator)},
	.fields = none_fields,
	.inject = none_inject,
	.extract = none_extract,
};

/* ---- the plugin ---- */

static const struct {
	otel_kind kind;
	const char *name;
	const void *vtable;
} parts[] = {
	{OTEL_COMPONENT_ID_GENERATOR, "random", &id_random},
	{OTEL_COMPONENT_PROPAGATOR, "tracecontext", &tracecontext},
	{OTEL_COMPONENT_PROPAGATOR, "baggage", &baggage},
	{OTEL_COMPONENT_PROPAGATOR, "none", &none},
	{OTEL_COMPONENT_RESPONSE_PROPAGATOR, "traceresponse", &response_traceresponse},
	{OTEL_COMPONENT_SPAN_PROCESSOR, "baggage", &baggage_processor},
	{OTEL_COMPONENT_SPAN_PROCESSOR, "redaction", &redaction_processor},
	{OTEL_COMPONENT_EXPORTER, "memory", &memory_exporter},
};

static otel_status setup_parts(const otel_host *host, otel_setup *setup)
{
	otel_status status = OTEL_OK;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && !status; i++)
		status = host->add(setup, parts[i].kind, parts[i].name, parts[i].vtable, NULL);
	for (size_t i = 0; i < sampler_count && !status; i++)
		status = host->add(setup, OTEL_COMPONENT_SAMPLER, samplers[i].name, samplers[i].sampler, NULL);
	return status;
}

const otel_plugin provider_builtin = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "core",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = setup_parts,
};
