/* SPDX-License-Identifier: Apache-2.0
 *
 * json.c - the configuration for programs: one array, one object for each key.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "config/explain.h"
#include "config/shown.h"
#include "tools/otel-c/config/list.h"

/* Variables and paths may hold any bytes; JSON may not. */
static json_t *text_of(const char *text, size_t len)
{
	json_t *string = json_stringn(text, len);
	char *scrubbed = string ? NULL : malloc(3 * len + 1);

	if (scrubbed) {
		str_scrub_utf8(scrubbed, 3 * len + 1, text, len);
		string = json_string(scrubbed);
	}
	free(scrubbed);
	return string;
}

static json_t *text_or_null(const char *text)
{
	return text ? text_of(text, strlen(text)) : json_null();
}

static json_t *value_of(const otel_config_row *row, const char *text)
{
	struct buf shown;
	json_t *value;

	if (!text)
		return json_null();
	buf_init(&shown, 16 * CONFIG_MAX_VALUE);
	config_show_value(&shown, row, text);
	value = text_or_null(buf_str(&shown));
	buf_fini(&shown);
	return value;
}

static json_t *origin_of(const struct config_source *source)
{
	json_t *origin = json_object();

	json_object_set_new(origin, "kind", json_string(config_layer_name(source->layer)));
	json_object_set_new(origin, "file", source->line ? text_of(source->file.ptr, source->file.len) : json_null());
	json_object_set_new(origin, "line", source->line ? json_integer(source->line) : json_null());
	json_object_set_new(origin, "variable", text_or_null(source->variable));
	if (source->who)
		json_object_set_new(origin, "by", json_string(source->who));
	return origin;
}

static json_t *overrode_by(const struct setting *setting, const struct config_source *sources, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 1; i < count; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "value", value_of(setting->row, sources[i].text));
		json_object_set_new(one, "origin", origin_of(&sources[i]));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *object_of(const struct config *config, const struct setting *setting)
{
	const struct config_source nobody = {.layer = CONFIG_BUILTIN};
	struct config_source sources[CONFIG_MAX_SOURCES];
	size_t count = config_explain(config, setting, sources);
	const otel_config_row *row = setting->row;
	json_t *object = json_object();

	json_object_set_new(object, "key", json_sprintf("%s.%s", row->section, row->key));
	json_object_set_new(object, "env", text_or_null(row->env));
	json_object_set_new(object, "value", value_of(row, setting->value.text));
	json_object_set_new(object, "origin", origin_of(count ? &sources[0] : &nobody));
	json_object_set_new(object, "overrode", overrode_by(setting, sources, count));
	json_object_set_new(object, "secret", json_boolean(row->flags & OTEL_CONFIG_SECRET));
	return object;
}

bool config_json_print(const struct config *config, const struct config_list *list)
{
	json_t *array = json_array();
	bool ok = array != NULL;

	for (size_t i = 0; i < list->count && ok; i++)
		ok = json_array_append_new(array, object_of(config, list->settings[i])) == 0;
	ok = ok && json_dumpf(array, stdout, JSON_INDENT(2)) == 0;
	putchar('\n');
	json_decref(array);
	if (!ok)
		fputs("otel-c config: the output cannot be written\n", stderr);
	return ok;
}
