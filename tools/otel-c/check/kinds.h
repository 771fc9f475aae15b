/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds.h - the kinds of components: their names, and what the vtable of each must have.
 */
#ifndef OTEL_TOOLS_CHECK_KINDS_H
#define OTEL_TOOLS_CHECK_KINDS_H

#include <otel/plugin.h>

struct kind {
	otel_kind kind;
	const char *name; /* "an authenticator" without its article */
	size_t size; /* of its first vtable */
	size_t required[3]; /* offsets of pointers that must be set; 0 = none */
};

/* NULL: it is newer than this otel-c. */
const struct kind *kind_find(otel_kind kind);

/* Its name, or words for one that is not known. */
const char *kind_name(otel_kind kind);

/* Are all pointers there that must be? */
bool kind_is_complete(const struct kind *kind, const void *vtable);

#endif
