/* SPDX-License-Identifier: Apache-2.0
 *
 * uber_trace_id.h - the header uber-trace-id (jaegertracing.io, client libraries, "Propagation format"):
 * `{trace}:{span}:{parent}:{flags}`. Pure functions.
 */
#ifndef OTEL_JAEGER_UBER_TRACE_ID_H
#define OTEL_JAEGER_UBER_TRACE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

#define UBER_FLAG_SAMPLED 0x01u
#define UBER_FLAG_DEBUG   0x02u /* together with sampled only */
#define UBER_TEXT_SIZE    55 /* 32:16:0:02 and the terminator */

struct uber_trace_id {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	uint8_t flags; /* the two above */
};

/* Percent-encoded values are read too. false, *out undefined: malformed. */
bool uber_parse(struct view text, struct uber_trace_id *out);

/* Terminated; the parent is written as 0. */
void uber_format(const struct uber_trace_id *id, char out[UBER_TEXT_SIZE]);

#endif
