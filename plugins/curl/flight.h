/* SPDX-License-Identifier: Apache-2.0
 *
 * flight.h - the traced request that the calling thread is inside of: at most one, for a request made by a callback of
 * another belongs to that one.
 *
 * A request left by longjmp() has no end of its own. It is known by its place on the stack: whoever calls from further
 * out than that is in no callback of it any more. Its span then ends there.
 */
#ifndef OTEL_CURL_FLIGHT_H
#define OTEL_CURL_FLIGHT_H

#include <otel/otel.h>

/* Once, before the first flight. */
void flight_setup(void);

/* The end of the caller's stack frame. */
const void *flight_mark(void);

/* Whether the thread is inside a traced request. First ends one that was left for a place further out than `mark`. */
bool flight_is_on(const void *mark);

/* Makes the span current until flight_end(). false: out of memory, nothing was done. */
bool flight_begin(otel_span span, const void *mark);

/* The span is not current any more; it has not ended. */
void flight_end(void);

#endif
