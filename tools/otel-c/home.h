/* SPDX-License-Identifier: Apache-2.0
 *
 * home.h - the installation that this otel-c belongs to, found from the program's own place. A build tree has the same
 * layout.
 */
#ifndef OTEL_TOOLS_HOME_H
#define OTEL_TOOLS_HOME_H

#include <limits.h>
#include <stdbool.h>

struct home {
	char lib[PATH_MAX]; /* directory of libotel_sdk.so.1; "" = not found */
	char include[PATH_MAX]; /* directory that otel/plugin.h is included from; "" = not installed */
};

/* Finds it once, and lets modules and profiles be looked for there, as libotel_sdk would. */
const struct home *home_find(void);

#endif
