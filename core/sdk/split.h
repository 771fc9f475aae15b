/* SPDX-License-Identifier: Apache-2.0
 *
 * split.h - a request that is too large goes out in parts: at the boundaries of its items (spans, log records, data
 * points), each part with the resource, the scope and the metric that its items belong to.
 *
 * Pure.
 */
#ifndef OTEL_SDK_SPLIT_H
#define OTEL_SDK_SPLIT_H

#include <otel/plugin.h>

/* Some of the items of a request, counted from 0. What holds no item, such as an empty scope, goes with the item behind
 * it, or with the last one. */
struct split_range {
	uint32_t from;
	uint32_t to; /* the first that is not of it */
};

/* How many bytes a request with these items has. The batch is well-formed (request_count()). */
size_t split_size(const otel_batch *batch, struct split_range range);

/* Writes them. */
void split_write(const otel_batch *batch, struct split_range range, uint8_t *out);

/* From which item on, how many fit into so many bytes, about as many as can; one, whatever its size. *size gets that of
 * the part. */
struct split_range split_next(const otel_batch *batch, uint32_t from, size_t max_bytes, size_t *size);

#endif
