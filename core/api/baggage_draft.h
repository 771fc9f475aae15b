/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_draft.h - a baggage while it is being made, within the limits of W3C Baggage.
 */
#ifndef OTEL_API_BAGGAGE_DRAFT_H
#define OTEL_API_BAGGAGE_DRAFT_H

#include "api/context_block.h"
#include "util/str.h"

#define BAGGAGE_MAX_ENTRIES 64
#define BAGGAGE_MAX_BYTES   8192

struct baggage_draft {
	otel_baggage *baggage; /* NULL when out of memory: puts are ignored then */
	otel_baggage_entry *entries;
	size_t max_entries;
	char *text; /* free room */
	size_t room;
};

/* text_bytes: enough for all strings, each with its terminator. */
void baggage_draft_begin(struct baggage_draft *draft, size_t max_entries, size_t text_bytes);

/* Adds an entry, or replaces the one of that name; invalid UTF-8 becomes U+FFFD. One that would exceed a limit is left
 * out and counted. The text may lie in another baggage, not in this one. */
void baggage_draft_put(struct baggage_draft *draft, struct view name, struct view value, struct view metadata);

/* The baggage, a reference; NULL if it stayed empty. */
otel_baggage *baggage_draft_end(struct baggage_draft *draft);

/* Bytes of one member in the header form. */
size_t baggage_member_len(struct view name, struct view value, struct view metadata);

#endif
