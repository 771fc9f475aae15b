/* SPDX-License-Identifier: Apache-2.0
 *
 * base.h - what the faulty modules share: a descriptor that is good, for a setup() that each of them defines.
 */
#ifndef TESTS_MODULES_BASE_H
#define TESTS_MODULES_BASE_H

#include <string.h>

#include <otel/plugin.h>

/* After setup() is defined. */
#define PLUGIN(name_, ...)                                                                                             \
	const otel_plugin otel_plugin_v1 = {.size = sizeof(otel_plugin),                                               \
					    .abi_major = OTEL_PLUGIN_ABI_MAJOR,                                        \
					    .abi_minor = OTEL_PLUGIN_ABI_MINOR,                                        \
					    .name = name_,                                                             \
					    .version = "1.0.0",                                                        \
					    .license = "Apache-2.0",                                                   \
					    .setup = setup,                                                            \
					    __VA_ARGS__}

#define UNUSED __attribute__((unused))

#endif
