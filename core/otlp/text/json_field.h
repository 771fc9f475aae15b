/* SPDX-License-Identifier: Apache-2.0
 *
 * json_field.h - OTLP's types as JSON values. For json.c.
 *
 * All of them leave default values out. What fails (no memory, a text that is no UTF-8) marks the writer as failed;
 * the rest goes on harmlessly, so callers look once, at the end.
 */
#ifndef OTEL_OTLP_JSON_FIELD_H
#define OTEL_OTLP_JSON_FIELD_H

#include <jansson.h>

#include "otlp/proto/otlp_proto.h"

struct json_writer {
	bool failed;
};

/* Sets a value whatever it is, and takes it over; NULL counts as a failure. */
void json_field_set(struct json_writer *w, json_t *object, const char *key, json_t *value);

/* Appends to a list, in the same way. */
void json_field_append(struct json_writer *w, json_t *list, json_t *value);

void json_field_text(struct json_writer *w, json_t *object, const char *key, ProtobufCBinaryData text);
void json_field_hex(struct json_writer *w, json_t *object, const char *key, ProtobufCBinaryData id);
void json_field_int(struct json_writer *w, json_t *object, const char *key, int64_t number); /* of 32 bits */
void json_field_u64(struct json_writer *w, json_t *object, const char *key, uint64_t number);
void json_field_attributes(struct json_writer *w, json_t *object, const char *key, Otlp__KeyValue *const *attributes,
			   size_t count);

#endif
