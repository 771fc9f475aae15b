/* SPDX-License-Identifier: Apache-2.0
 *
 * json_schema.h - the messages of OTLP as tables: number and type of a field in protobuf, its key in JSON. What reads
 * and what writes JSON goes by them.
 */
#ifndef OTEL_OTLP_JSON_SCHEMA_H
#define OTEL_OTLP_JSON_SCHEMA_H

#include <stdint.h>

/* Deeper is refused in both directions, as request.c does. Attributes' values sit at depth 5 to 8. */
#define JSON_DEPTH_MAX 100

/* The most fields that a message has. */
#define JSON_FIELDS_MAX 17

enum json_kind {
	JSON_TEXT,
	JSON_ID, /* bytes, in hex */
	JSON_BYTES, /* in base64 */
	JSON_BOOL,
	JSON_DOUBLE,
	JSON_INT32,
	JSON_ENUM, /* a number, never a name */
	JSON_UINT32,
	JSON_SINT32,
	JSON_FIXED32,
	JSON_INT64, /* from here on 64 bits: texts of digits */
	JSON_UINT64,
	JSON_FIXED64,
	JSON_SFIXED64,
	JSON_MESSAGE
};

enum json_flag {
	JSON_REPEATED = 1, /* a list; of numbers packed */
	JSON_ONEOF = 2, /* of those in a message one alone is there, whatever its value */
	JSON_OPTIONAL = 4, /* there whatever its value, if it is set */
	JSON_ALWAYS = 8 /* a list that is written even when empty, so that `jq .resourceSpans[]` has one to walk */
};

/* Without pointers, so that nothing is relocated when a module is loaded. */
struct json_field {
	char key[24];
	uint8_t number;
	uint8_t kind;
	uint8_t flags;
	uint8_t type; /* of a message: enum json_type_name */
};

enum json_type_name {
	JSON_TYPE_NONE,
	JSON_TRACES_REQUEST,
	JSON_METRICS_REQUEST,
	JSON_LOGS_REQUEST,
	JSON_ANY_REQUEST, /* the three as one: their lists have the same number */
	JSON_RESPONSE, /* the three as one */
	JSON_PARTIAL_SUCCESS,
	JSON_RPC_STATUS,
	JSON_ANY_VALUE,
	JSON_ARRAY_VALUE,
	JSON_KEY_VALUE_LIST,
	JSON_KEY_VALUE,
	JSON_SCOPE,
	JSON_ENTITY_REF,
	JSON_RESOURCE,
	JSON_RESOURCE_SPANS,
	JSON_SCOPE_SPANS,
	JSON_SPAN,
	JSON_EVENT,
	JSON_LINK,
	JSON_STATUS,
	JSON_RESOURCE_METRICS,
	JSON_SCOPE_METRICS,
	JSON_METRIC,
	JSON_GAUGE,
	JSON_SUM,
	JSON_HISTOGRAM,
	JSON_EXPONENTIAL_HISTOGRAM,
	JSON_SUMMARY,
	JSON_NUMBER_POINT,
	JSON_HISTOGRAM_POINT,
	JSON_EXPONENTIAL_POINT,
	JSON_BUCKETS,
	JSON_SUMMARY_POINT,
	JSON_QUANTILE,
	JSON_EXEMPLAR,
	JSON_RESOURCE_LOGS,
	JSON_SCOPE_LOGS,
	JSON_LOG_RECORD,
	JSON_TYPES
};

struct json_type {
	const struct json_field *fields;
	uint32_t count;
};

extern const struct json_type json_types[JSON_TYPES];

#endif
