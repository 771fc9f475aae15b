/* SPDX-License-Identifier: Apache-2.0
 *
 * refusal.h - why a request is refused, in words, beside the status that says so in its protocol.
 */
#ifndef OTEL_TOOLS_SINK_REFUSAL_H
#define OTEL_TOOLS_SINK_REFUSAL_H

#include "otlp/text/fault.h"
#include "util/str.h"

/* Writes the fault and returns the status. What was read from the network comes in already escaped. */
unsigned sink_refuse(struct otlp_fault *fault, unsigned status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* WHAT "READ" is not ALLOWED; READ is escaped. NULL: WHAT is missing. */
unsigned sink_refuse_showing(struct otlp_fault *fault, unsigned status, const char *what, const char *read,
			     const char *allowed);

/* The media type without its parameters; NULL has none. */
struct view sink_media_type(const char *content_type);

#endif
