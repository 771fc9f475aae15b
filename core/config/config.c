/* SPDX-License-Identifier: Apache-2.0
 *
 * config.c - the store: raw entries of all layers, and the getters.
 */
#include "config/config.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "config/store.h"

struct kept {
	struct kept *next;
	char text[];
};

/* ---- the store ---- */

struct config *config_create(void)
{
	struct config *config = calloc(1, sizeof(*config));

	if (!config)
		return NULL;
	config->last = &config->entries;
	if (!config_add_core_rows(config)) {
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

int config_rank(const struct entry *entry)
{
	return (int)(entry->layer * CONFIG_MAX_DEPTH + CONFIG_MAX_DEPTH - entry->depth);
}

struct entry *config_add_entry(struct config *config, enum config_layer layer, const char *section, const char *key,
			       struct view text, const char *origin)
{
	struct entry *entry = calloc(1, sizeof(*entry));

	if (!entry) {
		config->is_short_of_memory = true;
		return NULL;
	}
	entry->layer = layer;
	entry->depth = layer == CONFIG_DISTRO ? config->depth : 0;
	entry->section = config_keep(config, view_of(section));
	entry->key = config_keep(config, view_of(key));
	entry->text = config_keep(config, text);
	entry->origin = config_keep(config, view_of(origin));
	if (!entry->section || !entry->key || !entry->text || !entry->origin) {
		free(entry);
		return NULL;
	}
	for (struct entry *older = config->entries; older; older = older->next) {
		if (config_rank(older) == config_rank(entry) && !strcmp(older->key, key) &&
		    !strcmp(older->section, section))
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

static const struct entry *raw_(const struct config *config, const char *section, const char *key)
{
	const struct entry *best = NULL;

	for (const struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_superseded || !*entry->text || (best && config_rank(entry) < config_rank(best)))
			continue;
		if (!strcmp(entry->key, key) && !strcmp(entry->section, section))
			best = entry;
	}
	return best;
}

const char *config_raw(const struct config *config, const char *section, const char *key)
{
	const struct entry *entry = raw_(config, section, key);

	return entry ? entry->text : NULL;
}

const char *config_raw_origin(const struct config *config, const char *section, const char *key)
{
	const struct entry *entry = raw_(config, section, key);

	return entry ? entry->origin : "default";
}

const char *config_raw_profile(const struct config *config, unsigned depth, const char *section, const char *key,
			       const char **origin)
{
	for (const struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->layer != CONFIG_DISTRO || entry->depth != depth || entry->is_superseded || !*entry->text ||
		    strcmp(entry->key, key) || strcmp(entry->section, section))
			continue;
		*origin = entry->origin;
		return entry->text;
	}
	return NULL;
}

/* ---- problems ---- */

void config_complain(struct config *config, enum diag_level level, const char *format, ...)
{
	va_list args;

	config->problems++;
	va_start(args, format);
	diag_v(level, format, args);
	va_end(args);
}

void config_count_problem(struct config *config)
{
	config->problems++;
}

unsigned config_problems(const struct config *config)
{
	return config->problems;
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
