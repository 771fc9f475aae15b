/* SPDX-License-Identifier: Apache-2.0
 *
 * environment.c - environment variables as a carrier: a list of "NAME=value" strings, in the form that execve() takes.
 * The environment of the process itself is neither read nor written.
 */
#include "api/environment.h"

#include <string.h>
#include <unistd.h>

#include "api/mem.h"
#include "util/str.h"

/* Of one variable. The kernel refuses to start a program with one of 128 KiB, and that would be our doing. */
#define MAX_BYTES 32768u

struct otel_environment {
	char **list; /* owned, as are its strings; ends with NULL */
	size_t count;
	size_t room;
	char name[ENVIRONMENT_NAME_MAX + 1]; /* the last that was told */
};

/* ---- names ---- */

static char name_char(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return char_is_digit(c) || (c >= 'A' && c <= 'Z') ? c : '_';
}

size_t environment_name(char out[ENVIRONMENT_NAME_MAX + 1], const char *header)
{
	size_t len = 0;

	if (!*header || char_is_digit(*header))
		out[len++] = '_';
	for (; *header; header++) {
		if (len == ENVIRONMENT_NAME_MAX)
			return 0;
		out[len++] = name_char(*header);
	}
	out[len] = '\0';
	return len;
}

/* The name of a variable, if it is one that a header can have: ptr NULL otherwise. */
static struct view carried_name(const char *variable)
{
	const char *equals = strchr(variable, '=');
	struct view name = {variable, equals ? (size_t)(equals - variable) : 0};

	if (!name.len || name.len > ENVIRONMENT_NAME_MAX || char_is_digit(*variable))
		return (struct view){NULL, 0};
	for (size_t i = 0; i < name.len; i++) {
		if (name_char(variable[i]) != variable[i])
			return (struct view){NULL, 0};
	}
	return name;
}

/* ---- the list ---- */

static bool is_named(const char *variable, const char *name, size_t len)
{
	return !strncmp(variable, name, len) && variable[len] == '=';
}

/* count where there is none */
static size_t find(const otel_environment *environment, const char *name, size_t len)
{
	size_t i = 0;

	while (i < environment->count && !is_named(environment->list[i], name, len))
		i++;
	return i;
}

static bool grow(otel_environment *environment, size_t room)
{
	char **list;

	if (room < environment->room)
		return true;
	room = room < 16 ? 16 : 2 * room;
	list = mem_alloc(room * sizeof(*list));
	if (!list)
		return false;
	if (environment->count)
		memcpy(list, environment->list, environment->count * sizeof(*list));
	list[environment->count] = NULL;
	free(environment->list);
	environment->list = list;
	environment->room = room;
	return true;
}

/* Takes the string over. */
static void append(otel_environment *environment, char *variable)
{
	if (!variable || !grow(environment, environment->count + 1)) {
		free(variable);
		return;
	}
	environment->list[environment->count++] = variable;
	environment->list[environment->count] = NULL;
}

static void take_out(otel_environment *environment, const char *name, size_t len)
{
	size_t i;

	while ((i = find(environment, name, len)) < environment->count) {
		free(environment->list[i]);
		memmove(&environment->list[i], &environment->list[i + 1],
			(environment->count - i) * sizeof(environment->list[0]));
		environment->count--;
	}
}

/* A string of its own, "text" or "text=value"; NULL when out of memory. */
static char *joined(const char *text, size_t len, const char *value)
{
	size_t value_len = value ? strlen(value) + 1 : 0;
	char *variable = mem_alloc(len + value_len + 1);

	if (!variable)
		return NULL;
	memcpy(variable, text, len);
	variable[len] = '\0';
	if (value) {
		variable[len] = '=';
		memcpy(variable + len + 1, value, value_len);
	}
	return variable;
}

otel_environment *otel_environment_create(char *const *envp)
{
	otel_environment *environment = mem_alloc(sizeof(*environment));
	size_t count = 0;

	if (!environment)
		return NULL;
	*environment = (struct otel_environment){.list = NULL};
	while (envp && envp[count])
		count++;
	if (!grow(environment, count + 1)) {
		free(environment);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		append(environment, joined(envp[i], strlen(envp[i]), NULL));
	if (environment->count == count)
		return environment;
	otel_environment_destroy(environment);
	return NULL;
}

void otel_environment_destroy(otel_environment *environment)
{
	if (!environment)
		return;
	for (size_t i = 0; i < environment->count; i++)
		free(environment->list[i]);
	free(environment->list);
	free(environment);
}

char *const *otel_environment_envp(const otel_environment *environment)
{
	return environment ? environment->list : environ;
}

/* ---- the carrier ---- */

static void carrier_set(void *self, const char *name, const char *value)
{
	char variable[ENVIRONMENT_NAME_MAX + 1];
	size_t len;
	char *made;

	if (!self || !name || !value)
		return;
	len = environment_name(variable, name);
	if (!len || len + strlen(value) + 2 > MAX_BYTES) {
		dropped();
		return;
	}
	made = joined(variable, len, value);
	if (!made)
		return;
	take_out(self, variable, len);
	append(self, made);
}

static const char *carrier_get(void *self, const char *name, size_t index)
{
	const otel_environment *environment = self;
	char variable[ENVIRONMENT_NAME_MAX + 1];
	size_t len = name && !index ? environment_name(variable, name) : 0;
	size_t i = environment && len ? find(environment, variable, len) : 0;

	if (!environment || !len || i == environment->count)
		return NULL;
	return environment->list[i] + len + 1;
}

static const char *carrier_key(void *self, size_t index)
{
	otel_environment *environment = self;

	for (size_t i = 0; environment && i < environment->count; i++) {
		struct view name = carried_name(environment->list[i]);
		if (!name.ptr || index--)
			continue;
		memcpy(environment->name, name.ptr, name.len);
		environment->name[name.len] = '\0';
		return environment->name;
	}
	return NULL;
}

otel_carrier otel_environment_carrier(otel_environment *environment)
{
	return (otel_carrier){.size = sizeof(otel_carrier),
			      .self = environment,
			      .set = carrier_set,
			      .get = carrier_get,
			      .key = carrier_key};
}

/* A variable of an older trace must not stand beside those of the new one. */
static void take_out_fields(otel_environment *environment)
{
	char variable[ENVIRONMENT_NAME_MAX + 1];
	const char *field;

	for (size_t i = 0; (field = otel_propagation_field(i)); i++)
		take_out(environment, variable, environment_name(variable, field));
}

void otel_environment_inject(otel_environment *environment, const otel_context *context)
{
	otel_environment *fresh = environment ? otel_environment_create(NULL) : NULL;
	const otel_carrier carrier = otel_environment_carrier(fresh);

	if (!fresh)
		return;
	otel_inject(context, &carrier);
	if (fresh->count)
		take_out_fields(environment);
	for (size_t i = 0; i < fresh->count; i++) {
		take_out(environment, fresh->list[i], strcspn(fresh->list[i], "="));
		append(environment, fresh->list[i]);
	}
	fresh->count = 0; /* the strings have moved */
	otel_environment_destroy(fresh);
}
