/* SPDX-License-Identifier: Apache-2.0
 *
 * layers.h - fills a configuration from everywhere but the distro: site file, user file, environment, code.
 */
#ifndef OTEL_SDK_LAYERS_H
#define OTEL_SDK_LAYERS_H

#include <limits.h>
#include <otel/sdk.h>

#include "config/config.h"

/* The distro that was asked for. */
struct distro_choice {
	char value[PATH_MAX]; /* a name or a path of a profile; "" = none */
	char origin[PATH_MAX]; /* for messages: "OTEL_DISTRO", "/etc/otel-c/otel.ini:3" … */
	const char *raw; /* what it was read from */
};

void layers_read(struct config *config, const struct otel_boot *boot, const otel_sdk_options *options,
		 struct distro_choice *choice);

#endif
