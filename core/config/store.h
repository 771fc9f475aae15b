/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h - what the files of core/config share: raw entries, settings, and small steps on them.
 */
#ifndef OTEL_CONFIG_STORE_H
#define OTEL_CONFIG_STORE_H

#include "config/config.h"
#include "util/buf.h"
#include "util/str.h"

#define CONFIG_MAX_FILE  ((size_t)1 << 20) /* bytes of an INI file */
#define CONFIG_MAX_VALUE ((size_t)64 << 10) /* bytes of one value */
#define CONFIG_MAX_KEYS  1000u /* of one file */
#define CONFIG_MAX_NAME  49u /* bytes of a section's or key's name: what inih keeps of it */

#define CONFIG_BUCKETS 128u /* a power of two */

/* A value as its row's type has it. */
struct value {
	const char *text; /* canonical: enums as the schema spells them, lists without blanks and repetitions */
	int64_t number; /* BOOL, INT, DURATION, TIMEOUT; else -1 */
	double real; /* DOUBLE; else NaN */
};

#define CONFIG_UNSET ((struct value){.number = -1, .real = __builtin_nan("")})

/* Something somebody said about a key. Never changed into something else, so strings stay valid. */
struct entry {
	struct entry *next; /* as read */
	enum config_layer layer;
	bool is_superseded; /* the same layer said something newer */
	bool is_pending; /* holds ${…}, and the environment is not known yet */
	bool is_checked;
	bool is_valid;
	const char *section;
	const char *key;
	const char *text;
	const char *origin;
	struct value value; /* once checked and valid */
};

/* A row and what became of it. */
struct setting {
	const otel_config_row *row;
	const char *owner;
	uint32_t next; /* of the same bucket, + 1; 0 = none */
	bool is_env_read;
	const struct entry *entry; /* where the value comes from; NULL = default or unset */
	struct value value;
};

struct kept; /* strings that live as long as the config */

struct config {
	const struct otel_boot *boot; /* NULL: no environment, or it may not be trusted */
	bool is_env_known;
	struct setting *settings;
	size_t setting_count;
	uint32_t buckets[CONFIG_BUCKETS]; /* by section and key: the first setting, + 1; 0 = none */
	struct entry *entries;
	struct entry **last;
	struct kept *kept;
	bool is_short_of_memory;
};

/* ---- config.c ---- */

/* A terminated copy that lives as long as the config. NULL when out of memory. */
const char *config_keep(struct config *config, struct view text);
struct entry *config_add_entry(struct config *config, enum config_layer layer, const char *section, const char *key,
			       struct view text, const char *origin);
const struct setting *config_find(const struct config *config, const char *section, const char *key);

/* ---- value.c ---- */

/* Reads text as the row's type. false: not allowed. out->text is kept by the config. */
bool config_parse_value(struct config *config, const otel_config_row *row, const char *text, struct value *out);
/* What is allowed, for "allowed: …"; appended to out. */
void config_describe_type(const otel_config_row *row, struct buf *out);

/* ---- expand.c ---- */

/* Replaces ${NAME}, ${NAME:-default}, ${env:NAME} by variables of the snapshot, and $$ by $. boot NULL: every variable
 * is unset. false with a sentence in *why when malformed or too long. */
bool config_expand(struct view text, const struct otel_boot *boot, struct buf *out, const char **why);
/* Expands the entries that waited for the environment. */
void config_expand_pending(struct config *config);

/* ---- env.c ---- */

/* Makes entries of the variables that rows name; for rows not looked at before. */
void config_absorb_env(struct config *config);

/* ---- unknown.c ---- */

/* Warns of entries that no row has. */
void config_report_unknown_keys(const struct config *config);
/* Warns of OTEL_* variables that look like a known one. */
void config_report_unknown_variables(const struct config *config);

/* ---- schema.c ---- */

/* Variables we know of that have no row; NULL-terminated. A trailing * stands for any ending. */
extern const char *const config_known_variables[];

#endif
