/* SPDX-License-Identifier: Apache-2.0
 *
 * reference.c - every key there is, as a page and as an INI file: docs/configuration.md and conf/otel.ini.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/registry.h"
#include "tools/otel-c/config/list.h"
#include "tools/otel-c/home.h"
#include "util/diag.h"

struct form {
	const char *name;
	const char *begin;
	void (*section)(const struct setting *first); /* what stands above the keys of a section */
	void (*key)(const struct setting *setting);
};

static bool is_core(const struct setting *setting)
{
	return setting->row >= config_schema && setting->row < config_schema + config_schema_count;
}

static void print_type(const otel_config_row *row)
{
	struct buf text;

	buf_init(&text, 4096);
	config_describe_type(row, &text);
	fputs(buf_str(&text), stdout);
	buf_fini(&text);
}

/* ---- Markdown ---- */

/* A "|" would end the cell. */
static void print_cell(const char *text)
{
	for (; *text; text++)
		printf(*text == '|' || *text == '<' ? "\\%c" : "%c", *text);
}

static void md_section(const struct setting *first)
{
	if (is_core(first))
		printf("\n### [%s]\n\n", first->row->section);
	else
		printf("\n### [%s], plugin %s\n\n", first->row->section, first->owner);
	fputs("| key | variable | values | default | meaning |\n|---|---|---|---|---|\n", stdout);
}

static void md_key(const struct setting *setting)
{
	const otel_config_row *row = setting->row;

	printf("| `%s` | ", row->key);
	printf(row->env ? "`%s` | " : "– | ", row->env);
	print_type(row);
	printf(row->default_value ? " | `%s` | " : " | – | ", row->default_value);
	print_cell(row->help ? row->help : "");
	if (row->flags & OTEL_CONFIG_SECRET)
		fputs(" Secret: never shown.", stdout);
	if (row->flags & OTEL_CONFIG_AMBIENT)
		fputs(" The variable counts below every file.", stdout);
	if (row->flags & CONFIG_NOT_YET)
		fputs(" **Not supported yet**: setting it is one line on stderr.", stdout);
	fputs(" |\n", stdout);
}

/* ---- INI ---- */

static void ini_section(const struct setting *first)
{
	if (!is_core(first))
		printf("\n; Keys of the plugin %s.", first->owner);
	printf("\n[%s]\n", first->row->section);
}

static void ini_key(const struct setting *setting)
{
	const otel_config_row *row = setting->row;

	printf("; %s\n; Values: ", row->help ? row->help : "");
	print_type(row);
	if (row->env)
		printf(". Variable: %s", row->env);
	if (row->flags & OTEL_CONFIG_SECRET)
		fputs(". Secret: better in a file of its own, @/path/to/file", stdout);
	if (row->flags & CONFIG_NOT_YET)
		fputs(". Not supported yet", stdout);
	printf(".\n;%s =%s%s\n", row->key, row->default_value ? " " : "", row->default_value ? row->default_value : "");
}

/* ---- all keys ---- */

static const struct form forms[] = {
	{"md", config_reference_md, md_section, md_key},
	{"ini", config_reference_ini, ini_section, ini_key},
};

static void print_all(const struct form *form, const struct config *config)
{
	const struct setting *before = NULL;

	fputs(form->begin, stdout);
	for (size_t i = 0; i < config->setting_count; i++) {
		const struct setting *setting = &config->settings[i];
		if (!before || strcmp(before->row->section, setting->row->section) != 0 ||
		    before->owner != setting->owner)
			form->section(setting);
		form->key(setting);
		before = setting;
	}
}

static int is_module(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 3 && !strcmp(entry->d_name + len - 3, ".so");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Those that are no plugins, such as http.so, have no keys; that is no news. */
static void load_modules(void)
{
	struct dirent **entries = NULL;
	int count = *place_modules() ? scandir(place_modules(), &entries, is_module, by_name) : 0;

	for (int i = 0; i < count; i++) {
		char *path = NULL;
		if (asprintf(&path, "%s/%s", place_modules(), entries[i]->d_name) > 0)
			registry_load(path, "otel-c config");
		free(path);
		free(entries[i]);
	}
	free(entries);
}

bool config_reference_print(const char *form)
{
	static const char *const no_environment[] = {NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = no_environment};
	struct config *config = config_create();

	if (!config) {
		fputs("otel-c config: out of memory\n", stderr);
		return false;
	}
	home_find();
	diag_setup(NULL, DIAG_NONE);
	registry_begin(config, &boot);
	load_modules();
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strcmp(forms[i].name, form))
			print_all(&forms[i], config);
	return true;
}
