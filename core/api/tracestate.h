/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate.h - the tracestate header from a carrier, and to one.
 */
#ifndef OTEL_API_TRACESTATE_H
#define OTEL_API_TRACESTATE_H

#include "api/slot.h"

/* All its fields as one; NULL if there is none, one is invalid, or out of memory. */
struct otel_tracestate *tracestate_read(const otel_carrier *carrier);

/* W3C Trace Context Level 2, 3.3.1.5: receivers need not take more, and drop it whole if they do not. So what is longer
 * is cut, by whole members: first those that are long themselves, then from the right. */
#define TRACESTATE_SENT_MAX    512
#define TRACESTATE_LONG_MEMBER 128

/* The value to send; "" if nothing is left. It lies in the tracestate or in cut. */
const char *tracestate_sent(const struct otel_tracestate *tracestate, char cut[TRACESTATE_SENT_MAX + 1]);

#endif
