/* SPDX-License-Identifier: Apache-2.0
 *
 * builtin_processors.h - the span processors and response propagators that come with the core.
 */
#ifndef OTEL_SDK_BUILTIN_PROCESSORS_H
#define OTEL_SDK_BUILTIN_PROCESSORS_H

#include <otel/plugin.h>

/* Baggage entries become attributes of the spans that start under them. */
extern const otel_span_processor baggage_processor;

/* Attributes by key go out with another value, or not at all. */
extern const otel_span_processor redaction_processor;

/* The header traceresponse. */
extern const otel_response_propagator response_traceresponse;

#endif
