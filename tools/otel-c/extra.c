/* SPDX-License-Identifier: Apache-2.0
 *
 * extra.c - see extra.h. Our own commands come first: a plugin cannot take their names.
 */
#include "tools/otel-c/extra.h"

#include <stdlib.h>
#include <string.h>

#include "plugin/component.h"
#include "tools/otel-c/configured.h"

void extra_load(void)
{
	static bool is_loaded;

	if (!is_loaded)
		configured_load();
	is_loaded = true;
}

static const otel_command *find(const char *name, struct component **component)
{
	extra_load();
	*component = component_find(OTEL_COMPONENT_COMMAND, name);
	return *component ? (*component)->vtable : NULL;
}

const char *extra_summary(const char *name)
{
	struct component *component;
	const otel_command *command = find(name, &component);

	return command ? command->summary : NULL;
}

void extra_list(FILE *to)
{
	char *names;
	char *rest;

	extra_load();
	rest = names = registry_names(OTEL_COMPONENT_COMMAND);
	for (char *name; (name = strsep(&rest, ",")) != NULL;) {
		const char *summary = extra_summary(name += strspn(name, " "));

		if (summary)
			fprintf(to, "  %-10s %s\n", name, summary);
	}
	free(names);
}

bool extra_run(int argc, char **argv, int *code)
{
	struct component *component;
	const otel_command *command = find(argv[0], &component);

	if (!command)
		return false;
	*code = EXIT_FAILED;
	if (!component_open(component, argv[0]))
		return true;
	*code = command->run(component->self, &registry_host, component->owner, argc, argv);
	registry_close_one(component);
	return true;
}
