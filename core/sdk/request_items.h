/* SPDX-License-Identifier: Apache-2.0
 *
 * request_items.h - the items of one OTLP Export<Signal>ServiceRequest: spans, metrics or log records. Of the three
 * signals only what is inside an item differs; everything around it has the same field numbers.
 */
#ifndef OTEL_SDK_REQUEST_ITEMS_H
#define OTEL_SDK_REQUEST_ITEMS_H

#include <otel/plugin.h>

/* opentelemetry/proto/{collector/…/…_service,trace,metrics,logs}.proto */
enum request_field {
	REQUEST_RESOURCES = 1, /* Export…ServiceRequest: ResourceSpans, ResourceMetrics, ResourceLogs */
	RESOURCE_RESOURCE = 1,
	RESOURCE_SCOPES = 2, /* ScopeSpans, ScopeMetrics, ScopeLogs */
	SCOPE_SCOPE = 1,
	SCOPE_ITEMS = 2, /* Span, Metric, LogRecord */
	DATA_POINTS = 1, /* Gauge, Sum, Histogram, ExponentialHistogram, Summary */
};

struct wire_field;

/* Metric.{gauge, sum, histogram, exponential_histogram, summary}? */
bool request_is_metric_data(const struct wire_field *field);

/* Whether the request is well-formed down to its items; *items gets how many there are: spans, log records, data points.
 * Pure. */
bool request_count(otel_signal signal, const uint8_t *data, size_t len, uint32_t *items);

/* host->batch_next(). */
bool request_next(const otel_batch *batch, size_t *cursor, otel_item *item);

#endif
