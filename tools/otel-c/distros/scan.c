/* SPDX-License-Identifier: Apache-2.0
 *
 * scan.c - goes through the directories as the loader does. A module is code of somebody else, so it is loaded
 * in a child, which tells what it found.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/shown.h"
#include "config/store.h"
#include "plugin/component.h"
#include "plugin/loader.h"
#include "sdk/distro.h"
#include "tools/otel-c/check/child.h"
#include "tools/otel-c/check/exam.h"
#include "tools/otel-c/check/kinds.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/distros/distros.h"
#include "tools/otel-c/home.h"
#include "util/diag.h"

#define ORIGIN "otel-c distros"

/* ---- in the child ---- */

static struct config *begin(void)
{
	struct config *config = config_create();
	const struct otel_boot *boot = otel_boot_take();

	diag_setup(boot, DIAG_WARN);
	registry_begin(config, boot);
	return config;
}

/* The first thing that was said, from behind the file's name: "is cut short", "line 3: …". */
static void tell_problem(const char *path)
{
	char said[1024];
	char text[1024];
	const char *line = said;
	const char *after;

	exam_said(0, said, sizeof said);
	said[strcspn(said, "\n")] = '\0';
	if (strncmp(said, "otel-c: ", 8) == 0)
		line += 8;
	while ((after = strstr(line, path)) != NULL)
		line = after + strlen(path);
	snprintf(text, sizeof text, "%s%s", line[0] == ':' && line[1] >= '0' && line[1] <= '9' ? "line " : "",
		 line + strspn(line, ": "));
	notes_tell('p', text);
}

static void tell_plugin(void)
{
	const otel_plugin *plugin = registry_newest();
	char abi[32];

	if (!plugin)
		return;
	snprintf(abi, sizeof abi, "%u.%u", plugin->abi_major, plugin->abi_minor);
	notes_tell('n', plugin->name);
	notes_tell('v', plugin->version);
	notes_tell('a', abi);
	notes_tell('l', plugin->license ? plugin->license : "");
}

static void tell_components(otel_kind kind)
{
	char *names = registry_names(kind);
	char *rest = names;
	char line[256];

	for (char *name; (name = strsep(&rest, ",")) != NULL;) {
		name += strspn(name, " ");
		if (!component_find(kind, name)) /* one that another module would bring */
			continue;
		snprintf(line, sizeof line, "%s|%s", kind_name(kind), name);
		notes_tell('k', line);
	}
	free(names);
}

static void look_at_module(void *arg)
{
	const struct distros_entry *entry = arg;

	notes_step("loading it");
	begin();
	if (registry_load(entry->path, ORIGIN) != OTEL_OK) {
		tell_problem(entry->path);
		return;
	}
	tell_plugin();
	for (int kind = OTEL_COMPONENT_ID_GENERATOR; kind <= OTEL_COMPONENT_INSTRUMENTATION; kind++)
		tell_components((otel_kind)kind);
}

/* Who knows no key cannot know that it is no secret. */
static void tell_setting(const struct config *config, const struct entry *said)
{
	const struct setting *known = config_find(config, said->section, said->key);
	struct buf line;

	buf_init(&line, 65536);
	buf_printf(&line, "%s|%s|", said->section, said->key);
	if (known)
		config_show_value(&line, known->row, said->text);
	else
		buf_append_str(&line, CONFIG_REDACTED);
	notes_tell('x', buf_str(&line));
	buf_fini(&line);
}

static void look_at_profile(void *arg)
{
	const struct distros_entry *entry = arg;
	struct config *config = begin();
	char name[DISTRO_NAME_MAX];
	const char *origin;
	const char *module, *extends;

	notes_step("loading its module");
	if (distro_load(config, entry->path, ORIGIN, name) != OTEL_OK)
		tell_problem(entry->path);
	else if (!config_raw_profile(config, 0, "distro", "name", &origin))
		notes_tell('p', "it has no [distro] name, so it is no profile of a distro");
	module = config_raw_profile(config, 0, "distro", "module", &origin);
	extends = config_raw_profile(config, 0, "distro", "extends", &origin);
	if (module)
		notes_tell('m', module);
	if (module)
		tell_plugin();
	if (extends)
		notes_tell('e', extends);
	for (const struct entry *said = config->entries; said; said = said->next)
		if (said->layer == CONFIG_DISTRO && said->depth == 0 && !said->is_superseded &&
		    strcmp(said->section, "distro") != 0)
			tell_setting(config, said);
}

/* ---- in the parent ---- */

static void add_item(struct distros_entry *entry, const char *text)
{
	struct distros_item *items = reallocarray(entry->items, entry->item_count + 1, sizeof *items);
	char *copy = strdup(text);
	char *rest = copy;
	const char *section, *key;

	if (!items || !copy)
		goto out;
	section = strsep(&rest, "|");
	key = strsep(&rest, "|");
	entry->items = items;
	items[entry->item_count++] = (struct distros_item){
		.section = strdup(section), .key = strdup(key ? key : ""), .value = rest ? strdup(rest) : NULL};
out:
	free(copy);
}

static void hear(void *arg, char tag, const char *text)
{
	struct distros_entry *entry = arg;
	const struct {
		char tag;
		char **field;
	} fields[] = {{'p', &entry->problem}, {'n', &entry->plugin}, {'v', &entry->version}, {'a', &entry->abi},
		      {'l', &entry->license}, {'m', &entry->module}, {'e', &entry->extends}};

	if (tag == 'k' || tag == 'x')
		add_item(entry, text);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i].tag == tag && !*fields[i].field)
			*fields[i].field = strdup(text);
}

static void look(struct distros_entry *entry)
{
	struct notes notes;

	notes_begin(&notes);
	child_run(&(struct child){.body = entry->is_profile ? look_at_profile : look_at_module,
				  .arg = entry,
				  .tell = hear,
				  .tell_arg = entry});
	if (notes.of_kind[NOTE_FAILED] && !entry->problem)
		entry->problem = strdup(notes.all[0].text);
	notes_fini(&notes);
}

/* ---- directories ---- */

static const char *shadow_of(const struct distros *distros, const char *name)
{
	for (size_t i = 0; i < distros->count; i++)
		if (!distros->all[i].is_profile && strcmp(distros->all[i].name, name) == 0)
			return distros->all[i].path;
	return NULL;
}

static void add(struct distros *distros, bool is_profile, const char *dir, const char *file, size_t name_len)
{
	struct distros_entry *all = reallocarray(distros->all, distros->count + 1, sizeof *all);
	struct distros_entry entry = {.is_profile = is_profile, .name = strndup(file, name_len)};

	if (!all)
		return;
	distros->all = all;
	if (!entry.name || asprintf(&entry.path, "%s/%s", dir, file) < 0)
		return;
	entry.shadowed_by = is_profile ? NULL : shadow_of(distros, entry.name);
	entry.is_private = !is_profile && !entry.shadowed_by && strcmp(entry.name, "http") == 0 &&
			   strcmp(dir, place_modules()) == 0;
	if (!entry.shadowed_by && !entry.is_private)
		look(&entry);
	all[distros->count++] = entry;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_all(struct distros *distros, bool is_profile, const char *dir)
{
	const char *ending = is_profile ? ".ini" : ".so";
	struct dirent **entries = NULL;
	int count = *dir ? scandir(dir, &entries, NULL, by_name) : 0;

	for (int i = 0; i < count; i++) {
		const char *file = entries[i]->d_name;
		size_t len = strlen(file);

		if (file[0] != '.' && len > strlen(ending) && strcmp(file + len - strlen(ending), ending) == 0 &&
		    strcmp(file, "otel.ini") != 0)
			add(distros, is_profile, dir, file, len - strlen(ending));
		free(entries[i]);
	}
	free(entries);
}

void distros_scan(struct distros *distros)
{
	static const struct otel_boot *boot; /* never freed */
	char *path;
	char *rest;

	boot = boot ? boot : otel_boot_take();
	home_find();
	*distros = (struct distros){.all = NULL};
	add_all(distros, true, place_profiles());
	path = rest = loader_path(boot);
	for (char *dir; (dir = strsep(&rest, ":")) != NULL;)
		add_all(distros, false, dir);
	free(path);
}

void distros_fini(struct distros *distros)
{
	for (size_t i = 0; i < distros->count; i++) {
		struct distros_entry *e = &distros->all[i];
		char *const texts[] = {e->name, e->path,    e->problem, e->plugin, e->version,
				       e->abi,  e->license, e->module,  e->extends};

		for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
			free(texts[j]);
		for (size_t j = 0; j < e->item_count; j++) {
			free(e->items[j].section);
			free(e->items[j].key);
			free(e->items[j].value);
		}
		free(e->items);
	}
	free(distros->all);
	*distros = (struct distros){.all = NULL};
}
