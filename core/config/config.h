/* SPDX-License-Identifier: Apache-2.0
 *
 * config.h - the configuration of the SDK: one schema, nine layers, every value with its origin.
 *
 * Life: config_create() knows the core's rows; files and environment are read as raw entries; plugins add rows;
 * config_resolve() validates and settles every key; plugins' configure() may then set computed defaults. After that
 * it is read-only and may be read from any thread.
 * A bad value is one diag line (name, where, what was read, what is allowed) and counts as unset: the layer below
 * shows through.
 */
#ifndef OTEL_CONFIG_CONFIG_H
#define OTEL_CONFIG_CONFIG_H

#include <otel/plugin.h>
#include <otel/sdk.h>

#include "util/boot.h"

/* Low to high. Launcher flags arrive as variables listed in OTEL_C_FLAGS. */
enum config_layer {
	CONFIG_BUILTIN,
	CONFIG_COMPUTED,
	CONFIG_AMBIENT, /* variables of rows marked OTEL_CONFIG_AMBIENT */
	CONFIG_DISTRO, /* <share>/otel-c/<distro>.ini */
	CONFIG_SITE, /* /etc/otel-c/otel.ini */
	CONFIG_USER, /* OTEL_C_CONFIG */
	CONFIG_ENV,
	CONFIG_FLAGS,
	CONFIG_CODE,
	CONFIG_LAYERS
};

struct config;

struct config *config_create(void); /* NULL when out of memory */
void config_destroy(struct config *config);

/* The rows of the core; what the table in schema.c holds. */
extern const otel_config_row config_schema[];
extern const size_t config_schema_count;

/* Adds a plugin's rows (static storage). A (section, key) or variable that exists: OTEL_ALREADY, none is added, and a
 * line names both owners. */
otel_status config_add_rows(struct config *config, const char *owner, const otel_config_row *rows, size_t count);

/* Reads an INI file as raw entries of a layer. OTEL_NOT_FOUND: no such file (said only by the caller). A file that
 * cannot be read, is not trusted or is broken: one line with file:line; what was read before the broken line counts
 * for nothing (the file is ignored whole). */
otel_status config_read_file(struct config *config, enum config_layer layer, const char *path);

/* Reads a profile. depth 0 is the distro that was asked for, 1 the one it extends, and so on: the nearer one counts. */
otel_status config_read_profile(struct config *config, unsigned depth, const char *path);

/* What the profile of this depth says of a key; *origin gets its place. NULL: nothing. */
const char *config_raw_profile(const struct config *config, unsigned depth, const char *section, const char *key,
			       const char **origin);

/* The same from memory; `name` stands for the path in messages. Pure: what the tests and the fuzzer call. */
otel_status config_read_text(struct config *config, enum config_layer layer, const char *name, const char *text,
			     size_t len);

/* Takes the snapshot as environment layers; may be called before rows are complete. */
void config_read_env(struct config *config, const struct otel_boot *boot);

/* One value in code or of a layer. `origin` is shown to people ("otel_sdk_start"). Strings are copied. */
otel_status config_set(struct config *config, enum config_layer layer, const char *section, const char *key,
		       const char *value, const char *origin);

/* The highest raw entry of a key, before resolution: for [distro] name, module. NULL if none. */
const char *config_raw(const struct config *config, const char *section, const char *key);
/* Where it stands, as config_origin() does later. */
const char *config_raw_origin(const struct config *config, const char *section, const char *key);

/* Validates all entries against the rows, warns of unknown keys (nearest known one), unknown OTEL_* variables within
 * edit distance 2, and settles effective values. May be called again after more rows or defaults were added. Sections
 * of distros that are not loaded are silent. */
void config_resolve(struct config *config);

/* Effective values. NULL / false / -1 / NaN when unset. Strings live as long as the config. */
const char *config_str(const struct config *config, const char *section, const char *key);
bool config_bool(const struct config *config, const char *section, const char *key);
int64_t config_int(const struct config *config, const char *section, const char *key);
double config_double(const struct config *config, const char *section, const char *key);

/* Where the effective value comes from, for messages: "OTEL_BSP_MAX_QUEUE_SIZE", "/etc/otel-c/otel.ini:12",
 * "otel_sdk_start", "default". Never NULL. */
const char *config_origin(const struct config *config, const char *section, const char *key);
enum config_layer config_layer_of(const struct config *config, const char *section, const char *key);

/* Lines said so far about what this configuration was made of. */
unsigned config_problems(const struct config *config);
void config_count_problem(struct config *config); /* one that was said elsewhere */

/* ---- files ---- */

/* May this file steer us? Refused: not a regular file, writable by others, by a group other than the owner's primary
 * one, or owned by none of root, the effective user and the owner of libotel_sdk. *why gets a static sentence. Opens
 * the file and checks the descriptor, so what was checked is what is used; the caller closes it. -1 with *why NULL:
 * no such file. */
int config_open_trusted(const char *path, const char **why);

#endif
