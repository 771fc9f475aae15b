/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - settling every key: the highest layer with a proper value.
 */
#include "config/config.h"

#include <string.h>

#include "config/store.h"
#include "util/diag.h"

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

static void report_bad_(const struct entry *entry, const otel_config_row *row)
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
	diag(DIAG_WARN, "%s", buf_str(&line));
	buf_fini(&line);
}

static bool is_blank_(const char *text)
{
	return !text[strspn(text, " \t")];
}

static void check_(struct config *config, struct entry *entry, const otel_config_row *row)
{
	if (entry->is_checked)
		return;
	entry->is_checked = true;
	if (is_blank_(entry->text))
		return;
	entry->is_valid = config_parse_value(config, row, entry->text, &entry->value);
	if (entry->is_valid || config->is_short_of_memory)
		return;
	report_bad_(entry, row);
	/* specification/configuration/common.md: whatever is not true is false, and does not fall through. */
	if (row->type == OTEL_CONFIG_BOOL)
		entry->is_valid = config_parse_value(config, row, "false", &entry->value);
}

/* A layer, or above all layers: OTEL_SDK_DISABLED=true wins over everything, code too. */
static int rank_(const struct entry *entry, const otel_config_row *row)
{
	bool is_environment = entry->layer == CONFIG_ENV || entry->layer == CONFIG_FLAGS;

	if (is_environment && entry->value.number == 1 && !strcmp(row->section, "sdk") && !strcmp(row->key, "disabled"))
		return CONFIG_LAYERS;
	return (int)entry->layer;
}

static void settle_(struct config *config, struct setting *setting)
{
	const otel_config_row *row = setting->row;
	const struct entry *best = NULL;

	for (struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_superseded || strcmp(entry->key, row->key) || strcmp(entry->section, row->section))
			continue;
		check_(config, entry, row);
		if (entry->is_valid && (!best || rank_(entry, row) >= rank_(best, row)))
			best = entry;
	}
	setting->entry = best;
	if (best)
		setting->value = best->value;
	else if (row->default_value && !config_parse_value(config, row, row->default_value, &setting->value))
		diag(DIAG_ERROR, "%s: the default of [%s] %s is not allowed", setting->owner, row->section, row->key);
	else if (!row->default_value)
		setting->value = CONFIG_UNSET;
}

void config_resolve(struct config *config)
{
	config_absorb_env(config);
	config_expand_pending(config);
	for (size_t i = 0; i < config->setting_count; i++)
		settle_(config, &config->settings[i]);
	config_report_unknown_keys(config);
	config_report_unknown_variables(config);
}
