/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate.h - the tracestate header from a carrier.
 */
#ifndef OTEL_API_TRACESTATE_H
#define OTEL_API_TRACESTATE_H

#include "api/slot.h"

/* All its fields as one; NULL if there is none, one is invalid, or out of memory. */
struct otel_tracestate *tracestate_read(const otel_carrier *carrier);

#endif
