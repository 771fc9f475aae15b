/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_headers.h - baggage as one header an entry: a prefix, then the entry's name.
 */
#ifndef OTEL_PROPAGATION_BAGGAGE_HEADERS_H
#define OTEL_PROPAGATION_BAGGAGE_HEADERS_H

#include <otel/plugin.h>

#include "util/str.h"

struct baggage_format {
	const char *prefix; /* lower case */
	bool is_encoded; /* values are url-encoded */
};

/* Adds the entries found to a baggage, whose reference it takes over; a reference, NULL if there are none. */
otel_baggage *baggage_headers_read(const otel_host *host, const struct baggage_format *format,
				   const otel_carrier *carrier, otel_baggage *baggage);

/* Writes the entries of the context. Those that cannot stand in a header are left out. */
void baggage_headers_write(const otel_host *host, const struct baggage_format *format, const otel_context *context,
			   const otel_carrier *carrier);

/* Adds one entry to a baggage, whose reference it takes over. */
otel_baggage *baggage_headers_add(const otel_host *host, otel_baggage *baggage, const char *name, const char *value);

/* A copy of the context with the baggage, if there is one; takes over both references, returns one. */
otel_context *baggage_headers_join(const otel_host *host, otel_context *context, otel_baggage *baggage);

/* Does the host offer what these need? */
bool baggage_headers_are_supported(const otel_host *host);

#endif
