/* SPDX-License-Identifier: Apache-2.0
 *
 * json.c - what is installed, for programs: {"distros": [...], "modules": [...]}.
 */
#include <jansson.h>
#include <stdio.h>

#include "tools/otel-c/distros/distros.h"

static bool set_text(json_t *object, const char *key, const char *text)
{
	return json_object_set_new(object, key, text ? json_string(text) : json_null()) == 0;
}

static json_t *items(const struct distros_entry *entry)
{
	json_t *list = json_array();

	for (size_t i = 0; list && i < entry->item_count; i++) {
		const struct distros_item *item = &entry->items[i];
		json_t *one = entry->is_profile ? json_pack("{s:s, s:s, s:s}", "section", item->section, "key",
							    item->key, "value", item->value ? item->value : "")
						: json_pack("{s:s, s:s}", "kind", item->section, "name", item->key);

		json_array_append_new(list, one);
	}
	return list;
}

static json_t *object_of(const struct distros_entry *e)
{
	json_t *object = json_object();
	bool is_good = object && set_text(object, "name", e->name) && set_text(object, "file", e->path) &&
		       set_text(object, "problem", e->problem) && set_text(object, "plugin", e->plugin) &&
		       set_text(object, "version", e->version) && set_text(object, "abi", e->abi) &&
		       set_text(object, "license", e->license);

	if (e->is_profile)
		is_good = is_good && set_text(object, "module", e->module) && set_text(object, "extends", e->extends) &&
			  json_object_set_new(object, "settings", items(e)) == 0;
	else
		is_good = is_good && set_text(object, "shadowed_by", e->shadowed_by) &&
			  json_object_set_new(object, "components", items(e)) == 0;
	if (is_good)
		return object;
	json_decref(object);
	return NULL;
}

bool distros_print_json(const struct distros *distros)
{
	json_t *profiles = json_array();
	json_t *modules = json_array();
	json_t *all = json_pack("{s:O, s:O}", "distros", profiles, "modules", modules);
	bool is_good = all != NULL;

	for (size_t i = 0; is_good && i < distros->count; i++)
		is_good = json_array_append_new(distros->all[i].is_profile ? profiles : modules,
						object_of(&distros->all[i])) == 0;
	is_good = is_good && json_dumpf(all, stdout, JSON_INDENT(2)) == 0 && puts("") >= 0;
	json_decref(all);
	json_decref(profiles);
	json_decref(modules);
	return is_good;
}
