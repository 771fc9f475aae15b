/* SPDX-License-Identifier: Apache-2.0
 *
 * next_minor.c - a plugin built against the header of a later minor version, whose structs have all grown. NEXT_MINOR
 * is what it says that it needs: that version, or one that a host of today has.
 */
#include <otel/plugin.h>

/* otel_plugin and otel_sampler as that header might have them. */
struct next_plugin {
	otel_plugin known;
	otel_status (*reconfigure)(const otel_host *host, otel_setup *setup);
	const char *homepage;
};

struct next_sampler {
	otel_sampler known;
	void (*forget)(void *self);
};

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	(void)self, (void)sampling;
	return OTEL_RECORD_AND_SAMPLE;
}

static void forget(void *self)
{
	(void)self;
}

static const struct next_sampler sampler = {
	.known = {.component = {.size = sizeof(struct next_sampler)}, .decide = decide}, .forget = forget};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	const otel_status status = host->add(setup, (otel_kind)99, "next_minor", &sampler, NULL);

	if (status != OTEL_UNSUPPORTED)
		return OTEL_FAILED;
	return host->add(setup, OTEL_COMPONENT_SAMPLER, "next_minor", &sampler, NULL);
}

extern OTEL_EXPORT const struct next_plugin next_plugin __asm__(OTEL_PLUGIN_SYMBOL);

const struct next_plugin next_plugin = {.known = {.size = sizeof(struct next_plugin),
						  .abi_major = OTEL_PLUGIN_ABI_MAJOR,
						  .abi_minor = NEXT_MINOR,
						  .name = "next_minor",
						  .version = "1.0.0",
						  .license = "Apache-2.0",
						  .setup = set_up},
					.homepage = "https://example.org/"};
