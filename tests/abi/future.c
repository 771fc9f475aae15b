/* SPDX-License-Identifier: Apache-2.0
 *
 * future.c - a plugin that knows a host of tomorrow and still runs on this one: it asks before it reaches for what is
 * new.
 */
#include <otel/plugin.h>

/* otel_host as a later minor version might declare it: what is there today, then more. */
struct future_host {
	size_t size;
	char today[sizeof(otel_host) - sizeof(size_t)];
	otel_status (*telepathy)(otel_setup *setup);
};

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	(void)self, (void)sampling;
	return OTEL_DROP;
}

static const otel_sampler sampler = {.component = {.size = sizeof(otel_sampler)}, .decide = decide};

static otel_status future_setup(const otel_host *host, otel_setup *setup)
{
	const struct future_host *future = (const struct future_host *)host;
	if (OTEL_OFFERS(future, telepathy))
		return future->telepathy(setup);
	return host->add(setup, OTEL_COMPONENT_SAMPLER, "without_telepathy", &sampler, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "future",
	.version = "9.0.0",
	.license = "Apache-2.0",
	.setup = future_setup,
};
