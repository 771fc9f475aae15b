/* SPDX-License-Identifier: Apache-2.0
 *
 * configured.h - the configuration that a program started from here would have, with its distro and plugins loaded.
 */
#ifndef OTEL_TOOLS_CONFIGURED_H
#define OTEL_TOOLS_CONFIGURED_H

#include "config/config.h"

/* Reads every layer, loads the distro and the plugins and lets them configure; starts nothing. NULL: it cannot be done,
 * which was said. What can be used in spite of a failure is there. Once per process. */
struct config *configured_load(void);

/* The same with this distro instead of the configured one (NULL: as configured). *name gets the distro's name, "" if
 * there is none or it cannot be loaded, which was said. */
struct config *configured_load_distro(const char *distro, const char **name);

#endif
