/* SPDX-License-Identifier: Apache-2.0
 *
 * copies.h - which spans came before: a set of trace and span ids, bounded.
 */
#ifndef OTEL_TOOLS_SINK_COPIES_H
#define OTEL_TOOLS_SINK_COPIES_H

#include "otlp/proto/otlp_proto.h"

/* Spans that are remembered; of those that come after them none is known again. */
#define SINK_COPIES_MAX ((size_t)1 << 20)

/* All zero is empty. */
struct sink_copies {
	struct sink_copies_id *slots;
	size_t slot_count; /* a power of two, or 0 */
	size_t used;
	bool is_full; /* some spans were not remembered */
};

/* How many of the request's spans came before, in it or in another one. Ids have been checked. */
size_t sink_copies_add(struct sink_copies *copies, const Otlp__ExportTraceServiceRequest *request);

void sink_copies_fini(struct sink_copies *copies);

#endif
