/* SPDX-License-Identifier: Apache-2.0
 *
 * remote.h - ids as other formats write them, and the context made of them.
 */
#ifndef OTEL_PROPAGATION_REMOTE_H
#define OTEL_PROPAGATION_REMOTE_H

#include <otel/plugin.h>

#include "util/str.h"

/* 1 to 2 * len hex digits of either case, padded with zeros on the left. false, *out undefined: something else, or
 * zero. */
bool remote_id(struct view text, uint8_t *out, size_t len);

/* A copy of base with this remote span context; a reference. If a propagator before told of the same trace, the parts
 * that this format has no words for, tracestate and random flag, stay as that one said. */
otel_context *remote_context(const otel_host *host, otel_context *base, const otel_span_context *span_context);

/* Both ids are there. */
bool remote_is_valid(const otel_span_context *span_context);

#endif
