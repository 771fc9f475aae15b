/* SPDX-License-Identifier: Apache-2.0
 *
 * mark.h - what a header said of its trace beyond sampled or not (debug, no decision yet), kept in the context so that
 * it can be sent on. OpenTelemetry has no flag for it.
 */
#ifndef OTEL_PROPAGATION_MARK_H
#define OTEL_PROPAGATION_MARK_H

#include <otel/plugin.h>

/* Puts the mark under key for this trace; 0 takes away what an outer context said. Takes over the reference to context
 * and returns one. */
otel_context *mark_put(const otel_host *host, otel_context *context, const otel_context_key *key,
		       const uint8_t trace_id[16], int mark);

/* The mark that came in with this trace; 0 if none did. */
int mark_of(const otel_host *host, const otel_context *context, const otel_context_key *key,
	    const uint8_t trace_id[16]);

/* Does the host offer what these need? */
bool mark_is_supported(const otel_host *host);

#endif
