/* SPDX-License-Identifier: Apache-2.0
 *
 * header_list.h - a carrier over a small array, as a test's HTTP message.
 */
#ifndef TEST_HEADER_LIST_H
#define TEST_HEADER_LIST_H

#include <otel/otel.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct header_list {
	struct {
		char *name;
		char *value;
	} items[300];
	size_t count;
};

static inline void header_list_add(struct header_list *list, const char *name, const char *value)
{
	list->items[list->count].name = strdup(name);
	list->items[list->count++].value = strdup(value);
}

static inline const char *header_list_get(void *self, const char *name, size_t index)
{
	struct header_list *list = self;

	for (size_t i = 0; i < list->count; i++) {
		if (!strcasecmp(list->items[i].name, name) && !index--)
			return list->items[i].value;
	}
	return NULL;
}

static inline const char *header_list_key(void *self, size_t index)
{
	struct header_list *list = self;

	return index < list->count ? list->items[index].name : NULL;
}

static inline void header_list_set(void *self, const char *name, const char *value)
{
	struct header_list *list = self;

	for (size_t i = 0; i < list->count; i++) {
		if (!strcasecmp(list->items[i].name, name)) {
			free(list->items[i].value);
			list->items[i].value = strdup(value);
			return;
		}
	}
	header_list_add(list, name, value);
}

static inline void header_list_clear(struct header_list *list)
{
	while (list->count) {
		list->count--;
		free(list->items[list->count].name);
		free(list->items[list->count].value);
	}
}

static inline otel_carrier header_list_carrier(struct header_list *list)
{
	return (otel_carrier){.size = sizeof(otel_carrier),
			      .self = list,
			      .set = header_list_set,
			      .get = header_list_get,
			      .key = header_list_key};
}

#endif
