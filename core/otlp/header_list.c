/* SPDX-License-Identifier: Apache-2.0
 *
 * header_list.c - reading header lists. Whatever is refused here cannot smuggle a second header into a request.
 */
#include "otlp/header_list.h"

#include <stdlib.h>
#include <string.h>

#include "util/str.h"

/* They describe the body that the exporter makes; another value breaks the exchange. */
static const char *const reserved[] = {"connection",           "content-encoding", "content-length", "content-type",
				       "grpc-accept-encoding", "grpc-encoding",    "grpc-timeout",   "te",
				       "transfer-encoding"};

static bool is_reserved(const char *name)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_equals_nocase(name, reserved[i]))
			return true;
	return false;
}

/* Where the header of this name is, or would be. */
static size_t find(const struct header_list *list, const char *name)
{
	size_t i = 0;
	while (i < list->count && !str_equals_nocase(list->items[i].name, name))
		i++;
	return i;
}

/* Takes both strings over; there is room. */
static void put(struct header_list *list, char *name, char *value)
{
	size_t i = find(list, name);
	if (i < list->count) {
		free((char *)list->items[i].name);
		free((char *)list->items[i].value);
	} else {
		list->count++;
	}
	list->items[i] = (otel_header){name, value};
}

/* NULL, or why the element is refused; *shown is its name once it is known to be one. */
static const char *read_element(struct header_list *list, struct view element, char **name, char **value)
{
	struct view rest = element;
	struct view key;
	view_split(&rest, '=', &key);
	if (!rest.ptr)
		return "it has no '='";
	key = view_trim(key);
	if (!view_is_token(key))
		return "what stands before '=' is not a header name";
	*name = view_dup(key);
	if (!*name)
		return "out of memory";
	if (is_reserved(*name))
		return "otel-c sets this header itself";
	*value = str_percent_decode(view_trim(rest));
	if (!*value)
		return "its value is not valid percent-encoding";
	if (!view_is_header_value(view_of(*value)))
		return "its value has control characters";
	if (find(list, *name) == HEADER_LIST_MAX)
		return "more than 64 headers";
	return NULL;
}

void header_list_read(struct header_list *list, const char *text, header_list_complain *complain, void *arg)
{
	struct view rest = view_of(text);
	struct view element;
	for (size_t position = 1; rest.ptr && view_split(&rest, ',', &element); position++) {
		element = view_trim(element);
		if (!element.len)
			continue;
		char *name = NULL;
		char *value = NULL;
		const char *why = read_element(list, element, &name, &value);
		if (!why) {
			put(list, name, value);
			continue;
		}
		complain(arg, position, name ? name : "", why);
		free(name);
		free(value);
	}
}

void header_list_remove(struct header_list *list, size_t place)
{
	free((char *)list->items[place].name);
	free((char *)list->items[place].value);
	list->count--;
	memmove(&list->items[place], &list->items[place + 1], (list->count - place) * sizeof list->items[0]);
}

void header_list_fini(struct header_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free((char *)list->items[i].name);
		free((char *)list->items[i].value);
	}
	list->count = 0;
}
