/* SPDX-License-Identifier: Apache-2.0
 *
 * ottrace.c - the propagator "ottrace": the headers of OpenTracing's basic tracers, ot-tracer-* and ot-baggage-*.
 *
 * Deprecated by the specification, for services that still speak it. Its trace ids have 64 bits: the lower half of ours
 * is sent.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <string.h>

#include "plugins/propagation/baggage_headers.h"
#include "plugins/propagation/carrier.h"
#include "plugins/propagation/propagator.h"
#include "plugins/propagation/remote.h"

#define TRACE_ID "ot-tracer-traceid"
#define SPAN_ID  "ot-tracer-spanid"
#define SAMPLED  "ot-tracer-sampled"

static const struct baggage_format baggage_format = {.prefix = "ot-baggage-", .is_encoded = false};

/* ---- writing ---- */

static void inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	const otel_host *host = propagator_host(self);
	otel_span_context sc = host->context_span_context(context);
	char hex[17] = "";

	if (!OTEL_OFFERS(carrier, set) || !remote_is_valid(&sc))
		return;
	str_to_hex(hex, sc.trace_id + 8, 8);
	carrier->set(carrier->self, TRACE_ID, hex);
	str_to_hex(hex, sc.span_id, 8);
	carrier->set(carrier->self, SPAN_ID, hex);
	carrier->set(carrier->self, SAMPLED, sc.trace_flags & OTEL_TRACE_FLAG_SAMPLED ? "true" : "false");
	baggage_headers_write(host, &baggage_format, context, carrier);
}

/* ---- reading ---- */

/* Another propagator may have told the upper half of the trace id, which this format cuts off. */
static void complete_trace_id(const otel_host *host, const otel_context *base, uint8_t trace_id[16])
{
	static const uint8_t zeros[8];
	otel_span_context before = host->context_span_context(base);

	if (before.is_remote && memcmp(trace_id, zeros, 8) == 0 && memcmp(before.trace_id + 8, trace_id + 8, 8) == 0)
		memcpy(trace_id, before.trace_id, 8);
}

static bool is_sampled(struct view text)
{
	return view_equals(text, "1") || view_equals_nocase(text, "true");
}

static otel_context *extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	const otel_host *host = propagator_host(self);
	otel_span_context sc = {.is_remote = 1};

	/* One after the other: what the carrier returned is gone with the next look. */
	if (!remote_id(carrier_only(carrier, TRACE_ID), sc.trace_id, sizeof sc.trace_id) ||
	    !remote_id(carrier_only(carrier, SPAN_ID), sc.span_id, sizeof sc.span_id))
		return NULL;
	if (is_sampled(carrier_only(carrier, SAMPLED)))
		sc.trace_flags = OTEL_TRACE_FLAG_SAMPLED;
	complete_trace_id(host, base, sc.trace_id);
	return baggage_headers_join(host, remote_context(host, base, &sc),
				    baggage_headers_read(host, &baggage_format, carrier, NULL));
}

/* ---- the plugin ---- */

static const char *const fields[] = {TRACE_ID, SPAN_ID, SAMPLED, NULL};

static const otel_propagator ottrace = {
	.component = PROPAGATOR_COMPONENT,
	.fields = fields,
	.inject = inject,
	.extract = extract,
};

static otel_status setup(const otel_host *host, otel_setup *registration)
{
	if (!baggage_headers_are_supported(host))
		return OTEL_UNSUPPORTED;
	return host->add(registration, OTEL_COMPONENT_PROPAGATOR, "ottrace", &ottrace, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "ottrace",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = setup,
};
