/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.h - who said what of a key, for people.
 */
#ifndef OTEL_CONFIG_EXPLAIN_H
#define OTEL_CONFIG_EXPLAIN_H

#include "config/store.h"

/* One who gave a key a value. Pieces are borrowed from the configuration. */
struct config_source {
	enum config_layer layer;
	const char *text; /* secrets and all: config_show_value() */
	const char *variable; /* of the environment, else NULL */
	struct view file; /* else empty */
	unsigned line; /* of the file, else 0 */
	const char *who; /* neither: "plugin splunk", "otel_sdk_start"; NULL for a default */
};

#define CONFIG_MAX_SOURCES (CONFIG_LAYERS + CONFIG_MAX_DEPTH)

/* Fills in all whose value is allowed, the effective one first, the built-in default last. Returns how many. */
size_t config_explain(const struct config *config, const struct setting *setting,
		      struct config_source out[CONFIG_MAX_SOURCES]);

/* "default", "computed", "ambient", "distro", "site", "user", "environment", "flags", "code". */
const char *config_layer_name(enum config_layer layer);

/* "OTEL_X", "/etc/otel-c/otel.ini:3", "plugin splunk", "default". */
void config_show_source(struct buf *out, const struct config_source *source);

#endif
