/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/propagate.h - contexts to and from headers. Follows specification/context/api-propagators.md.
 *
 * The SDK installs the propagators named by OTEL_PROPAGATORS. Without an SDK both calls do nothing, unless the
 * program asked for W3C pass-through with otel_propagate_w3c().
 */
#ifndef OTEL_PROPAGATE_H
#define OTEL_PROPAGATE_H

#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the headers of a context into the carrier through carrier->set, on the calling thread and before it returns.
 * context NULL: the current one. Nothing is written for a context without a valid span context or baggage. carrier NULL,
 * or without `set`: nothing happens. */
OTEL_EXPORT void otel_inject(const otel_context *context, const otel_carrier *carrier);

/* Reads headers through carrier->get and returns a copy of `base` with what they carried; a reference. Bad headers
 * leave it as it was: `base` itself, referenced. base is borrowed; NULL is the root context. Unlike inject it never
 * looks at what is current, nor changes it: attach the result, or start a span with it as parent.
 *
 *     otel_context *remote = otel_extract(NULL, &carrier);
 *     OTEL_SPAN_WITH(span, tracer, "GET /", .kind = OTEL_KIND_SERVER, .parent = remote);
 *     otel_context_unref(remote);
 */
OTEL_EXPORT otel_context *otel_extract(otel_context *base, const otel_carrier *carrier);

/* For libraries and gateways that should not cut traces in two where nobody set up an SDK: from now on, as long as there
 * is none, inject and extract pass W3C traceparent, tracestate and baggage on. Process-wide, cannot be undone, may be
 * called any number of times. */
OTEL_EXPORT void otel_propagate_w3c(void);

#ifdef __cplusplus
}
#endif
#endif
