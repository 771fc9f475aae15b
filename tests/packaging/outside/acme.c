/* SPDX-License-Identifier: Apache-2.0
 *
 * acme.c - the smallest distro, built outside the tree: its trace ids begin with ac ac ac ac.
 */
#include <otel/plugin.h>
#include <string.h>

void acme_trace_id(void *self, const uint8_t random[16], uint8_t out[16]);

/* Not static: the build is to hide it. */
void acme_trace_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	(void)self;
	memcpy(out, random, 16);
	memset(out, 0xac, 4);
}

static const otel_id_generator generator = {
	.component = {.size = sizeof(otel_id_generator)},
	.trace_id = acme_trace_id,
	.trace_id_is_random = true,
};

static otel_status setup(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_ID_GENERATOR, "acme", &generator, NULL);
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "acme",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.setup = setup,
};
