/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/otel.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_OTEL_H
#define OTEL_SEMCONV_OTEL_H

/* string, development */
#define OTEL_OTEL_COMPONENT_NAME "otel.component.name"

/* string, development */
#define OTEL_OTEL_COMPONENT_TYPE "otel.component.type"
#define OTEL_OTEL_COMPONENT_TYPE_BATCHING_SPAN_PROCESSOR "batching_span_processor"
#define OTEL_OTEL_COMPONENT_TYPE_SIMPLE_SPAN_PROCESSOR "simple_span_processor"
#define OTEL_OTEL_COMPONENT_TYPE_BATCHING_LOG_PROCESSOR "batching_log_processor"
#define OTEL_OTEL_COMPONENT_TYPE_SIMPLE_LOG_PROCESSOR "simple_log_processor"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_GRPC_SPAN_EXPORTER "otlp_grpc_span_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_SPAN_EXPORTER "otlp_http_span_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_JSON_SPAN_EXPORTER "otlp_http_json_span_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_ZIPKIN_HTTP_SPAN_EXPORTER "zipkin_http_span_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_GRPC_LOG_EXPORTER "otlp_grpc_log_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_LOG_EXPORTER "otlp_http_log_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_JSON_LOG_EXPORTER "otlp_http_json_log_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_PERIODIC_METRIC_READER "periodic_metric_reader"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_GRPC_METRIC_EXPORTER "otlp_grpc_metric_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_METRIC_EXPORTER "otlp_http_metric_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_OTLP_HTTP_JSON_METRIC_EXPORTER "otlp_http_json_metric_exporter"
#define OTEL_OTEL_COMPONENT_TYPE_PROMETHEUS_HTTP_TEXT_METRIC_EXPORTER "prometheus_http_text_metric_exporter"

/* string, stable */
#define OTEL_OTEL_EVENT_NAME "otel.event.name"

/* string, stable */
#define OTEL_OTEL_SCOPE_NAME "otel.scope.name"

/* string, development */
#define OTEL_OTEL_SCOPE_SCHEMA_URL "otel.scope.schema_url"

/* string, stable */
#define OTEL_OTEL_SCOPE_VERSION "otel.scope.version"

/* string, development */
#define OTEL_OTEL_SPAN_PARENT_ORIGIN "otel.span.parent.origin"
#define OTEL_OTEL_SPAN_PARENT_ORIGIN_NONE "none"
#define OTEL_OTEL_SPAN_PARENT_ORIGIN_LOCAL "local"
#define OTEL_OTEL_SPAN_PARENT_ORIGIN_REMOTE "remote"

/* string, development */
#define OTEL_OTEL_SPAN_SAMPLING_RESULT "otel.span.sampling_result"
#define OTEL_OTEL_SPAN_SAMPLING_RESULT_DROP "DROP"
#define OTEL_OTEL_SPAN_SAMPLING_RESULT_RECORD_ONLY "RECORD_ONLY"
#define OTEL_OTEL_SPAN_SAMPLING_RESULT_RECORD_AND_SAMPLE "RECORD_AND_SAMPLE"

/* string, stable */
#define OTEL_OTEL_STATUS_CODE "otel.status_code"
#define OTEL_OTEL_STATUS_CODE_OK "OK"
#define OTEL_OTEL_STATUS_CODE_ERROR "ERROR"

/* string, stable */
#define OTEL_OTEL_STATUS_DESCRIPTION "otel.status_description"

#endif
