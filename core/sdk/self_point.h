/* SPDX-License-Identifier: Apache-2.0
 *
 * self_point.h - writing metrics as OTLP: one after another, each with its data points. What fails for want of memory
 * is seen at the end, in the buffer. Pure.
 */
#ifndef OTEL_SDK_SELF_POINT_H
#define OTEL_SDK_SELF_POINT_H

#include "util/buf.h"

/* An attribute: a text, or, without one, a number. */
struct self_attr {
	const char *key;
	const char *text;
	int64_t number;
};

struct self_attrs {
	struct self_attr list[8];
	size_t count;
};

/* Where the metrics go, and what all their points have in common. */
struct self_writer {
	struct buf *out; /* content of a ScopeMetrics message */
	uint64_t start_ns;
	uint64_t now_ns;
	struct buf points; /* of the metric being written */
};

void self_writer_init(struct self_writer *w, struct buf *out, uint64_t start_ns, uint64_t now_ns);
void self_writer_fini(struct self_writer *w);

/* Data points of the next metric. */
void self_point(struct self_writer *w, uint64_t value, const struct self_attrs *attrs);
void self_durations(struct self_writer *w, uint64_t count, double sum_s, const struct self_attrs *attrs);

/* The metric of the points since the last one; without points there is none. A sum that only grows is a counter. */
void self_sum(struct self_writer *w, const char *name, const char *unit, bool grows);
void self_histogram(struct self_writer *w, const char *name);

#endif
