/* SPDX-License-Identifier: Apache-2.0
 *
 * json_schema.c - after opentelemetry/proto/{common,resource,trace,metrics,logs,collector}/v1 and google/rpc/status.
 * In each message by number, as protobuf has them on the wire.
 */
#include "otlp/text/json_schema.h"

static const struct json_field traces_request[] = {
	{"resourceSpans", 1, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_RESOURCE_SPANS},
};

static const struct json_field metrics_request[] = {
	{"resourceMetrics", 1, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_RESOURCE_METRICS},
};

static const struct json_field logs_request[] = {
	{"resourceLogs", 1, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_RESOURCE_LOGS},
};

static const struct json_field any_request[] = {
	{"resourceSpans", 1, JSON_MESSAGE, JSON_REPEATED, JSON_RESOURCE_SPANS},
	{"resourceMetrics", 1, JSON_MESSAGE, JSON_REPEATED, JSON_RESOURCE_METRICS},
	{"resourceLogs", 1, JSON_MESSAGE, JSON_REPEATED, JSON_RESOURCE_LOGS},
};

static const struct json_field response[] = {
	{"partialSuccess", 1, JSON_MESSAGE, 0, JSON_PARTIAL_SUCCESS},
};

static const struct json_field partial_success[] = {
	{"rejectedSpans", 1, JSON_INT64, 0, 0},
	{"rejectedDataPoints", 1, JSON_INT64, 0, 0},
	{"rejectedLogRecords", 1, JSON_INT64, 0, 0},
	{"errorMessage", 2, JSON_TEXT, 0, 0},
};

static const struct json_field rpc_status[] = {
	{"code", 1, JSON_INT32, 0, 0},
	{"message", 2, JSON_TEXT, 0, 0},
};

static const struct json_field any_value[] = {
	{"stringValue", 1, JSON_TEXT, JSON_ONEOF, 0},
	{"boolValue", 2, JSON_BOOL, JSON_ONEOF, 0},
	{"intValue", 3, JSON_INT64, JSON_ONEOF, 0},
	{"doubleValue", 4, JSON_DOUBLE, JSON_ONEOF, 0},
	{"arrayValue", 5, JSON_MESSAGE, JSON_ONEOF, JSON_ARRAY_VALUE},
	{"kvlistValue", 6, JSON_MESSAGE, JSON_ONEOF, JSON_KEY_VALUE_LIST},
	{"bytesValue", 7, JSON_BYTES, JSON_ONEOF, 0},
	{"stringValueStrindex", 8, JSON_INT32, JSON_ONEOF, 0},
};

static const struct json_field array_value[] = {
	{"values", 1, JSON_MESSAGE, JSON_REPEATED, JSON_ANY_VALUE},
};

static const struct json_field key_value_list[] = {
	{"values", 1, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
};

static const struct json_field key_value[] = {
	{"key", 1, JSON_TEXT, 0, 0},
	{"value", 2, JSON_MESSAGE, 0, JSON_ANY_VALUE},
	{"keyStrindex", 3, JSON_INT32, 0, 0},
};

static const struct json_field scope[] = {
	{"name", 1, JSON_TEXT, 0, 0},
	{"version", 2, JSON_TEXT, 0, 0},
	{"attributes", 3, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 4, JSON_UINT32, 0, 0},
};

static const struct json_field entity_ref[] = {
	{"schemaUrl", 1, JSON_TEXT, 0, 0},
	{"type", 2, JSON_TEXT, 0, 0},
	{"idKeys", 3, JSON_TEXT, JSON_REPEATED, 0},
	{"descriptionKeys", 4, JSON_TEXT, JSON_REPEATED, 0},
};

static const struct json_field resource[] = {
	{"attributes", 1, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 2, JSON_UINT32, 0, 0},
	{"entityRefs", 3, JSON_MESSAGE, JSON_REPEATED, JSON_ENTITY_REF},
};

static const struct json_field resource_spans[] = {
	{"resource", 1, JSON_MESSAGE, 0, JSON_RESOURCE},
	{"scopeSpans", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_SCOPE_SPANS},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field scope_spans[] = {
	{"scope", 1, JSON_MESSAGE, 0, JSON_SCOPE},
	{"spans", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_SPAN},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field span[] = {
	{"traceId", 1, JSON_ID, 0, 0},
	{"spanId", 2, JSON_ID, 0, 0},
	{"traceState", 3, JSON_TEXT, 0, 0},
	{"parentSpanId", 4, JSON_ID, 0, 0},
	{"name", 5, JSON_TEXT, 0, 0},
	{"kind", 6, JSON_ENUM, 0, 0},
	{"startTimeUnixNano", 7, JSON_FIXED64, 0, 0},
	{"endTimeUnixNano", 8, JSON_FIXED64, 0, 0},
	{"attributes", 9, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 10, JSON_UINT32, 0, 0},
	{"events", 11, JSON_MESSAGE, JSON_REPEATED, JSON_EVENT},
	{"droppedEventsCount", 12, JSON_UINT32, 0, 0},
	{"links", 13, JSON_MESSAGE, JSON_REPEATED, JSON_LINK},
	{"droppedLinksCount", 14, JSON_UINT32, 0, 0},
	{"status", 15, JSON_MESSAGE, 0, JSON_STATUS},
	{"flags", 16, JSON_FIXED32, 0, 0},
};

static const struct json_field event[] = {
	{"timeUnixNano", 1, JSON_FIXED64, 0, 0},
	{"name", 2, JSON_TEXT, 0, 0},
	{"attributes", 3, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 4, JSON_UINT32, 0, 0},
};

static const struct json_field link_[] = {
	{"traceId", 1, JSON_ID, 0, 0},
	{"spanId", 2, JSON_ID, 0, 0},
	{"traceState", 3, JSON_TEXT, 0, 0},
	{"attributes", 4, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 5, JSON_UINT32, 0, 0},
	{"flags", 6, JSON_FIXED32, 0, 0},
};

static const struct json_field status[] = {
	{"message", 2, JSON_TEXT, 0, 0},
	{"code", 3, JSON_ENUM, 0, 0},
};

static const struct json_field resource_metrics[] = {
	{"resource", 1, JSON_MESSAGE, 0, JSON_RESOURCE},
	{"scopeMetrics", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_SCOPE_METRICS},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field scope_metrics[] = {
	{"scope", 1, JSON_MESSAGE, 0, JSON_SCOPE},
	{"metrics", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_METRIC},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field metric[] = {
	{"name", 1, JSON_TEXT, 0, 0},
	{"description", 2, JSON_TEXT, 0, 0},
	{"unit", 3, JSON_TEXT, 0, 0},
	{"gauge", 5, JSON_MESSAGE, JSON_ONEOF, JSON_GAUGE},
	{"sum", 7, JSON_MESSAGE, JSON_ONEOF, JSON_SUM},
	{"histogram", 9, JSON_MESSAGE, JSON_ONEOF, JSON_HISTOGRAM},
	{"exponentialHistogram", 10, JSON_MESSAGE, JSON_ONEOF, JSON_EXPONENTIAL_HISTOGRAM},
	{"summary", 11, JSON_MESSAGE, JSON_ONEOF, JSON_SUMMARY},
	{"metadata", 12, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
};

static const struct json_field gauge[] = {
	{"dataPoints", 1, JSON_MESSAGE, JSON_REPEATED, JSON_NUMBER_POINT},
};

static const struct json_field sum[] = {
	{"dataPoints", 1, JSON_MESSAGE, JSON_REPEATED, JSON_NUMBER_POINT},
	{"aggregationTemporality", 2, JSON_ENUM, 0, 0},
	{"isMonotonic", 3, JSON_BOOL, 0, 0},
};

static const struct json_field histogram[] = {
	{"dataPoints", 1, JSON_MESSAGE, JSON_REPEATED, JSON_HISTOGRAM_POINT},
	{"aggregationTemporality", 2, JSON_ENUM, 0, 0},
};

static const struct json_field exponential_histogram[] = {
	{"dataPoints", 1, JSON_MESSAGE, JSON_REPEATED, JSON_EXPONENTIAL_POINT},
	{"aggregationTemporality", 2, JSON_ENUM, 0, 0},
};

static const struct json_field summary[] = {
	{"dataPoints", 1, JSON_MESSAGE, JSON_REPEATED, JSON_SUMMARY_POINT},
};

static const struct json_field number_point[] = {
	{"startTimeUnixNano", 2, JSON_FIXED64, 0, 0},
	{"timeUnixNano", 3, JSON_FIXED64, 0, 0},
	{"asDouble", 4, JSON_DOUBLE, JSON_ONEOF, 0},
	{"exemplars", 5, JSON_MESSAGE, JSON_REPEATED, JSON_EXEMPLAR},
	{"asInt", 6, JSON_SFIXED64, JSON_ONEOF, 0},
	{"attributes", 7, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"flags", 8, JSON_UINT32, 0, 0},
};

static const struct json_field histogram_point[] = {
	{"startTimeUnixNano", 2, JSON_FIXED64, 0, 0},
	{"timeUnixNano", 3, JSON_FIXED64, 0, 0},
	{"count", 4, JSON_FIXED64, 0, 0},
	{"sum", 5, JSON_DOUBLE, JSON_OPTIONAL, 0},
	{"bucketCounts", 6, JSON_FIXED64, JSON_REPEATED, 0},
	{"explicitBounds", 7, JSON_DOUBLE, JSON_REPEATED, 0},
	{"exemplars", 8, JSON_MESSAGE, JSON_REPEATED, JSON_EXEMPLAR},
	{"attributes", 9, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"flags", 10, JSON_UINT32, 0, 0},
	{"min", 11, JSON_DOUBLE, JSON_OPTIONAL, 0},
	{"max", 12, JSON_DOUBLE, JSON_OPTIONAL, 0},
};

static const struct json_field exponential_point[] = {
	{"attributes", 1, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"startTimeUnixNano", 2, JSON_FIXED64, 0, 0},
	{"timeUnixNano", 3, JSON_FIXED64, 0, 0},
	{"count", 4, JSON_FIXED64, 0, 0},
	{"sum", 5, JSON_DOUBLE, JSON_OPTIONAL, 0},
	{"scale", 6, JSON_SINT32, 0, 0},
	{"zeroCount", 7, JSON_FIXED64, 0, 0},
	{"positive", 8, JSON_MESSAGE, 0, JSON_BUCKETS},
	{"negative", 9, JSON_MESSAGE, 0, JSON_BUCKETS},
	{"flags", 10, JSON_UINT32, 0, 0},
	{"exemplars", 11, JSON_MESSAGE, JSON_REPEATED, JSON_EXEMPLAR},
	{"min", 12, JSON_DOUBLE, JSON_OPTIONAL, 0},
	{"max", 13, JSON_DOUBLE, JSON_OPTIONAL, 0},
	{"zeroThreshold", 14, JSON_DOUBLE, 0, 0},
};

static const struct json_field buckets[] = {
	{"offset", 1, JSON_SINT32, 0, 0},
	{"bucketCounts", 2, JSON_UINT64, JSON_REPEATED, 0},
};

static const struct json_field summary_point[] = {
	{"startTimeUnixNano", 2, JSON_FIXED64, 0, 0},
	{"timeUnixNano", 3, JSON_FIXED64, 0, 0},
	{"count", 4, JSON_FIXED64, 0, 0},
	{"sum", 5, JSON_DOUBLE, 0, 0},
	{"quantileValues", 6, JSON_MESSAGE, JSON_REPEATED, JSON_QUANTILE},
	{"attributes", 7, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"flags", 8, JSON_UINT32, 0, 0},
};

static const struct json_field quantile[] = {
	{"quantile", 1, JSON_DOUBLE, 0, 0},
	{"value", 2, JSON_DOUBLE, 0, 0},
};

static const struct json_field exemplar[] = {
	{"timeUnixNano", 2, JSON_FIXED64, 0, 0},
	{"asDouble", 3, JSON_DOUBLE, JSON_ONEOF, 0},
	{"spanId", 4, JSON_ID, 0, 0},
	{"traceId", 5, JSON_ID, 0, 0},
	{"asInt", 6, JSON_SFIXED64, JSON_ONEOF, 0},
	{"filteredAttributes", 7, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
};

static const struct json_field resource_logs[] = {
	{"resource", 1, JSON_MESSAGE, 0, JSON_RESOURCE},
	{"scopeLogs", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_SCOPE_LOGS},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field scope_logs[] = {
	{"scope", 1, JSON_MESSAGE, 0, JSON_SCOPE},
	{"logRecords", 2, JSON_MESSAGE, JSON_REPEATED | JSON_ALWAYS, JSON_LOG_RECORD},
	{"schemaUrl", 3, JSON_TEXT, 0, 0},
};

static const struct json_field log_record[] = {
	{"timeUnixNano", 1, JSON_FIXED64, 0, 0},
	{"severityNumber", 2, JSON_ENUM, 0, 0},
	{"severityText", 3, JSON_TEXT, 0, 0},
	{"body", 5, JSON_MESSAGE, 0, JSON_ANY_VALUE},
	{"attributes", 6, JSON_MESSAGE, JSON_REPEATED, JSON_KEY_VALUE},
	{"droppedAttributesCount", 7, JSON_UINT32, 0, 0},
	{"flags", 8, JSON_FIXED32, 0, 0},
	{"traceId", 9, JSON_ID, 0, 0},
	{"spanId", 10, JSON_ID, 0, 0},
	{"observedTimeUnixNano", 11, JSON_FIXED64, 0, 0},
	{"eventName", 12, JSON_TEXT, 0, 0},
};

#define FIELDS(of)                                                                                                     \
	{                                                                                                              \
		of, sizeof of / sizeof *of                                                                             \
	}

const struct json_type json_types[JSON_TYPES] = {
	[JSON_TRACES_REQUEST] = FIELDS(traces_request),
	[JSON_METRICS_REQUEST] = FIELDS(metrics_request),
	[JSON_LOGS_REQUEST] = FIELDS(logs_request),
	[JSON_ANY_REQUEST] = FIELDS(any_request),
	[JSON_RESPONSE] = FIELDS(response),
	[JSON_PARTIAL_SUCCESS] = FIELDS(partial_success),
	[JSON_RPC_STATUS] = FIELDS(rpc_status),
	[JSON_ANY_VALUE] = FIELDS(any_value),
	[JSON_ARRAY_VALUE] = FIELDS(array_value),
	[JSON_KEY_VALUE_LIST] = FIELDS(key_value_list),
	[JSON_KEY_VALUE] = FIELDS(key_value),
	[JSON_SCOPE] = FIELDS(scope),
	[JSON_ENTITY_REF] = FIELDS(entity_ref),
	[JSON_RESOURCE] = FIELDS(resource),
	[JSON_RESOURCE_SPANS] = FIELDS(resource_spans),
	[JSON_SCOPE_SPANS] = FIELDS(scope_spans),
	[JSON_SPAN] = FIELDS(span),
	[JSON_EVENT] = FIELDS(event),
	[JSON_LINK] = FIELDS(link_),
	[JSON_STATUS] = FIELDS(status),
	[JSON_RESOURCE_METRICS] = FIELDS(resource_metrics),
	[JSON_SCOPE_METRICS] = FIELDS(scope_metrics),
	[JSON_METRIC] = FIELDS(metric),
	[JSON_GAUGE] = FIELDS(gauge),
	[JSON_SUM] = FIELDS(sum),
	[JSON_HISTOGRAM] = FIELDS(histogram),
	[JSON_EXPONENTIAL_HISTOGRAM] = FIELDS(exponential_histogram),
	[JSON_SUMMARY] = FIELDS(summary),
	[JSON_NUMBER_POINT] = FIELDS(number_point),
	[JSON_HISTOGRAM_POINT] = FIELDS(histogram_point),
	[JSON_EXPONENTIAL_POINT] = FIELDS(exponential_point),
	[JSON_BUCKETS] = FIELDS(buckets),
	[JSON_SUMMARY_POINT] = FIELDS(summary_point),
	[JSON_QUANTILE] = FIELDS(quantile),
	[JSON_EXEMPLAR] = FIELDS(exemplar),
	[JSON_RESOURCE_LOGS] = FIELDS(resource_logs),
	[JSON_SCOPE_LOGS] = FIELDS(scope_logs),
	[JSON_LOG_RECORD] = FIELDS(log_record),
};
