/* SPDX-License-Identifier: Apache-2.0
 *
 * fields.h - the fields of a header or trailer section: names and values in their order, bounded.
 */
#ifndef OTEL_TOOLS_SINK_FIELDS_H
#define OTEL_TOOLS_SINK_FIELDS_H

#include "util/buf.h"

struct sink_fields {
	struct buf text; /* name, NUL, value, NUL, name … */
	size_t count;
};

void sink_fields_init(struct sink_fields *fields, size_t max);
void sink_fields_fini(struct sink_fields *fields);

/* A NUL within a value ends it. false: it went past the bound, or memory is short; then nothing was added. */
bool sink_fields_add(struct sink_fields *fields, const char *name, size_t name_len, const char *value,
		     size_t value_len);
bool sink_fields_put(struct sink_fields *fields, const char *name, const char *value);

/* The first of that name (written as in `name`); NULL when there is none. */
const char *sink_fields_get(const struct sink_fields *fields, const char *name);

struct sink_field {
	const char *name;
	const char *value;
};

/* One after the other; *cursor begins as 0. */
bool sink_fields_next(const struct sink_fields *fields, size_t *cursor, struct sink_field *field);

#endif
