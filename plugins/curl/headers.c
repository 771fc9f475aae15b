/* SPDX-License-Identifier: Apache-2.0
 *
 * headers.c - a carrier over a list of headers.
 */
#include "plugins/curl/headers.h"

#include <otel/otel.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool headers_has(const struct curl_slist *list, const char *name)
{
	size_t len = strlen(name);

	for (; list; list = list->next)
		if (list->data && strncasecmp(list->data, name, len) == 0 &&
		    (list->data[len] == ':' || list->data[len] == ';'))
			return true;
	return false;
}

static struct curl_slist *slot_for(struct headers *headers, const char *name)
{
	size_t len = strlen(name);

	for (unsigned i = 0; i < headers->count; i++) {
		char *line = headers->nodes[i].data;

		if (strncasecmp(line, name, len) != 0 || line[len] != ':')
			continue;
		free(line);
		return &headers->nodes[i];
	}
	return headers->count < HEADERS_MAX ? &headers->nodes[headers->count++] : NULL;
}

static void set_header(void *self, const char *name, const char *value)
{
	struct headers *headers = self;
	struct curl_slist *node;
	char *line = NULL;

	if (headers_has(headers->rest, name))
		return; /* the program's own word counts */
	if (asprintf(&line, "%s: %s", name, value) < 0)
		return;
	node = slot_for(headers, name);
	if (node)
		node->data = line;
	else
		free(line);
}

struct curl_slist *headers_inject(struct headers *headers, struct curl_slist *rest)
{
	const otel_carrier carrier = {.size = sizeof carrier, .self = headers, .set = set_header};

	headers->count = 0;
	headers->rest = rest;
	otel_inject(NULL, &carrier);
	for (unsigned i = 0; i < headers->count; i++)
		headers->nodes[i].next = i + 1 < headers->count ? &headers->nodes[i + 1] : rest;
	return headers->count ? headers->nodes : rest;
}

void headers_fini(struct headers *headers)
{
	for (unsigned i = 0; i < headers->count; i++)
		free(headers->nodes[i].data);
	headers->count = 0;
}
