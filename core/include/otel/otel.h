/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/otel.h - everything an instrumented program or library needs. Link with libotel_api (libc only).
 *
 *     #include <otel/otel.h>
 *
 *     int checkout(int order)
 *     {
 *         OTEL_SPAN(span, otel_tracer("shop.checkout", "1.4.0"), "checkout");
 *         otel_span_set_int(span, "order.id", order);
 *         if (charge(order) < 0)
 *             return otel_span_fail(span, "card declined"), -1;
 *         return 0;
 *     }
 *
 * With no SDK in the process every call is a no-op that allocates nothing. The environment (OTEL_DISTRO=aws) or
 * otel_sdk_start() brings an SDK; tracers obtained before that work after it.
 *
 * Threads: every function may be called from any thread at any time unless its comment says otherwise.
 * Signal handlers: only otel_span_context_get() and otel_span_is_recording() on a handle obtained before.
 * errno, signals, locale and environment of the caller are left as they are.
 */
#ifndef OTEL_OTEL_H
#define OTEL_OTEL_H

#include <otel/attr.h>
#include <otel/baggage.h>
#include <otel/context.h>
#include <otel/execution.h>
#include <otel/function.h>
#include <otel/key.h>
#include <otel/propagate.h>
#include <otel/span.h>
#include <otel/thread.h>
#include <otel/types.h>
#include <otel/version.h>

#endif
