/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/baggage.h - name/value pairs that travel with the context. Follows specification/baggage/api.md; the header
 * form is W3C Baggage. Works without an SDK.
 *
 * A baggage is immutable and reference-counted; NULL is the empty one. Bounded as in W3C Baggage section 3.3.2:
 * 64 entries, 8192 bytes; an entry that would exceed them is left out and counted.
 *
 *     otel_baggage *baggage = otel_baggage_with(NULL, "tenant", "acme", NULL);
 *     otel_context *context = otel_context_with_baggage(NULL, baggage);
 *     otel_baggage_unref(baggage);
 *
 * Any thread may read a baggage; no call here blocks or fails. Baggage is sent to whoever is called: put no secrets in.
 */
#ifndef OTEL_BAGGAGE_H
#define OTEL_BAGGAGE_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes another reference; returns its argument. */
OTEL_EXPORT otel_baggage *otel_baggage_ref(otel_baggage *baggage);
/* Gives a reference back; with the last one the baggage and every string borrowed from it are gone. */
OTEL_EXPORT void otel_baggage_unref(otel_baggage *baggage);

/* A copy of `base` (borrowed) in which name has this value; a reference. `metadata` is the opaque properties string
 * after the first ';' of the header form, may be NULL. Names and values are UTF-8, copied, what is invalid replaced by
 * U+FFFD; names are case-sensitive. A name that is there already keeps its place. An empty name changes nothing and is
 * counted. Out of memory: a reference to base, counted. Names that are no HTTP tokens, and metadata that cannot stand in
 * a header, are kept but not sent. */
OTEL_EXPORT otel_baggage *otel_baggage_with(otel_baggage *base, const char *name, const char *value,
					    const char *metadata);

/* A copy of `base` without name; a reference, NULL when nothing is left. base itself, referenced, if it has no such
 * name. */
OTEL_EXPORT otel_baggage *otel_baggage_without(otel_baggage *base, const char *name);

/* The value, borrowed from the baggage; NULL if the name is not in it. */
OTEL_EXPORT const char *otel_baggage_value(const otel_baggage *baggage, const char *name);

/* How many entries there are, 0 for NULL. */
OTEL_EXPORT size_t otel_baggage_count(const otel_baggage *baggage);

/* The index-th entry in insertion order; all NULL past the end. */
OTEL_EXPORT otel_baggage_entry otel_baggage_at(const otel_baggage *baggage, size_t index);

#ifdef __cplusplus
}
#endif
#endif
