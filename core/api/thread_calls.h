/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_calls.h - the calls of a thread that has no state in the SDK, or whose block does not count: they look for the
 * provider each time.
 */
#ifndef OTEL_API_THREAD_CALLS_H
#define OTEL_API_THREAD_CALLS_H

#include "api/own_slot.h"

extern const struct otel_thread_calls thread_calls_any HIDDEN;

/* otel_span_start_n(), whatever is current. (span.c) */
otel_span span_start_any(struct otel_tracer *tracer, const char *name, size_t name_len,
			 const otel_span_options *options) HIDDEN;

#endif
