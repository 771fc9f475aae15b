/* SPDX-License-Identifier: Apache-2.0
 *
 * distro.h - which distro was asked for, where its profile lies, and its module.
 */
#ifndef OTEL_SDK_DISTRO_H
#define OTEL_SDK_DISTRO_H

#include <otel/types.h>

#include "config/config.h"

#define DISTRO_NAME_MAX 64u

/* Loads the distro that `value` asks for: a name, or the path of a profile (it has a slash or ends in .ini). Reads the
 * profile, and those it extends, as layer CONFIG_DISTRO, and loads their modules. `name` gets the name. `origin` is who
 * asked, for messages. Not OTEL_OK: otel_last_error() tells, and the operator was told. */
otel_status distro_load(struct config *config, const char *value, const char *origin, char name[DISTRO_NAME_MAX]);

/* Loads the modules of [plugins] load. Those that fail have been named; the others count. */
void distro_load_plugins(struct config *config);

#endif
