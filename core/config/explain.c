/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.c - entries of a key, in order, with their origins taken apart.
 */
#include "config/explain.h"

#include <string.h>

static const char *const names_[CONFIG_LAYERS] = {
	[CONFIG_BUILTIN] = "default", [CONFIG_COMPUTED] = "computed", [CONFIG_AMBIENT] = "ambient",
	[CONFIG_DISTRO] = "distro",   [CONFIG_SITE] = "site",         [CONFIG_USER] = "user",
	[CONFIG_ENV] = "environment", [CONFIG_FLAGS] = "flags",       [CONFIG_CODE] = "code",
};

const char *config_layer_name(enum config_layer layer)
{
	return names_[layer];
}

/* "/etc/otel-c/otel.ini:12" */
static void split_place_(const char *origin, struct config_source *out)
{
	const char *colon = strrchr(origin, ':');
	uint64_t line;

	if (!colon || !str_to_u64(view_of(colon + 1), 1, UINT32_MAX, &line)) {
		out->who = origin;
		return;
	}
	out->file = (struct view){origin, (size_t)(colon - origin)};
	out->line = (unsigned)line;
}

static struct config_source source_(const struct entry *entry)
{
	struct config_source out = {.layer = entry->layer, .text = entry->value.text};

	switch (entry->layer) {
	case CONFIG_AMBIENT:
	case CONFIG_ENV:
	case CONFIG_FLAGS:
		out.variable = entry->origin;
		break;
	case CONFIG_DISTRO:
	case CONFIG_SITE:
	case CONFIG_USER:
		split_place_(entry->origin, &out);
		break;
	default:
		out.who = entry->origin;
	}
	return out;
}

/* The highest of this key below `above`; NULL if there is none. Entries of one rank supersede each other. */
static const struct entry *next_(const struct config *config, const struct setting *setting, int above)
{
	const struct entry *best = NULL;

	for (const struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_superseded || !entry->is_valid || entry == setting->entry ||
		    config_rank(entry) >= above || strcmp(entry->key, setting->row->key) ||
		    strcmp(entry->section, setting->row->section))
			continue;
		if (!best || config_rank(entry) > config_rank(best))
			best = entry;
	}
	return best;
}

size_t config_explain(const struct config *config, const struct setting *setting,
		      struct config_source out[CONFIG_MAX_SOURCES])
{
	size_t count = 0;
	int above = INT32_MAX;

	if (setting->entry)
		out[count++] = source_(setting->entry);
	for (const struct entry *entry; (entry = next_(config, setting, above)); above = config_rank(entry)) {
		if (count < CONFIG_MAX_SOURCES - 1)
			out[count++] = source_(entry);
	}
	if (setting->row->default_value)
		out[count++] = (struct config_source){.layer = CONFIG_BUILTIN, .text = setting->row->default_value};
	return count;
}

void config_show_source(struct buf *out, const struct config_source *source)
{
	if (source->variable)
		buf_append_str(out, source->variable);
	else if (source->line)
		buf_printf(out, "%.*s:%u", (int)source->file.len, source->file.ptr, source->line);
	else
		buf_append_str(out, source->who ? source->who : "default");
}
