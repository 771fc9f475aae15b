/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h - what the files of core/config share: raw entries, settings, and small steps on them.
 */
#ifndef OTEL_CONFIG_STORE_H
#define OTEL_CONFIG_STORE_H

#include "config/config.h"
#include "util/buf.h"
#include "util/diag.h"
#include "util/str.h"

#define CONFIG_MAX_FILE  ((size_t)1 << 20) /* bytes of an INI file */
#define CONFIG_MAX_VALUE ((size_t)64 << 10) /* bytes of one value */
#define CONFIG_MAX_KEYS  1000u /* of one file */
#define CONFIG_MAX_NAME  49u /* bytes of a section's or key's name: what inih keeps of it */

#define CONFIG_BUCKETS 128u /* a power of two */

/* A flag of rows of the core: the specification knows the key, nothing here follows it yet. Whoever sets it is told. */
#define CONFIG_NOT_YET 0x80000000u

/* Profiles that extend one another: the one asked for is 0, the one it extends 1, and so on. */
#define CONFIG_MAX_DEPTH 8u

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
	unsigned depth; /* of the profile, in the layer of the distro */
	bool is_superseded; /* the same layer said something newer */
	bool is_pending; /* holds ${…} or names a file, and the environment is not known yet */
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
	uint32_t next_variable; /* likewise */
	bool is_env_read; /* its variable counts once, however often it is there */
	const struct entry *entry; /* where the value comes from; NULL = default or unset */
	struct value value;
};

struct kept; /* strings that live as long as the config */

struct config {
	const struct otel_boot *boot; /* NULL: no environment, or it may not be trusted */
	unsigned depth; /* of the profile that is being read */
	unsigned problems; /* complaints so far */
	const char *environment_wins; /* "section.key,…" whose variables beat code; NULL = none */
	bool is_env_known;
	struct setting *settings;
	size_t setting_count;
	size_t env_read; /* settings whose variables were looked at */
	uint32_t buckets[CONFIG_BUCKETS]; /* by section and key: the first setting, + 1; 0 = none */
	uint32_t variables[CONFIG_BUCKETS]; /* by variable, likewise */
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
/* Which of two entries counts: the one of the higher rank. */
int config_rank(const struct entry *entry);
/* One line, counted as a problem. */
void config_complain(struct config *config, enum diag_level level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* ---- rows.c ---- */

bool config_add_core_rows(struct config *config);
const struct setting *config_find(const struct config *config, const char *section, const char *key);
/* The setting of a variable; name is not terminated. */
struct setting *config_find_variable(const struct config *config, const char *name, size_t len);

/* ---- resolve.c ---- */

/* Reads an entry as its row's type, once; complains if that is not allowed. */
void config_check_entry(struct config *config, struct entry *entry, const otel_config_row *row);

/* ---- value.c ---- */

/* Reads text as the row's type. false: not allowed. out->text is kept by the config. */
bool config_parse_value(struct config *config, const otel_config_row *row, const char *text, struct value *out);
/* A default of the core's own rows, which are written as they come out. */
void config_take_default(const otel_config_row *row, struct value *out);
/* What is allowed, for "allowed: …"; appended to out. */
void config_describe_type(const otel_config_row *row, struct buf *out);

/* ---- expand.c ---- */

/* Replaces ${NAME}, ${NAME:-default}, ${env:NAME} by variables of the snapshot, and $$ by $. boot NULL: every variable
 * is unset. false with a sentence in *why when malformed or too long. */
bool config_expand(struct view text, const struct otel_boot *boot, struct buf *out, const char **why);
/* Expands the entries that waited for the environment. */
void config_expand_pending(struct config *config);

/* ---- value_file.c ---- */

/* Does this text name a file that holds the value: "@/path", "@${VARIABLE}/path"? */
bool config_is_value_file(const char *text);
/* The content of the file, without one line end, into out. false with a sentence in *why. */
bool config_read_value_file(const char *path, struct buf *out, const char **why);

/* ---- env.c ---- */

/* Makes entries of the variables that rows name; for rows not looked at before. */
void config_absorb_env(struct config *config);

/* ---- unknown.c ---- */

/* Warns of entries that no row has. */
void config_report_unknown_keys(struct config *config);
/* Warns of OTEL_* variables that look like a known one. */
void config_report_unknown_variables(struct config *config);
/* The known name that looks most like this one, "section.key" or a variable; NULL if none does. */
const char *config_near_name(const struct config *config, const char *name, char *out, size_t size);

/* ---- schema.c ---- */

/* Variables we know of that have no row; NULL-terminated. A trailing * stands for any ending. */
extern const char *const config_known_variables[];

#endif
