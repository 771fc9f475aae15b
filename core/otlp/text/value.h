/* SPDX-License-Identifier: Apache-2.0
 *
 * value.h - texts, attribute values and durations as a person reads them. Nothing depends on the locale, and nothing
 * that could steer a terminal gets through.
 */
#ifndef OTEL_OTLP_VALUE_H
#define OTEL_OTLP_VALUE_H

#include "otlp/proto/otlp_proto.h"
#include "util/buf.h"

/* Appends a text with control characters, direction marks and broken UTF-8 escaped; longer than max characters it is
 * cut and ends with "…". */
void value_append_text(struct buf *out, ProtobufCBinaryData text, size_t max);

/* The same in quotes, with quotes inside escaped. */
void value_append_quoted(struct buf *out, ProtobufCBinaryData text, size_t max);

/* Appends a value: texts in quotes only inside lists, bytes in hex, lists in brackets, at most about max characters. */
void value_append(struct buf *out, const Otlp__AnyValue *value, size_t max);

/* Appends "key = value". */
void value_append_attribute(struct buf *out, const Otlp__KeyValue *attribute, size_t max);

/* "850 ns", "12.3 ms", "1.50 s", "2 min 5 s": three digits that matter. */
void value_append_duration(struct buf *out, uint64_t nanoseconds);

void value_append_hex(struct buf *out, ProtobufCBinaryData bytes);

/* The value of a text attribute, or an empty one. */
ProtobufCBinaryData value_find_text(Otlp__KeyValue *const *attributes, size_t count, const char *key);

/* How many columns a text takes, a character counted as one. */
size_t value_columns(const void *text, size_t len);

#endif
