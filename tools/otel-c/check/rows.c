/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - the keys a plugin adds: their names, types and texts, and whether somebody has them already.
 */
#include "tools/otel-c/check/descriptor.h"

#include <stdio.h>
#include <string.h>

#include "config/store.h"
#include "tools/otel-c/check/notes.h"

#define FLAGS (OTEL_CONFIG_SECRET | OTEL_CONFIG_AMBIENT | OTEL_CONFIG_POSITIVE)

/* A row under examination. */
struct row {
	const otel_config_row *row;
	char name[128]; /* "[acme] key" */
	bool is_good;
};

static void fail(struct row *r, const char *cure, const char *what)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "the row of %s is in order", r->name);
	r->is_good = note(false, rule, cure, "the row of %s %s", r->name, what);
}

static bool is_key(const char *text)
{
	return text && *text && strlen(text) <= CONFIG_MAX_NAME &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen(text);
}

static bool is_variable(const char *text)
{
	return *text && !(*text >= '0' && *text <= '9') &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(text);
}

static void check_form(struct row *r)
{
	const otel_config_row *row = r->row;
	struct config *scratch = config_create();
	struct value value;

	if (!is_key(row->section) || !is_key(row->key))
		fail(r, "use lower-case letters, digits, '_' and '.', at most 49",
		     "has no section and key that an INI can hold");
	if (row->env && !is_variable(row->env))
		fail(r, "use capitals, digits and _; NULL for no variable", "has a variable that is no name");
	if (row->type > OTEL_CONFIG_PATH)
		fail(r, "use a type of otel_config_type", "has a type that this otel-c does not know");
	if (row->flags & ~FLAGS)
		fail(r, "use the flags of plugin.h", "has flags that this otel-c does not know");
	if ((row->type == OTEL_CONFIG_ENUM) != (row->choices != NULL))
		fail(r, "give choices to OTEL_CONFIG_ENUM, and to no other type",
		     "has choices that do not fit its type");
	else if (row->default_value && r->is_good && scratch &&
		 !config_parse_value(scratch, row, row->default_value, &value))
		fail(r, "give a default that the type allows", "has a default that it would refuse from a user");
	if (!row->help || !*row->help)
		fail(r, "write one sentence", "has no help");
	config_destroy(scratch);
}

/* Another row with the same key or variable; what it has in common. */
static const char *shared(const otel_config_row *a, const otel_config_row *b)
{
	if (a->section && b->section && a->key && b->key && !strcmp(a->section, b->section) && !strcmp(a->key, b->key))
		return "key";
	return a->env && b->env && !strcmp(a->env, b->env) ? "variable" : NULL;
}

static void check_clashes(struct row *r, const otel_plugin *plugin, size_t index)
{
	const char *what;
	char text[128];

	for (size_t i = 0; i < config_schema_count; i++) {
		what = shared(r->row, &config_schema[i]);
		if (!what)
			continue;
		snprintf(text, sizeof text, "has a %s that is otel-c's own", what);
		fail(r, "choose another one, beginning with the name of your plugin", text);
	}
	for (size_t i = 0; i < index; i++) {
		what = shared(r->row, &plugin->rows[i]);
		if (!what)
			continue;
		snprintf(text, sizeof text, "has the %s of row %zu, too", what, i);
		fail(r, "declare each key and variable once", text);
	}
}

static void check_prefix(const struct row *r)
{
	char rule[RULE_SIZE];

	if (!r->row->env)
		return;
	snprintf(rule, sizeof rule, "the variable of %s is the vendor's", r->name);
	note_odd(strncmp(r->row->env, "OTEL_", 5) != 0, rule,
		 "OTEL_ belongs to the specification: begin with a name of your own",
		 "the variable %s begins with OTEL_", r->row->env);
}

bool rows_check(const otel_plugin *plugin)
{
	bool is_good = note(plugin->rows || !plugin->row_count, "rows are where row_count says", ".rows = rows",
			    "row_count is %zu, but rows is NULL", plugin->row_count);

	for (size_t i = 0; is_good && i < plugin->row_count; i++) {
		struct row r = {.row = &plugin->rows[i], .is_good = true};
		char rule[RULE_SIZE];

		snprintf(r.name, sizeof r.name, "[%.50s] %.50s", r.row->section ? r.row->section : "",
			 r.row->key ? r.row->key : "");
		check_form(&r);
		check_clashes(&r, plugin, i);
		check_prefix(&r);
		snprintf(rule, sizeof rule, "the row of %s is in order", r.name);
		if (r.is_good)
			note(true, rule, "", " ");
		is_good = r.is_good;
	}
	return is_good;
}
