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

/* Writes the headers of a context into the carrier through carrier->set. context NULL: the current one. */
OTEL_EXPORT void otel_inject(const otel_context *context, const otel_carrier *carrier);

/* Reads headers through carrier->get and returns a copy of `base` with what they carried; a reference. Bad headers
 * leave it as it was: `base` itself, referenced. */
OTEL_EXPORT otel_context *otel_extract(otel_context *base, const otel_carrier *carrier);

/* From now on, as long as there is no SDK, inject and extract pass W3C traceparent, tracestate and baggage on. */
OTEL_EXPORT void otel_propagate_w3c(void);

#ifdef __cplusplus
}
#endif
#endif
