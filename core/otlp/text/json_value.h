/* SPDX-License-Identifier: Apache-2.0
 *
 * json_value.h - single values in JSON, by their types in protobuf. For json_write.c.
 */
#ifndef OTEL_OTLP_JSON_VALUE_H
#define OTEL_OTLP_JSON_VALUE_H

#include "otlp/text/json_schema.h"
#include "util/buf.h"
#include "util/wire.h"

static inline enum wire_type json_wire_of(const struct json_field *field)
{
	static const uint8_t wires[] = {
		[JSON_TEXT] = WIRE_LEN,        [JSON_ID] = WIRE_LEN,           [JSON_BYTES] = WIRE_LEN,
		[JSON_BOOL] = WIRE_VARINT,     [JSON_DOUBLE] = WIRE_FIXED64,   [JSON_INT32] = WIRE_VARINT,
		[JSON_ENUM] = WIRE_VARINT,     [JSON_UINT32] = WIRE_VARINT,    [JSON_SINT32] = WIRE_VARINT,
		[JSON_FIXED32] = WIRE_FIXED32, [JSON_INT64] = WIRE_VARINT,     [JSON_UINT64] = WIRE_VARINT,
		[JSON_FIXED64] = WIRE_FIXED64, [JSON_SFIXED64] = WIRE_FIXED64, [JSON_MESSAGE] = WIRE_LEN,
	};

	return (enum wire_type)wires[field->kind];
}

/* A value that is no message; kind: enum json_kind. */
void json_value_append(struct buf *out, uint8_t kind, const struct wire_field *value);

#endif
