/* SPDX-License-Identifier: Apache-2.0
 *
 * list.h - the parts of otel-c config: which keys to show, and the ways of showing them.
 */
#ifndef OTEL_TOOLS_CONFIG_LIST_H
#define OTEL_TOOLS_CONFIG_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include "config/store.h"

struct config_options {
	bool json;
	bool all; /* keys without a value, too */
	bool help;
	const char *distro; /* NULL = as configured */
	const char *reference; /* "md", "ini"; NULL = the configuration */
	char **names; /* keys, variables, sections */
	int name_count; /* 0 = everything that has a value */
};

/* false: the command line is wrong, which was said. */
bool config_options_parse(struct config_options *options, int argc, char **argv);

/* What was asked for, in the order of the schema. */
struct config_list {
	const struct setting **settings;
	size_t count;
};

/* false: there is no key of some name, which was said, or no memory. config_list_fini() in any case. */
bool config_list_choose(struct config_list *list, const struct config *config, const struct config_options *options);
void config_list_fini(struct config_list *list);

/* Each prints to stdout. */
void config_table_print(const struct config *config, const struct config_list *list);
bool config_json_print(const struct config *config, const struct config_list *list);

/* Prints the reference, "md" or "ini", of the core and of every module in the module directory. */
bool config_reference_print(const char *form);

/* What stands before the tables of the reference in Markdown, and before the sections of that in INI. */
extern const char config_reference_md[];
extern const char config_reference_ini[];

#endif
