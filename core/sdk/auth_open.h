/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_open.h - which authenticators there are in this round.
 */
#ifndef OTEL_SDK_AUTH_OPEN_H
#define OTEL_SDK_AUTH_OPEN_H

#include "plugin/registry.h"

/* Opens those that the [exporter.otlp…] auth keys name, whose modules may have to be loaded, and all others that are
 * registered: plugins' own requests and "auto" may want them. Returns how many there are in out. */
size_t auth_open(const struct config *config, struct component **out, size_t max);

#endif
