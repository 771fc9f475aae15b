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

/* ---- rows ---- */

static uint32_t bucket_of_(const char *section, const char *key)
{
	uint32_t hash = 0;

	for (; *section; section++)
		hash = hash * 31 + (uint8_t)*section;
	for (; *key; key++)
		hash = hash * 31 + (uint8_t)*key;
	return (hash ^ hash >> 7) % CONFIG_BUCKETS;
}

const struct setting *config_find(const struct config *config, const char *section, const char *key)
{
	uint32_t at = config->buckets[bucket_of_(section, key)];

	for (; at; at = config->settings[at - 1].next) {
		const otel_config_row *row = config->settings[at - 1].row;
		if (!strcmp(row->key, key) && !strcmp(row->section, section))
			break;
	}
	return at ? &config->settings[at - 1] : NULL;
}

/* Whoever has the row's key or variable already; NULL if nobody. */
static const struct setting *taken_by_(const struct config *config, const otel_config_row *row)
{
	for (size_t i = 0; row->env && i < config->setting_count; i++) {
		const char *other = config->settings[i].row->env;
		if (other && !strcmp(row->env, other))
			return &config->settings[i];
	}
	return config_find(config, row->section, row->key);
}

static otel_status check_row_(const struct config *config, const char *owner, const otel_config_row *row)
{
	const struct setting *taken;

	if (!row->section || !row->key || row->type > OTEL_CONFIG_PATH ||
	    (row->type == OTEL_CONFIG_ENUM && !row->choices)) {
		diag(DIAG_ERROR, "%s: [%s] %s is not a proper configuration row", owner,
		     row->section ? row->section : "?", row->key ? row->key : "?");
		return OTEL_INVALID;
	}
	taken = taken_by_(config, row);
	if (!taken)
		return OTEL_OK;
	diag(DIAG_ERROR, "%s: [%s] %s (%s) is taken by %s: [%s] %s (%s)", owner, row->section, row->key,
	     row->env ? row->env : "no variable", taken->owner, taken->row->section, taken->row->key,
	     taken->row->env ? taken->row->env : "no variable");
	return OTEL_ALREADY;
}

/* There is room for it. */
static void append_row_(struct config *config, const char *owner, const otel_config_row *row)
{
	uint32_t *bucket = &config->buckets[bucket_of_(row->section, row->key)];

	config->settings[config->setting_count++] =
		(struct setting){.row = row, .owner = owner, .next = *bucket, .value = CONFIG_UNSET};
	*bucket = (uint32_t)config->setting_count;
}

/* The newest of a bucket stands first in it. */
static void remove_last_row_(struct config *config)
{
	const struct setting *last = &config->settings[--config->setting_count];

	config->buckets[bucket_of_(last->row->section, last->row->key)] = last->next;
}

static bool make_room_(struct config *config, size_t count)
{
	struct setting *settings = reallocarray(config->settings, config->setting_count + count + 1, sizeof(*settings));

	if (settings)
		config->settings = settings;
	return settings != NULL;
}

/* They are not checked: that they are proper and differ is tested, and each start would pay for it. */
static bool add_core_rows_(struct config *config)
{
	if (!make_room_(config, config_schema_count))
		return false;
	for (size_t i = 0; i < config_schema_count; i++)
		append_row_(config, "otel-c", &config_schema[i]);
	return true;
}

otel_status config_add_rows(struct config *config, const char *owner, const otel_config_row *rows, size_t count)
{
	size_t before = config->setting_count;
	otel_status status = OTEL_OK;

	if (!make_room_(config, count))
		return OTEL_NO_MEMORY;
	for (size_t i = 0; i < count && !status; i++) {
		status = check_row_(config, owner, &rows[i]);
		if (!status)
			append_row_(config, owner, &rows[i]);
	}
	while (status && config->setting_count > before)
		remove_last_row_(config);
	if (!status)
		config_absorb_env(config);
	return status;
}

/* ---- the store ---- */

struct config *config_create(void)
{
	struct config *config = calloc(1, sizeof(*config));

	if (!config)
		return NULL;
	config->last = &config->entries;
	if (!add_core_rows_(config)) {
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
