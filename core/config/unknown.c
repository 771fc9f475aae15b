/* SPDX-License-Identifier: Apache-2.0
 *
 * unknown.c - "did you mean …": keys, sections and variables that nobody knows.
 *
 * Much that we do not know is right all the same: sections of distros that are not loaded, variables of other
 * languages. So a stranger is reported only where it stands beside known names or looks like one.
 */
#include "config/store.h"

#include <stdio.h>
#include <string.h>

#define NEAR 2u

static bool is_near_(const char *a, const char *b)
{
	size_t len_a = strlen(a);
	size_t len_b = strlen(b);
	size_t shorter = len_a < len_b ? len_a : len_b;
	/* Two edits make nearly any two-letter name of any other. */
	unsigned allowed = shorter < 3 ? 1 : NEAR;

	return str_distance(a, b, allowed + 1) <= allowed;
}

/* ---- keys ---- */

static const char *known_section_(const struct config *config, const char *section)
{
	for (size_t i = 0; i < config->setting_count; i++) {
		if (!strcmp(config->settings[i].row->section, section))
			return config->settings[i].row->section;
	}
	return NULL;
}

static bool same_first_word_(const char *a, const char *b)
{
	size_t len = strcspn(a, ".");

	return len == strcspn(b, ".") && !memcmp(a, b, len);
}

/* A known section whose name looks like this one's, else NULL; *is_cousin: they share the first word with some. */
static const char *near_section_(const struct config *config, const char *section, bool *is_cousin)
{
	const char *best = NULL;
	unsigned least = NEAR + 1;

	*is_cousin = false;
	for (size_t i = 0; i < config->setting_count; i++) {
		const char *known = config->settings[i].row->section;
		unsigned distance = str_distance(section, known, NEAR + 1);
		*is_cousin |= same_first_word_(section, known);
		if (distance < least && is_near_(section, known)) {
			least = distance;
			best = known;
		}
	}
	return best;
}

/* The known key that looks most like this one, else one of the same name elsewhere. */
static const struct setting *near_key_(const struct config *config, const char *section, const char *key)
{
	const struct setting *best = NULL;
	unsigned limit = (unsigned)strlen(key) / 3 > NEAR ? (unsigned)strlen(key) / 3 : NEAR;
	unsigned least = limit + 1;

	for (size_t i = 0; i < config->setting_count; i++) {
		const otel_config_row *row = config->settings[i].row;
		unsigned distance = str_distance(key, row->key, limit + 1);
		if (strcmp(row->section, section))
			distance = distance ? limit + 1 : limit;
		if (distance < least) {
			least = distance;
			best = &config->settings[i];
		}
	}
	return best;
}

static void append_keys_(const struct config *config, const char *section, struct buf *out)
{
	const char *between = "";

	for (size_t i = 0; i < config->setting_count; i++) {
		if (strcmp(config->settings[i].row->section, section))
			continue;
		buf_printf(out, "%s%s", between, config->settings[i].row->key);
		between = ", ";
	}
}

static void report_key_(struct config *config, const struct entry *entry)
{
	const struct setting *near = near_key_(config, entry->section, entry->key);
	struct buf allowed;

	if (near) {
		config_complain(config, DIAG_WARN, "%s: [%s] %s is no known key; did you mean [%s] %s?", entry->origin,
				entry->section, entry->key, near->row->section, near->row->key);
		return;
	}
	buf_init(&allowed, 512);
	append_keys_(config, entry->section, &allowed);
	config_complain(config, DIAG_WARN, "%s: [%s] %s is no known key; allowed: %s", entry->origin, entry->section,
			entry->key, buf_str(&allowed));
	buf_fini(&allowed);
}

static void report_section_(struct config *config, const struct entry *entry)
{
	bool is_cousin;
	const char *near = near_section_(config, entry->section, &is_cousin);

	if (near)
		config_complain(config, DIAG_WARN, "%s: [%s] is no known section; did you mean [%s]?", entry->origin,
				entry->section, near);
	else if (is_cousin)
		config_complain(config, DIAG_WARN, "%s: [%s] is no known section", entry->origin, entry->section);
}

/* One line for a section, however many keys it has. */
static bool is_section_reported_(const struct config *config, const struct entry *entry)
{
	for (const struct entry *other = config->entries; other != entry; other = other->next) {
		if (other->layer == entry->layer && !strcmp(other->section, entry->section))
			return true;
	}
	return false;
}

void config_report_unknown_keys(struct config *config)
{
	for (const struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_superseded || config_find(config, entry->section, entry->key))
			continue;
		if (known_section_(config, entry->section))
			report_key_(config, entry);
		else if (!is_section_reported_(config, entry))
			report_section_(config, entry);
	}
}

/* ---- variables ---- */

static bool is_known_variable_(const struct config *config, const char *name)
{
	if (config_find_variable(config, name, strlen(name)))
		return true;
	for (const char *const *known = config_known_variables; *known; known++) {
		size_t len = strcspn(*known, "*");
		if ((*known)[len] ? !strncmp(*known, name, len) : !strcmp(*known, name))
			return true;
	}
	return false;
}

static const char *near_variable_(const struct config *config, const char *name)
{
	const char *best = NULL;
	unsigned least = NEAR + 1;

	for (size_t i = 0; i < config->setting_count; i++) {
		const char *env = config->settings[i].row->env;
		unsigned distance = env ? str_distance(name, env, NEAR + 1) : NEAR + 1;
		if (distance < least) {
			least = distance;
			best = env;
		}
	}
	for (const char *const *known = config_known_variables; *known; known++) {
		unsigned distance = str_distance(name, *known, NEAR + 1);
		if (!strchr(*known, '*') && distance < least) {
			least = distance;
			best = *known;
		}
	}
	return best;
}

void config_report_unknown_variables(struct config *config)
{
	if (!config->boot || !diag_enabled(DIAG_WARN))
		return;
	for (const char *const *env = config->boot->env; *env; env++) {
		char name[128];
		const char *near;
		size_t len = strcspn(*env, "=");
		if (strncmp(*env, "OTEL_", 5) != 0 || len >= sizeof(name))
			continue;
		memcpy(name, *env, len);
		name[len] = 0;
		near = is_known_variable_(config, name) ? NULL : near_variable_(config, name);
		if (near)
			config_complain(config, DIAG_WARN, "%s: no such variable; did you mean %s?", name, near);
	}
}

/* ---- names as people write them ---- */

static unsigned distance_(const char *name, const otel_config_row *row, unsigned limit, char *dotted, size_t size)
{
	unsigned key;
	unsigned variable = row->env ? str_distance(name, row->env, limit) : limit;

	snprintf(dotted, size, "%s.%s", row->section, row->key);
	key = str_distance(name, dotted, limit);
	if (variable < key)
		snprintf(dotted, size, "%s", row->env);
	return variable < key ? variable : key;
}

const char *config_near_name(const struct config *config, const char *name, char *out, size_t size)
{
	/* As far as a third of it may be wrong; a last part that stands alone is not. */
	unsigned least = (unsigned)strlen(name) / 3 + NEAR;
	const char *best = NULL;

	for (size_t i = 0; i < config->setting_count; i++) {
		char candidate[2 * CONFIG_MAX_NAME + 2];
		const otel_config_row *row = config->settings[i].row;
		unsigned distance = distance_(name, row, least, candidate, sizeof(candidate));
		if (!str_distance(name, row->key, 1))
			distance = 0, snprintf(candidate, sizeof(candidate), "%s.%s", row->section, row->key);
		if (distance >= least)
			continue;
		least = distance;
		snprintf(out, size, "%s", candidate);
		best = out;
	}
	return best;
}
