/* SPDX-License-Identifier: Apache-2.0
 *
 * tracer_attrs.h - the attributes of an instrumentation scope: compared, and copied into one piece of memory. Of a key
 * that is there twice the last counts; what has no key, and values in values, are left out and counted.
 */
#ifndef OTEL_API_TRACER_ATTRS_H
#define OTEL_API_TRACER_ATTRS_H

#include <otel/types.h>

/* Bytes that a copy takes; 0 if nothing is left of them. A multiple of 8. */
size_t tracer_attrs_size(const otel_attr *attrs, size_t count);

/* Into `room` (aligned to 8, as large as tracer_attrs_size() said); *copied gets how many there are. */
const otel_attr *tracer_attrs_copy(void *room, const otel_attr *attrs, size_t count, size_t *copied);

/* The same whatever their order. */
uint32_t tracer_attrs_hash(const otel_attr *attrs, size_t count);

/* Whether a copy holds just these, in any order. */
bool tracer_attrs_equal(const otel_attr *copy, size_t copied, const otel_attr *attrs, size_t count);

#endif
