/* SPDX-License-Identifier: Apache-2.0
 *
 * arrival.h - what a good request brought, whichever way it came.
 */
#ifndef OTEL_TOOLS_SINK_ARRIVAL_H
#define OTEL_TOOLS_SINK_ARRIVAL_H

#include <otel/plugin.h>

#include "otlp/text/request.h"
#include "tools/otel-c/sink/answer.h"
#include "util/buf.h"
#include "util/str.h"

/* The most that OTLP lets a request be, before and after unpacking. */
#define SINK_BODY_MAX (64u * 1024 * 1024)

struct sink_arrival {
	otel_signal signal;
	enum sink_encoding encoding;
	uint64_t items; /* spans, data points or log records */
	struct otlp_request *spans; /* a reference; NULL unless the signal is traces */
	struct buf request; /* of the other signals: the request in protobuf */
};

/* Reads a body, whose compression is undone, of the signal and encoding that the arrival has. Other than OTLP_GOOD: the
 * fault says why, and there is nothing to end with sink_arrival_fini. */
enum otlp_verdict sink_arrival_read(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault);

void sink_arrival_fini(struct sink_arrival *arrival);

/* "spans", "data points", "log records" */
const char *sink_items_of(otel_signal signal);

#endif
