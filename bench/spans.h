/* SPDX-License-Identifier: Apache-2.0
 *
 * spans.h - the spans that are measured, inlined wherever they are made, and room for them. Keys and values are
 * literals, as in programs; five attributes are three strings of 16 bytes, an integer and a double.
 */
#ifndef BENCH_SPANS_H
#define BENCH_SPANS_H

#include <otel/otel.h>
#include <otel/sdk.h>

#include "measure.h"

/* Until no more than so many spans are queued. A span that is dropped costs less than one that is kept, and would
 * flatter a row. This thread does not sleep, for a processor that did is slow at first. */
static inline void let_queue_drain(uint64_t down_to)
{
	otel_sdk_stats stats = {.size = sizeof stats};
	uint64_t begin = now_ns(CLOCK_MONOTONIC), look = begin;
	do {
		while (now_ns(CLOCK_MONOTONIC) < look + 200000)
			continue;
		look = now_ns(CLOCK_MONOTONIC);
		otel_sdk_get_stats(&stats);
	} while (stats.spans_queued > down_to && look < begin + 1000000000);
}

static inline void attributes_1_to_5(otel_span span)
{
	otel_span_set_str(span, "http.request.method", "a value of 16 b.");
	otel_span_set_str(span, "url.path", "another 16 bytes");
	otel_span_set_str(span, "server.address", "www.example.test");
	otel_span_set_int(span, "http.response.status_code", 200);
	otel_span_set_double(span, "load", 0.5);
}

static inline void attributes_6_to_10(otel_span span)
{
	otel_span_set_str(span, "db.system.name", "a value of 16 b.");
	otel_span_set_str(span, "db.namespace", "another 16 bytes");
	otel_span_set_str(span, "db.operation.name", "www.example.test");
	otel_span_set_int(span, "db.rows", 200);
	otel_span_set_double(span, "db.cost", 0.5);
}

/* The same ten by handles, which every thread of the program shares. */
OTEL_KEY(key_method, "http.request.method");
OTEL_KEY(key_path, "url.path");
OTEL_KEY(key_address, "server.address");
OTEL_KEY(key_status, "http.response.status_code");
OTEL_KEY(key_load, "load");
OTEL_KEY(key_system, "db.system.name");
OTEL_KEY(key_namespace, "db.namespace");
OTEL_KEY(key_operation, "db.operation.name");
OTEL_KEY(key_rows, "db.rows");
OTEL_KEY(key_cost, "db.cost");

static inline void attributes_by_handle(otel_span span)
{
	otel_span_set_str_k(span, &key_method, "a value of 16 b.");
	otel_span_set_str_k(span, &key_path, "another 16 bytes");
	otel_span_set_str_k(span, &key_address, "www.example.test");
	otel_span_set_int_k(span, &key_status, 200);
	otel_span_set_double_k(span, &key_load, 0.5);
	otel_span_set_str_k(span, &key_system, "a value of 16 b.");
	otel_span_set_str_k(span, &key_namespace, "another 16 bytes");
	otel_span_set_str_k(span, &key_operation, "www.example.test");
	otel_span_set_int_k(span, &key_rows, 200);
	otel_span_set_double_k(span, &key_cost, 0.5);
}

static inline void span_empty(struct otel_tracer *tracer)
{
	otel_span_end(otel_span_start(tracer, "bench"));
}

static inline void span_5(struct otel_tracer *tracer)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes_1_to_5(span);
	otel_span_end(span);
}

static inline void span_10(struct otel_tracer *tracer)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes_1_to_5(span);
	attributes_6_to_10(span);
	otel_span_end(span);
}

static inline void span_10_handles(struct otel_tracer *tracer)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes_by_handle(span);
	otel_span_end(span);
}

static inline void span_10_event(struct otel_tracer *tracer)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes_1_to_5(span);
	attributes_6_to_10(span);
	otel_span_add_event(span, "event");
	otel_span_end(span);
}

static inline void span_scope(struct otel_tracer *tracer)
{
	OTEL_SPAN(span, tracer, "bench");
}

#endif
