/* SPDX-License-Identifier: Apache-2.0
 *
 * components.h - opening what the configuration selects by name.
 */
#ifndef OTEL_SDK_COMPONENTS_H
#define OTEL_SDK_COMPONENTS_H

#include "plugin/registry.h"

/* Opens the components that the list under [section] key names, in its order, each once. "none" alone selects nothing.
 * What is unknown or does not open is left out; that was said. Returns how many there are in out. */
size_t components_open(otel_kind kind, const struct config *config, const char *section, const char *key,
		       struct component **out, size_t max);

/* Opens the one that [section] key names; if that fails, `fallback` (which may be NULL). */
struct component *components_open_one(otel_kind kind, const struct config *config, const char *section, const char *key,
				      const char *fallback);

/* Closes components that nobody can be inside of any more. */
void components_close(struct component *const *components, size_t count);

#endif
