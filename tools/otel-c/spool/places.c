/* SPDX-License-Identifier: Apache-2.0
 *
 * places.c - see the header. A spool is known by the file that marks it.
 */
#include "tools/otel-c/spool/places.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/spool_name.h"

static void add(struct spool_places *places, const char *name)
{
	char *marker = NULL;

	if (asprintf(&marker, "%s/" SPOOL_MARKER, name) < 0)
		return;
	if (access(marker, F_OK) == 0 && places->count < SPOOL_PLACES_MAX &&
	    (places->names[places->count] = strdup(name)))
		places->count++;
	free(marker);
}

void spool_places_find(struct spool_places *places)
{
	struct dirent **entries = NULL;
	int count;

	places->count = 0;
	add(places, ".");
	count = scandir(".", &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.')
			add(places, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

void spool_places_free(struct spool_places *places)
{
	while (places->count)
		free(places->names[--places->count]);
}
