/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - the rows of the core and of plugins, found by section and key, and by variable.
 */
#include <stdlib.h>
#include <string.h>

#include "config/store.h"

/* A few letters tell the names apart; all of them would be looked at some hundred times in each start. */
static uint32_t bucket_of_(const char *section, const char *key)
{
	uint32_t in_section = (uint32_t)strlen(section);
	uint32_t in_key = (uint32_t)strlen(key);
	uint32_t hash = in_section * 31 + in_key * 5;

	hash = hash * 31 + (uint8_t)section[in_section / 2];
	hash = hash * 31 + (uint8_t)key[0];
	hash = hash * 31 + (uint8_t)key[in_key / 2];
	hash = hash * 31 + (uint8_t)key[in_key ? in_key - 1 : 0];
	return (hash ^ hash >> 7) % CONFIG_BUCKETS;
}

static uint32_t bucket_of_variable_(const char *name, size_t len)
{
	uint32_t hash = (uint32_t)len;

	if (!len)
		return 0;
	hash = hash * 31 + (uint8_t)name[len / 2];
	hash = hash * 31 + (uint8_t)name[len - 1];
	hash = hash * 31 + (uint8_t)name[len * 3 / 4];
	hash = hash * 31 + (uint8_t)name[len / 4];
	return (hash ^ hash >> 7) % CONFIG_BUCKETS;
}

struct setting *config_find_variable(const struct config *config, const char *name, size_t len)
{
	uint32_t at = config->variables[bucket_of_variable_(name, len)];

	for (; at; at = config->settings[at - 1].next_variable) {
		const char *env = config->settings[at - 1].row->env;
		if (!strncmp(env, name, len) && !env[len])
			break;
	}
	return at ? &config->settings[at - 1] : NULL;
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
	const struct setting *taken = row->env ? config_find_variable(config, row->env, strlen(row->env)) : NULL;

	return taken ? taken : config_find(config, row->section, row->key);
}

static otel_status check_row_(struct config *config, const char *owner, const otel_config_row *row)
{
	const struct setting *taken;

	if (!row->section || !row->key || row->type > OTEL_CONFIG_PATH ||
	    (row->type == OTEL_CONFIG_ENUM && !row->choices)) {
		config_complain(config, DIAG_ERROR, "%s: [%s] %s is not a proper configuration row", owner,
				row->section ? row->section : "?", row->key ? row->key : "?");
		return OTEL_INVALID;
	}
	taken = taken_by_(config, row);
	if (!taken)
		return OTEL_OK;
	config_complain(config, DIAG_ERROR, "%s: [%s] %s (%s) is taken by %s: [%s] %s (%s)", owner, row->section,
			row->key, row->env ? row->env : "no variable", taken->owner, taken->row->section,
			taken->row->key, taken->row->env ? taken->row->env : "no variable");
	return OTEL_ALREADY;
}

static uint32_t *variable_bucket_(struct config *config, const otel_config_row *row)
{
	return &config->variables[bucket_of_variable_(row->env, strlen(row->env))];
}

/* There is room for it. */
static void append_row_(struct config *config, const char *owner, const otel_config_row *row)
{
	struct setting *setting = &config->settings[config->setting_count++];
	uint32_t *bucket = &config->buckets[bucket_of_(row->section, row->key)];

	*setting = (struct setting){.row = row, .owner = owner, .next = *bucket, .value = CONFIG_UNSET};
	*bucket = (uint32_t)config->setting_count;
	if (!row->env)
		return;
	bucket = variable_bucket_(config, row);
	setting->next_variable = *bucket;
	*bucket = (uint32_t)config->setting_count;
}

/* The newest of a bucket stands first in it. */
static void remove_last_row_(struct config *config)
{
	const struct setting *last = &config->settings[--config->setting_count];

	config->buckets[bucket_of_(last->row->section, last->row->key)] = last->next;
	if (last->row->env)
		*variable_bucket_(config, last->row) = last->next_variable;
}

static bool make_room_(struct config *config, size_t count)
{
	struct setting *settings = reallocarray(config->settings, config->setting_count + count + 1, sizeof(*settings));

	if (settings)
		config->settings = settings;
	return settings != NULL;
}

/* They are not checked: that they are proper and differ is tested, and each start would pay for it. */
bool config_add_core_rows(struct config *config)
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
