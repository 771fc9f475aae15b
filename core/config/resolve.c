/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - settling every key: the highest layer with a proper value.
 */
#include "config/config.h"

#include <string.h>

#include "config/store.h"

/* A URL may hold a password or a token: those parts are not shown. */
static void append_shown_(struct buf *out, const otel_config_row *row, const char *text)
{
	const char *host = strstr(text, "://");
	const char *at = row->type == OTEL_CONFIG_URL ? strrchr(text, '@') : NULL;
	size_t len = row->type == OTEL_CONFIG_URL ? strcspn(text, "?#") : strlen(text);
	const char *from = at ? at + 1 : text;

	if (at && host && host < at)
		buf_printf(out, "%.*sredacted@", (int)(host + 3 - text), text);
	else if (at)
		buf_append_str(out, "redacted@");
	len = from < text + len ? len - (size_t)(from - text) : 0;
	buf_printf(out, "%.*s%s", (int)(len < 200 ? len : 200), from, len < 200 ? "" : "...");
}

static void report_bad_(struct config *config, const struct entry *entry, const otel_config_row *row)
{
	struct buf line;

	buf_init(&line, 2048);
	buf_append_str(&line, entry->origin);
	if (!row->env || strcmp(entry->origin, row->env) != 0)
		buf_printf(&line, ": [%s] %s", entry->section, entry->key);
	if (row->flags & OTEL_CONFIG_SECRET) {
		buf_append_str(&line, ": the value is not allowed");
	} else {
		buf_append_str(&line, ": \"");
		append_shown_(&line, row, entry->text);
		buf_append_str(&line, "\" is not allowed");
	}
	buf_append_str(&line, "; allowed: ");
	config_describe_type(row, &line);
	if (row->type == OTEL_CONFIG_BOOL)
		buf_append_str(&line, "; taken as false");
	config_complain(config, DIAG_WARN, "%s", buf_str(&line));
	buf_fini(&line);
}

static bool is_blank_(const char *text)
{
	return !text[strspn(text, " \t")];
}

void config_check_entry(struct config *config, struct entry *entry, const otel_config_row *row)
{
	if (entry->is_checked)
		return;
	entry->is_checked = true;
	if (is_blank_(entry->text))
		return;
	entry->is_valid = config_parse_value(config, row, entry->text, &entry->value);
	if (entry->is_valid || config->is_short_of_memory)
		return;
	report_bad_(config, entry, row);
	/* specification/configuration/common.md: whatever is not true is false, and does not fall through. */
	if (row->type == OTEL_CONFIG_BOOL)
		entry->is_valid = config_parse_value(config, row, "false", &entry->value);
}

static bool is_core_(const otel_config_row *row)
{
	return row >= config_schema && row < config_schema + config_schema_count;
}

static bool is_listed_(const char *list, const otel_config_row *row)
{
	struct view rest = view_of(list);
	struct view piece;
	size_t section = strlen(row->section);

	while (view_split(&rest, ',', &piece)) {
		piece = view_trim(piece);
		if (piece.len > section && piece.ptr[section] == '.' && !memcmp(piece.ptr, row->section, section) &&
		    view_equals((struct view){piece.ptr + section + 1, piece.len - section - 1}, row->key))
			return true;
	}
	return false;
}

/* OTEL_SDK_DISABLED=true wins over everything, code too; others where the distro says so. */
static int rank_(const struct config *config, const struct entry *entry, const otel_config_row *row)
{
	int rank = config_rank(entry);
	bool is_environment = entry->layer == CONFIG_ENV || entry->layer == CONFIG_FLAGS;
	bool is_off = is_environment && entry->value.number == 1 && !strcmp(row->section, "sdk") &&
		      !strcmp(row->key, "disabled");

	if (is_off || (is_environment && is_listed_(config->environment_wins, row)))
		rank += (int)(CONFIG_LAYERS * CONFIG_MAX_DEPTH);
	return rank;
}

static void settle_default_(struct config *config, struct setting *setting)
{
	const otel_config_row *row = setting->row;

	if (!row->default_value)
		setting->value = CONFIG_UNSET;
	else if (is_core_(row))
		config_take_default(row, &setting->value);
	else if (!config_parse_value(config, row, row->default_value, &setting->value))
		config_complain(config, DIAG_ERROR, "%s: the default of [%s] %s is not allowed", setting->owner,
				row->section, row->key);
}

/* Every entry finds its setting, and not the other way round: there are far more settings. */
static void settle_(struct config *config)
{
	config->environment_wins = config_raw(config, "distro", "environment_wins");
	for (size_t i = 0; i < config->setting_count; i++)
		config->settings[i].entry = NULL;
	for (struct entry *entry = config->entries; entry; entry = entry->next) {
		const struct setting *found =
			entry->is_superseded ? NULL : config_find(config, entry->section, entry->key);
		struct setting *setting = found ? &config->settings[found - config->settings] : NULL;
		if (!setting)
			continue;
		config_check_entry(config, entry, setting->row);
		if (entry->is_valid && (!setting->entry || rank_(config, entry, setting->row) >=
								   rank_(config, setting->entry, setting->row)))
			setting->entry = entry;
	}
	for (size_t i = 0; i < config->setting_count; i++) {
		struct setting *setting = &config->settings[i];
		if (setting->entry)
			setting->value = setting->entry->value;
		else
			settle_default_(config, setting);
	}
}

/* No problem of the configuration: other languages may follow it. */
static void report_not_yet_(const struct config *config)
{
	for (size_t i = 0; i < config->setting_count; i++) {
		const otel_config_row *row = config->settings[i].row;
		const struct entry *entry = config->settings[i].entry;
		if (!entry || !(row->flags & CONFIG_NOT_YET) || !is_core_(row))
			continue;
		if (row->env && !strcmp(entry->origin, row->env))
			diag(DIAG_WARN, "%s is not supported yet: it has no effect", row->env);
		else
			diag(DIAG_WARN, "%s: [%s] %s is not supported yet: it has no effect", entry->origin,
			     row->section, row->key);
	}
}

void config_resolve(struct config *config)
{
	config_absorb_env(config);
	config_expand_pending(config);
	settle_(config);
	report_not_yet_(config);
	config_report_unknown_keys(config);
	config_report_unknown_variables(config);
}
