/* SPDX-License-Identifier: Apache-2.0
 *
 * json_number.h - what stands in JSON for a number or for bytes, as proto3's mapping allows it. For json_read.c.
 */
#ifndef OTEL_OTLP_JSON_NUMBER_H
#define OTEL_OTLP_JSON_NUMBER_H

#include "util/buf.h"
#include "util/str.h"

/* The value as protobuf has it on the wire. kind: enum json_kind, of numbers; is_text: it stood in quotes. */
bool json_number_read(uint8_t kind, struct view word, bool is_text, uint64_t *bits);

/* What it should have been: "is not …". */
const char *json_number_wanted(uint8_t kind);

/* Either case. */
bool json_number_from_hex(struct buf *out, struct view text);

#endif
