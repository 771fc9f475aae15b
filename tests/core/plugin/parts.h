/* SPDX-License-Identifier: Apache-2.0
 *
 * parts.h - well-formed components that do nothing, for tests to register.
 */
#ifndef TESTS_PLUGIN_PARTS_H
#define TESTS_PLUGIN_PARTS_H

#include <otel/plugin.h>

static inline void part_inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	(void)self, (void)context, (void)carrier;
}

static inline otel_context *part_extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	(void)self, (void)base, (void)carrier;
	return NULL;
}

static const char *const part_fields[] = {"x-part", NULL};

#define PART_PROPAGATOR(...)                                                                                           \
	{                                                                                                              \
		.component = {.size = sizeof(otel_propagator), __VA_ARGS__}, .fields = part_fields,                    \
		.inject = part_inject, .extract = part_extract                                                         \
	}

#define PART_PLUGIN(plugin_name, ...)                                                                                  \
	{                                                                                                              \
		.size = sizeof(otel_plugin), .abi_major = OTEL_PLUGIN_ABI_MAJOR, .abi_minor = OTEL_PLUGIN_ABI_MINOR,   \
		.name = plugin_name, .version = "1.0.0", .license = "Apache-2.0", __VA_ARGS__                          \
	}

#endif
