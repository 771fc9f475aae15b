/* SPDX-License-Identifier: Apache-2.0
 *
 * environment_fuzz.c - any bytes as an environment and as a header's name: names come out in their normal form, and
 * what was set is found again.
 */
#include <otel/otel.h>

#include <stdlib.h>
#include <string.h>

#include "api/environment.h"

#define MAX_VARIABLES 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_normal(const char *name)
{
	char again[ENVIRONMENT_NAME_MAX + 1];

	if (!*name || (*name >= '0' && *name <= '9') || !environment_name(again, name) || strcmp(again, name) != 0)
		abort();
	if (strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != strlen(name))
		abort();
}

static void expect_found(otel_environment *environment, const char *header, const char *value)
{
	const otel_carrier carrier = otel_environment_carrier(environment);
	char name[ENVIRONMENT_NAME_MAX + 1];
	const char *key;

	carrier.set(carrier.self, header, value);
	for (size_t i = 0; (key = carrier.key(carrier.self, i)); i++)
		expect_normal(key);
	if (!environment_name(name, header))
		return;
	expect_normal(name);
	if (strcmp(carrier.get(carrier.self, header, 0), value) != 0)
		abort();
}

/* The lines of the input are the variables; the first is the header and the value as well. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	char *variables[MAX_VARIABLES + 1] = {NULL};
	otel_environment *environment;
	size_t count = 0;

	if (!text || size > 20000) {
		free(text);
		return 0;
	}
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *line = text; line && count < MAX_VARIABLES;) {
		variables[count++] = line;
		line = strchr(line, '\n');
		if (line)
			*line++ = '\0';
	}
	environment = otel_environment_create(variables);
	expect_found(environment, variables[0], variables[count - 1]);
	otel_environment_destroy(environment);
	free(text);
	return 0;
}
