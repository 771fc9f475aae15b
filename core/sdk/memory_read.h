/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_read.h - from OTLP bytes to the spans of otel/memory.h, like memory_attrs.h.
 */
#ifndef OTEL_SDK_MEMORY_READ_H
#define OTEL_SDK_MEMORY_READ_H

#include <otel/memory.h>

#include "sdk/memory_room.h"
#include "util/wire.h"

/* Each fills its part of the span: the content of a Resource, of a ScopeSpans but for its spans, and of a Span. */
void memory_read_resource(struct memory_room *room, struct wire_field resource, otel_memory_span *span);
void memory_read_scope(struct memory_room *room, struct wire_field scope_spans, otel_memory_span *span);
void memory_read_span(struct memory_room *room, struct wire_field message, otel_memory_span *span);

#endif
