/* SPDX-License-Identifier: Apache-2.0
 *
 * places.h - the spools in the current directory: itself, and the directories in it.
 */
#ifndef OTEL_TOOLS_SPOOL_PLACES_H
#define OTEL_TOOLS_SPOOL_PLACES_H

#include <stddef.h>

enum { SPOOL_PLACES_MAX = 64 };

struct spool_places {
	char *names[SPOOL_PLACES_MAX]; /* in order */
	size_t count;
};

/* Out of memory there are fewer. */
void spool_places_find(struct spool_places *places);
void spool_places_free(struct spool_places *places);

#endif
