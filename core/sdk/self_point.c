/* SPDX-License-Identifier: Apache-2.0
 *
 * self_point.c - see the header. Numbers of fields: opentelemetry/proto/metrics/v1/metrics.proto.
 */
#include "sdk/self_point.h"

#include <string.h>

#include "sdk/request_items.h"
#include "util/wire.h"

enum { NAME = 1, UNIT = 3, SUM = 7, HISTOGRAM = 9 }; /* Metric */
enum { TEMPORALITY = 2, IS_MONOTONIC = 3, CUMULATIVE = 2 }; /* Sum, Histogram */
enum { START_TIME = 2, TIME = 3 }; /* of both kinds of points */
enum { AS_INT = 6, NUMBER_ATTRS = 7 }; /* NumberDataPoint */
enum { COUNT = 4, TOTAL = 5, BUCKETS = 6, DURATION_ATTRS = 9 }; /* HistogramDataPoint */
enum { KEY = 1, VALUE = 2, STRING_VALUE = 1, INT_VALUE = 3 }; /* KeyValue, AnyValue */

#define POINT_MAX ((size_t)64 << 10)

void self_writer_init(struct self_writer *w, struct buf *out, uint64_t start_ns, uint64_t now_ns)
{
	*w = (struct self_writer){.out = out, .start_ns = start_ns, .now_ns = now_ns};
	buf_init(&w->points, out->max);
}

void self_writer_fini(struct self_writer *w)
{
	buf_fini(&w->points);
}

static void put_fixed64(struct buf *out, uint32_t number, uint64_t value)
{
	uint8_t bytes[9] = {(uint8_t)WIRE_TAG(number, WIRE_FIXED64)};

	buf_append(out, bytes, (size_t)(wire_put_fixed64(bytes + 1, value) - bytes));
}

static void put_varint(struct buf *out, uint32_t number, uint64_t value)
{
	uint8_t bytes[1 + WIRE_MAX_VARINT] = {(uint8_t)WIRE_TAG(number, WIRE_VARINT)};

	buf_append(out, bytes, (size_t)(wire_put_varint(bytes + 1, value) - bytes));
}

static void put_text(struct buf *out, uint32_t number, const char *text)
{
	wire_append_len(out, (uint8_t)WIRE_TAG(number, WIRE_LEN), text, strlen(text));
}

static void put_message(struct buf *out, uint32_t number, const struct buf *content)
{
	wire_append_len(out, (uint8_t)WIRE_TAG(number, WIRE_LEN), content->data, content->len);
	out->failed = out->failed || content->failed;
}

static void put_attrs(struct buf *out, uint32_t number, const struct self_attrs *attrs)
{
	struct buf pair, value;

	buf_init(&pair, POINT_MAX);
	buf_init(&value, POINT_MAX);
	for (size_t i = 0; i < attrs->count; i++) {
		const struct self_attr *attr = &attrs->list[i];
		buf_clear(&pair);
		buf_clear(&value);
		if (attr->text)
			put_text(&value, STRING_VALUE, attr->text);
		else
			put_varint(&value, INT_VALUE, (uint64_t)attr->number);
		put_text(&pair, KEY, attr->key);
		put_message(&pair, VALUE, &value);
		put_message(out, number, &pair);
	}
	buf_fini(&value);
	buf_fini(&pair);
}

static void begin_point(const struct self_writer *w, struct buf *point)
{
	buf_init(point, POINT_MAX);
	put_fixed64(point, START_TIME, w->start_ns);
	put_fixed64(point, TIME, w->now_ns);
}

static void end_point(struct self_writer *w, struct buf *point)
{
	put_message(&w->points, DATA_POINTS, point);
	buf_fini(point);
}

void self_point(struct self_writer *w, uint64_t value, const struct self_attrs *attrs)
{
	struct buf point;

	begin_point(w, &point);
	put_fixed64(&point, AS_INT, value);
	put_attrs(&point, NUMBER_ATTRS, attrs);
	end_point(w, &point);
}

void self_durations(struct self_writer *w, uint64_t count, double sum_s, const struct self_attrs *attrs)
{
	uint8_t bucket[8];
	uint64_t sum;
	struct buf point;

	memcpy(&sum, &sum_s, sizeof sum);
	wire_put_fixed64(bucket, count);
	begin_point(w, &point);
	put_fixed64(&point, COUNT, count);
	put_fixed64(&point, TOTAL, sum);
	wire_append_len(&point, WIRE_TAG(BUCKETS, WIRE_LEN), bucket, sizeof bucket); /* one, without bounds */
	put_attrs(&point, DURATION_ATTRS, attrs);
	end_point(w, &point);
}

static void end_metric(struct self_writer *w, const char *name, const char *unit, uint32_t kind)
{
	struct buf metric;

	buf_init(&metric, w->out->max);
	put_text(&metric, NAME, name);
	put_text(&metric, UNIT, unit);
	put_message(&metric, kind, &w->points);
	put_message(w->out, SCOPE_ITEMS, &metric);
	buf_fini(&metric);
	buf_clear(&w->points);
}

void self_sum(struct self_writer *w, const char *name, const char *unit, bool grows)
{
	if (!w->points.len)
		return;
	put_varint(&w->points, TEMPORALITY, CUMULATIVE);
	put_varint(&w->points, IS_MONOTONIC, grows);
	end_metric(w, name, unit, SUM);
}

void self_histogram(struct self_writer *w, const char *name)
{
	if (!w->points.len)
		return;
	put_varint(&w->points, TEMPORALITY, CUMULATIVE);
	end_metric(w, name, "s", HISTOGRAM);
}
