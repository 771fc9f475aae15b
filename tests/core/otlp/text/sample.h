/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.h - requests for tests, written byte by byte so that they may also be wrong.
 */
#ifndef OTEL_TESTS_OTLP_SAMPLE_H
#define OTEL_TESTS_OTLP_SAMPLE_H

#include "otlp/text/request.h"
#include "util/buf.h"

/* 2023-11-14 22:13:20 UTC, when all samples start. */
#define SAMPLE_EPOCH_NS 1700000000000000000u
#define SAMPLE_TRACE_ID "\x67\x40\x0a\x1b\x57\x59\xea\xc8\xf2\xf1\xd4\xc3\xb2\xa1\x90\x80"

/* ---- fields ---- */

void sample_varint(struct buf *out, unsigned field, uint64_t value);
void sample_fixed64(struct buf *out, unsigned field, uint64_t value);
void sample_fixed32(struct buf *out, unsigned field, uint32_t value);
void sample_double(struct buf *out, unsigned field, double value);
void sample_bytes(struct buf *out, unsigned field, const void *data, size_t len);
void sample_text(struct buf *out, unsigned field, const char *text);
void sample_message(struct buf *out, unsigned field, struct buf *message); /* ends `message` */

/* A KeyValue with an AnyValue that is given as encoded; ends `value`. */
void sample_attribute(struct buf *out, unsigned field, const char *key, struct buf *value);
void sample_text_attribute(struct buf *out, unsigned field, const char *key, const char *value);
void sample_int_attribute(struct buf *out, unsigned field, const char *key, int64_t value);

/* ---- spans ---- */

struct sample_span {
	const char *trace_id; /* 16 bytes; NULL = SAMPLE_TRACE_ID */
	uint64_t id, parent; /* parent 0 = none */
	const char *name;
	unsigned kind; /* 0 = internal */
	uint64_t start, end; /* nanoseconds after SAMPLE_EPOCH_NS */
	unsigned status;
	const char *status_message;
	struct buf *more; /* further fields, encoded; ended */
};

/* Appends it to the spans of a scope. */
void sample_span(struct buf *spans, const struct sample_span *span);

/* An ExportTraceServiceRequest around the spans, from service "shop" 1.4.0, scope "shop.checkout"; ends `spans`. */
void sample_request(struct buf *out, struct buf *spans);

/* The same, decoded; the test fails if that does. */
struct otlp_request *sample_decode(struct buf *spans);

/* A shop's order with two failed checks: 4 spans in 1 trace, every type of attribute, exception, event, link. */
void sample_order(struct buf *spans);

#endif
