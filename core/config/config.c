/* SPDX-License-Identifier: Apache-2.0
 *
 * config.c - the store: rows, raw entries of all layers, and the getters.
 */
#include "config/config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config/store.h"
#include "util/diag.h"

struct kept {
	struct kept *next;
	char text[];
};

static const char core_[] = "otel-c";

struct config *config_create(void)
{
	struct config *config = calloc(1, sizeof(*config));

	if (!config)
		return NULL;
	config->last = &config->entries;
	if (config_add_rows(config, core_, config_schema, config_schema_count)) {
		config_destroy(config);
		return NULL;
	}
	return config;
}

void config_destroy(struct config *config)
{
	if (!config)
		return;
	for (struct kept *kept = config->kept, *next; kept; kept = next) {
		next = kept->next;
		free(kept);
	}
	for (struct entry *entry = config->entries, *next; entry; entry = next) {
		next = entry->next;
		free(entry);
	}
	free(config->settings);
	free(config);
}

const char *config_keep(struct config *config, struct view text)
{
	struct kept *kept = malloc(sizeof(*kept) + text.len + 1);

	if (!kept) {
		config->is_short_of_memory = true;
		return NULL;
	}
	if (text.len)
		memcpy(kept->text, text.ptr, text.len);
	kept->text[text.len] = 0;
	kept->next = config->kept;
	config->kept = kept;
	return kept->text;
}

/* ---- rows ---- */

static bool same_(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* Whoever has the row's key or variable already; NULL if nobody. */
static const struct setting *taken_by_(const struct config *config, const otel_config_row *row)
{
	for (size_t i = 0; i < config->setting_count; i++) {
		const otel_config_row *other = config->settings[i].row;
		if (same_(row->env, other->env) || (same_(row->section, other->section) && same_(row->key, other->key)))
			return &config->settings[i];
	}
	return NULL;
}

static otel_status add_row_(struct config *config, const char *owner, const otel_config_row *row)
{
	const struct setting *taken;

	if (!row->section || !row->key || row->type > OTEL_CONFIG_PATH ||
	    (row->type == OTEL_CONFIG_ENUM && !row->choices)) {
		diag(DIAG_ERROR, "%s: [%s] %s is not a proper configuration row", owner,
		     row->section ? row->section : "?", row->key ? row->key : "?");
		return OTEL_INVALID;
	}
	taken = taken_by_(config, row);
	if (taken) {
		diag(DIAG_ERROR, "%s: [%s] %s (%s) is taken by %s: [%s] %s (%s)", owner, row->section, row->key,
		     row->env ? row->env : "no variable", taken->owner, taken->row->section, taken->row->key,
		     taken->row->env ? taken->row->env : "no variable");
		return OTEL_ALREADY;
	}
	config->settings[config->setting_count++] = (struct setting){.row = row, .owner = owner, .value = CONFIG_UNSET};
	return OTEL_OK;
}

otel_status config_add_rows(struct config *config, const char *owner, const otel_config_row *rows, size_t count)
{
	size_t before = config->setting_count;
	struct setting *settings = reallocarray(config->settings, before + count + 1, sizeof(*settings));
	otel_status status = OTEL_OK;

	if (!settings)
		return OTEL_NO_MEMORY;
	config->settings = settings;
	for (size_t i = 0; i < count && !status; i++)
		status = add_row_(config, owner, &rows[i]);
	if (status)
		config->setting_count = before;
	else
		config_absorb_env(config);
	return status;
}

const struct setting *config_find(const struct config *config, const char *section, const char *key)
{
	for (size_t i = 0; i < config->setting_count; i++) {
		const otel_config_row *row = config->settings[i].row;
		if (!strcmp(row->key, key) && !strcmp(row->section, section))
			return &config->settings[i];
	}
	return NULL;
}

/* ---- entries ---- */

struct entry *config_add_entry(struct config *config, enum config_layer layer, const char *section, const char *key,
			       struct view text, const char *origin)
{
	struct entry *entry = calloc(1, sizeof(*entry));

	if (!entry) {
		config->is_short_of_memory = true;
		return NULL;
	}
	entry->layer = layer;
	entry->section = config_keep(config, view_of(section));
	entry->key = config_keep(config, view_of(key));
	entry->text = config_keep(config, text);
	entry->origin = config_keep(config, view_of(origin));
	if (!entry->section || !entry->key || !entry->text || !entry->origin) {
		free(entry);
		return NULL;
	}
	for (struct entry *older = config->entries; older; older = older->next) {
		if (older->layer == layer && !strcmp(older->key, key) && !strcmp(older->section, section))
			older->is_superseded = true;
	}
	*config->last = entry;
	config->last = &entry->next;
	return entry;
}

otel_status config_set(struct config *config, enum config_layer layer, const char *section, const char *key,
		       const char *value, const char *origin)
{
	if (layer <= CONFIG_BUILTIN || layer >= CONFIG_LAYERS || !section || !key)
		return OTEL_INVALID;
	/* What is loaded must not depend on what was loaded. */
	if (!strcmp(section, "distro") && layer < CONFIG_DISTRO)
		return OTEL_DENIED;
	if (!config_add_entry(config, layer, section, key, view_of(value), origin ? origin : "code"))
		return OTEL_NO_MEMORY;
	return OTEL_OK;
}

const char *config_raw(const struct config *config, const char *section, const char *key)
{
	const struct entry *best = NULL;

	for (const struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_superseded || !*entry->text || (best && entry->layer < best->layer))
			continue;
		if (!strcmp(entry->key, key) && !strcmp(entry->section, section))
			best = entry;
	}
	return best ? best->text : NULL;
}

/* ---- effective values ---- */

const char *config_str(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting ? setting->value.text : NULL;
}

bool config_bool(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting && setting->row->type == OTEL_CONFIG_BOOL && setting->value.number == 1;
}

int64_t config_int(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting ? setting->value.number : -1;
}

double config_double(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting ? setting->value.real : NAN;
}

const char *config_origin(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting && setting->entry ? setting->entry->origin : "default";
}

enum config_layer config_layer_of(const struct config *config, const char *section, const char *key)
{
	const struct setting *setting = config_find(config, section, key);

	return setting && setting->entry ? setting->entry->layer : CONFIG_BUILTIN;
}
