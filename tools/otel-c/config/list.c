/* SPDX-License-Identifier: Apache-2.0
 *
 * list.c - from names on the command line to the keys they mean.
 */
#include "tools/otel-c/config/list.h"

#include <stdlib.h>
#include <string.h>

/* Is `name` this key, its variable, or its section? */
static bool means(const char *name, const otel_config_row *row)
{
	size_t section = strlen(row->section);

	if (!strcmp(name, row->section) || (row->env && !strcmp(name, row->env)))
		return true;
	return !strncmp(name, row->section, section) && name[section] == '.' && !strcmp(name + section + 1, row->key);
}

/* What the specification defines and nothing follows yet has a default, but it means nothing. */
static bool has_value(const struct setting *setting)
{
	return setting->entry || (setting->value.text && !(setting->row->flags & CONFIG_NOT_YET));
}

static bool is_chosen(const struct setting *setting, const struct config_options *options)
{
	for (int i = 0; i < options->name_count; i++)
		if (means(options->names[i], setting->row))
			return true;
	return !options->name_count && (options->all || has_value(setting));
}

static bool is_known(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->setting_count; i++)
		if (means(name, config->settings[i].row))
			return true;
	return false;
}

static bool check_name(const struct config *config, const char *name)
{
	char text[2 * CONFIG_MAX_NAME + 2];
	const char *near;

	if (is_known(config, name))
		return true;
	near = config_near_name(config, name, text, sizeof text);
	if (near)
		fprintf(stderr, "otel-c config: there is no key \"%s\"; did you mean %s?\n", name, near);
	else
		fprintf(stderr,
			"otel-c config: there is no key \"%s\"; otel-c config --all lists the keys, --distro NAME adds "
			"those of a distro\n",
			name);
	return false;
}

bool config_list_choose(struct config_list *list, const struct config *config, const struct config_options *options)
{
	*list = (struct config_list){0};
	for (int i = 0; i < options->name_count; i++)
		if (!check_name(config, options->names[i]))
			return false;
	list->settings = calloc(config->setting_count + 1, sizeof *list->settings);
	if (!list->settings) {
		fputs("otel-c config: out of memory\n", stderr);
		return false;
	}
	for (size_t i = 0; i < config->setting_count; i++)
		if (is_chosen(&config->settings[i], options))
			list->settings[list->count++] = &config->settings[i];
	return true;
}

void config_list_fini(struct config_list *list)
{
	free(list->settings);
	list->settings = NULL;
	list->count = 0;
}
