/* SPDX-License-Identifier: Apache-2.0
 *
 * passthrough.h - the spans of issuer 0: non-recording ones that carry their parent's context on, when there is no SDK
 * and on suppressed threads. A static table, oldest entry reused first; nothing is allocated.
 */
#ifndef OTEL_API_PASSTHROUGH_H
#define OTEL_API_PASSTHROUGH_H

#include "api/own_slot.h"

/* A handle of a copy of the span context; takes the reference to tracestate (may be NULL). {0}: no entry was free. */
otel_span passthrough_take(const otel_span_context *span_context, struct otel_tracestate *tracestate) HIDDEN;

/* false when the handle is stale. *tracestate gets a reference or NULL; may be passed as NULL, and then the call is
 * async-signal-safe. */
bool passthrough_context(otel_span span, otel_span_context *out, struct otel_tracestate **tracestate) HIDDEN;

#endif
