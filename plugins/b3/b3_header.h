/* SPDX-License-Identifier: Apache-2.0
 *
 * b3_header.h - the B3 headers as text and back (openzipkin/b3-propagation, README.md). Pure functions.
 */
#ifndef OTEL_B3_HEADER_H
#define OTEL_B3_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

enum b3_sampling {
	B3_DEFERRED, /* nothing was said: whoever reads decides */
	B3_DENIED,
	B3_ACCEPTED,
	B3_DEBUG /* accepted, and every sampler on the way is asked to keep it */
};

struct b3 {
	uint8_t trace_id[16]; /* ids of 64 bits have zeros in front */
	uint8_t span_id[8];
	enum b3_sampling sampling;
};

#define B3_SINGLE_SIZE 52 /* 32-16-1 and the terminator */

/* The one header `b3`. false, *out undefined: malformed, or without ids. */
bool b3_parse_single(struct view text, struct b3 *out);

/* The headers X-B3-*; len 0 for those that are not there. */
struct b3_fields {
	struct view trace_id;
	struct view span_id;
	struct view sampled;
	struct view flags;
};
bool b3_parse_multi(const struct b3_fields *fields, struct b3 *out);

/* Terminated. */
void b3_format_single(const struct b3 *b3, char out[B3_SINGLE_SIZE]);

#endif
