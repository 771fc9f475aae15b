/* SPDX-License-Identifier: Apache-2.0
 *
 * header_list.h - OTEL_EXPORTER_OTLP_HEADERS: name=value,name2=value2, values percent-decoded. Pure.
 */
#ifndef OTEL_OTLP_HEADER_LIST_H
#define OTEL_OTLP_HEADER_LIST_H

#include <otel/types.h>

#define HEADER_LIST_MAX 64u

struct header_list {
	otel_header items[HEADER_LIST_MAX]; /* strings owned by the list */
	size_t count;
};

/* What is wrong with an element. Never holds the value, which is a secret; the name only when it is one. */
typedef void header_list_complain(void *arg, size_t position, const char *name, const char *why);

/* Adds the elements of `text`; one whose name is there already (any case) replaces it. A bad element is reported and
 * left out, the others stay. */
void header_list_read(struct header_list *list, const char *text, header_list_complain *complain, void *arg);

/* Takes out the one at this place; the others move up. */
void header_list_remove(struct header_list *list, size_t place);

void header_list_fini(struct header_list *list);

#endif
