/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_list.c - two walks over the text: the first only looks for errors, so that nothing is taken of a bad one.
 */
#include "sdk/resource_list.h"

#include <stdlib.h>
#include <string.h>

#include "util/str.h"

#define PAIRS_MAX 512u

static const char *decode(struct view v, char **out)
{
	*out = str_percent_decode(view_trim(v));
	if (!*out)
		return "it has a '%' that is not followed by two hex digits, or %00";
	if (!str_is_utf8(*out, strlen(*out)))
		return "it is not valid UTF-8";
	return NULL;
}

static const char *read_pair(struct view element, char **key, char **value)
{
	struct view rest = element;
	struct view name;
	*key = *value = NULL;

	view_split(&rest, '=', &name);
	if (!rest.ptr)
		return "it has no '='";
	if (memchr(rest.ptr, '=', rest.len))
		return "a second '=' must be written %3D";
	const char *why = decode(name, key);
	if (!why && !**key)
		why = "the key is empty";
	if (!why)
		why = decode(rest, value);
	return why;
}

static bool walk(const char *text, resource_list_fn *each, void *arg, struct resource_list_error *error)
{
	struct view rest = view_of(text);
	struct view element;
	const char *why = NULL;
	size_t position = 0;

	while (!why && view_split(&rest, ',', &element)) {
		char *key;
		char *value;
		position++;
		element = view_trim(element);
		if (!element.len)
			continue;
		why = position > PAIRS_MAX ? "there are more than 512 of them" : NULL;
		if (why)
			break;
		why = read_pair(element, &key, &value);
		if (!why && each)
			each(arg, key, value);
		free(key);
		free(value);
	}
	*error = (struct resource_list_error){position, why};
	return !why;
}

bool resource_list_read(const char *text, resource_list_fn *each, void *arg, struct resource_list_error *error)
{
	return walk(text, NULL, NULL, error) && walk(text, each, arg, error);
}
