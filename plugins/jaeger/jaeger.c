/* SPDX-License-Identifier: Apache-2.0
 *
 * jaeger.c - the propagator "jaeger": uber-trace-id, and baggage in uberctx-* and jaeger-baggage.
 *
 * Deprecated by the specification, for services that still speak it. Debug has no place in a span context: it travels
 * in the context beside it and is sent on with the same trace.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <stdlib.h>
#include <string.h>

#include "plugins/jaeger/uber_trace_id.h"
#include "plugins/propagation/baggage_headers.h"
#include "plugins/propagation/carrier.h"
#include "plugins/propagation/mark.h"
#include "plugins/propagation/propagator.h"
#include "plugins/propagation/remote.h"

#define TRACE_HEADER   "uber-trace-id"
#define BAGGAGE_HEADER "jaeger-baggage"
#define MARK_DEBUG     1
#define MAX_FIELDS     16 /* of jaeger-baggage: people type them in */
#define MAX_PAIRS      64 /* as many as a baggage holds */
#define MAX_PAIR       8192

static const otel_context_key mark_key = {"jaeger.debug"};
static const struct baggage_format baggage_format = {.prefix = "uberctx-", .is_encoded = true};

/* ---- writing ---- */

static void inject_span(const otel_host *host, const otel_context *context, const otel_carrier *carrier)
{
	otel_span_context sc = host->context_span_context(context);
	struct uber_trace_id id = {.flags = 0};
	char text[UBER_TEXT_SIZE];

	if (!remote_is_valid(&sc))
		return;
	memcpy(id.trace_id, sc.trace_id, sizeof id.trace_id);
	memcpy(id.span_id, sc.span_id, sizeof id.span_id);
	if (sc.trace_flags & OTEL_TRACE_FLAG_SAMPLED)
		id.flags = UBER_FLAG_SAMPLED;
	if (mark_of(host, context, &mark_key, sc.trace_id) == MARK_DEBUG)
		id.flags = UBER_FLAG_SAMPLED | UBER_FLAG_DEBUG;
	uber_format(&id, text);
	carrier->set(carrier->self, TRACE_HEADER, text);
}

static void inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	const otel_host *host = propagator_host(self);

	if (!OTEL_OFFERS(carrier, set))
		return;
	inject_span(host, context, carrier);
	baggage_headers_write(host, &baggage_format, context, carrier);
}

/* ---- reading ---- */

static otel_context *extract_span(const otel_host *host, otel_context *base, const otel_carrier *carrier)
{
	otel_span_context sc = {.is_remote = 1};
	struct uber_trace_id id;

	if (!uber_parse(carrier_only(carrier, TRACE_HEADER), &id))
		return NULL;
	memcpy(sc.trace_id, id.trace_id, sizeof sc.trace_id);
	memcpy(sc.span_id, id.span_id, sizeof sc.span_id);
	sc.trace_flags = id.flags & UBER_FLAG_SAMPLED ? OTEL_TRACE_FLAG_SAMPLED : 0;
	return mark_put(host, remote_context(host, base, &sc), &mark_key, id.trace_id,
			id.flags & UBER_FLAG_DEBUG ? MARK_DEBUG : 0);
}

/* `name=value`; values are not encoded here. */
static otel_baggage *read_pair(const otel_host *host, otel_baggage *baggage, struct view pair)
{
	struct view left;
	char *value = NULL;
	char *name = NULL;

	if (!view_split(&pair, '=', &left) || !pair.ptr || left.len + pair.len > MAX_PAIR)
		return baggage;
	name = view_dup(view_trim(left));
	value = view_dup(view_trim(pair));
	if (name && *name && value)
		baggage = baggage_headers_add(host, baggage, name, value);
	free(name);
	free(value);
	return baggage;
}

static otel_baggage *read_pairs(const otel_host *host, const otel_carrier *carrier)
{
	otel_baggage *baggage = NULL;
	size_t count = 0;

	for (size_t i = 0; OTEL_OFFERS(carrier, get) && i < MAX_FIELDS; i++) {
		const char *field = carrier->get(carrier->self, BAGGAGE_HEADER, i);
		struct view rest = view_of(field);
		struct view pair;
		while (field && count++ < MAX_PAIRS && view_split(&rest, ',', &pair))
			baggage = read_pair(host, baggage, pair);
		if (!field)
			break;
	}
	return baggage;
}

static otel_context *extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	const otel_host *host = propagator_host(self);
	otel_context *context = extract_span(host, base, carrier);
	otel_baggage *baggage = baggage_headers_read(host, &baggage_format, carrier, read_pairs(host, carrier));

	if (!baggage)
		return context;
	return baggage_headers_join(host, context ? context : host->context_ref(base), baggage);
}

/* ---- the plugin ---- */

static const char *const fields[] = {TRACE_HEADER, NULL};

static const otel_propagator jaeger = {
	.component = PROPAGATOR_COMPONENT,
	.fields = fields,
	.inject = inject,
	.extract = extract,
};

static otel_status setup(const otel_host *host, otel_setup *registration)
{
	if (!mark_is_supported(host) || !baggage_headers_are_supported(host))
		return OTEL_UNSUPPORTED;
	return host->add(registration, OTEL_COMPONENT_PROPAGATOR, "jaeger", &jaeger, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "jaeger",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = setup,
};
