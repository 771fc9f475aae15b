/* SPDX-License-Identifier: Apache-2.0
 *
 * response_timing.c - a vendor's response propagator: the header that browsers show to scripts as server timing.
 */
#include <otel/plugin.h>

#include <stdio.h>

static const char *const fields[] = {"Server-Timing", "Access-Control-Expose-Headers", NULL};

static void hex(char *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void inject(void *self, const otel_span_context *span, const otel_carrier *carrier)
{
	char trace[33], id[17], value[96];

	(void)self;
	hex(trace, span->trace_id, 16);
	hex(id, span->span_id, 8);
	snprintf(value, sizeof value, "traceparent;desc=\"00-%s-%s-%02x\"", trace, id,
		 (unsigned)(span->trace_flags & OTEL_TRACE_FLAG_SAMPLED));
	carrier->set(carrier->self, fields[0], value);
	carrier->set(carrier->self, fields[1], "Server-Timing");
}

static const otel_response_propagator propagator = {
	.component = {.size = sizeof propagator},
	.fields = fields,
	.inject = inject,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_RESPONSE_PROPAGATOR, "response_timing", &propagator, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "response_timing",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.setup = set_up,
};
