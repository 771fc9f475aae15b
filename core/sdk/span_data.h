/* SPDX-License-Identifier: Apache-2.0
 *
 * span_data.h - a span as processors see it (otel_span_data), and the host's services that show and change it.
 */
#ifndef OTEL_SDK_SPAN_DATA_H
#define OTEL_SDK_SPAN_DATA_H

#include <otel/plugin.h>

#include "sdk/span_slot.h"

/* The span whose slot the caller holds. end_ns 0: it has not ended. Valid until the record changes. */
void span_data_fill(otel_span_data *data, struct record_pool *pool, const struct span_slot *slot, otel_span span,
		    struct record *r, uint64_t end_ns);

/* Services behind otel_host. */
bool span_data_read(otel_span span, void (*look)(void *arg, const otel_span_data *data), void *arg);
bool span_data_edit(otel_span span, uint32_t where, otel_edit (*visit)(void *arg, otel_attr *attr), void *arg);

#endif
