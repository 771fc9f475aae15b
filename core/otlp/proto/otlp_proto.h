/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_proto.h - all OTLP messages we know, as protobuf-c structs: Otlp__Span, Otlp__ExportTraceServiceRequest …
 *
 * Text fields are ProtobufCBinaryData, not char *: they have a length and no terminator (the .proto files say why).
 */
#ifndef OTEL_OTLP_PROTO_H
#define OTEL_OTLP_PROTO_H

#include <stdbool.h>
#include <string.h>

#include "otlp/proto/rpc_status.pb-c.h"
#include "otlp/proto/trace_service.pb-c.h"

/* Is this text field exactly that text? */
static inline bool otlp_text_is(ProtobufCBinaryData field, const char *text)
{
	size_t len = strlen(text);
	return field.len == len && (len == 0 || memcmp(field.data, text, len) == 0);
}

/* A text field that borrows a terminated text, for messages we build. */
static inline ProtobufCBinaryData otlp_text_of(const char *text)
{
	return (ProtobufCBinaryData){.len = strlen(text), .data = (uint8_t *)(uintptr_t)text};
}

#endif
