/* SPDX-License-Identifier: Apache-2.0
 *
 * distros.c - otel-c distros: what is installed, from where, and what of it would be used.
 */
#include "tools/otel-c/distros/distros.h"

#include <stdio.h>
#include <string.h>

#include "plugin/registry.h"
#include "tools/otel-c/command.h"

static const char help[] =
	"usage: otel-c distros [--json]\n"
	"\n"
	"Lists what is installed: the distros that OTEL_DISTRO may name, with what each of them sets, and the modules, "
	"in\n"
	"the order in which they are looked for: the directories of OTEL_C_PLUGIN_PATH, then that of otel-c. A module "
	"of\n"
	"a name that was found before is shadowed: it is never loaded. Files that cannot be used are listed with the\n"
	"reason. Secrets are not shown.\n"
	"\n"
	"  --json  prints one JSON object: {\"distros\": [...], \"modules\": [...]}\n"
	"\n"
	"Exit status: 0 listed, 1 it could not be, 2 the command line is wrong.\n";

/* ---- as text ---- */

/* "aws 0.1.0, ABI 1.2, Apache-2.0" */
static void print_plugin(const struct distros_entry *e)
{
	printf("%s %s, ABI %s%s%s", e->plugin, e->version ? e->version : "?", e->abi ? e->abi : "?",
	       e->license && *e->license ? ", " : "", e->license ? e->license : "");
}

static void print_profile(const struct distros_entry *e)
{
	printf("%s  %s\n", e->name, e->path);
	if (e->problem)
		printf("    cannot be used: %s\n", e->problem);
	if (e->module) {
		printf("    module %s", e->module);
		if (e->plugin) {
			printf(": ");
			print_plugin(e);
		}
		puts("");
	}
	if (e->extends)
		printf("    extends %s\n", e->extends);
	for (size_t i = 0; i < e->item_count; i++)
		printf("    [%s] %s = %s\n", e->items[i].section, e->items[i].key, e->items[i].value);
}

static void print_module(const struct distros_entry *e)
{
	printf("%s  %s\n", e->name, e->path);
	if (e->shadowed_by)
		printf("    shadowed by %s\n", e->shadowed_by);
	if (e->is_private)
		puts("    a part of otel-c, no plugin");
	if (e->problem)
		printf("    cannot be used: %s\n", e->problem);
	if (e->plugin) {
		printf("    ");
		print_plugin(e);
		puts("");
	}
	for (size_t i = 0; i < e->item_count; i++)
		printf("    %s %s\n", e->items[i].section, e->items[i].key);
}

static size_t print_all(const struct distros *distros, bool is_profile)
{
	size_t count = 0;

	for (size_t i = 0; i < distros->count; i++) {
		const struct distros_entry *e = &distros->all[i];

		if (e->is_profile != is_profile)
			continue;
		if (!count++)
			puts(is_profile ? "Distros:" : "\nModules:");
		is_profile ? print_profile(e) : print_module(e);
	}
	return count;
}

static void print_text(const struct distros *distros)
{
	if (!print_all(distros, true))
		printf("No distro is installed in %s. Install one, such as the package otel-c-distro-aws; make one "
		       "with "
		       "\"otel-c plugin new\"; or let OTEL_DISTRO name the path of a profile.\n",
		       *place_profiles() ? place_profiles() : "share/otel-c beside otel-c, which does not exist");
	if (!print_all(distros, false))
		printf("\nNo module is installed in %s.\n",
		       *place_modules() ? place_modules() : "lib/otel-c beside otel-c, which does not exist");
}

/* ---- the command line ---- */

static int run(int argc, char **argv)
{
	struct distros distros;
	bool is_json = argc == 2 && strcmp(argv[1], "--json") == 0;
	bool is_good = true;

	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(help, stdout);
		return EXIT_DONE;
	}
	if (argc > 1 && !is_json) {
		fprintf(stderr, "otel-c distros: \"%s\" is no option; see otel-c help distros\n",
			argv[argc > 2 && strcmp(argv[1], "--json") == 0 ? 2 : 1]);
		return EXIT_USAGE;
	}
	distros_scan(&distros);
	if (is_json)
		is_good = distros_print_json(&distros);
	else
		print_text(&distros);
	distros_fini(&distros);
	return is_good ? EXIT_DONE : EXIT_FAILED;
}

const struct command distros_command = {
	.name = "distros",
	.summary = "lists installed distros and modules, and what each distro sets",
	.help = help,
	.run = run,
};
