/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_exchange.h - OTLP/HTTP without the HTTP library: a request in, an answer and what came out. Pure.
 */
#ifndef OTEL_TOOLS_SINK_EXCHANGE_H
#define OTEL_TOOLS_SINK_EXCHANGE_H

#include "otlp/text/request.h"
#include "sink_answer.h"

/* The most that OTLP lets a request be, before and after unpacking. */
#define SINK_BODY_MAX (64u * 1024 * 1024)

struct sink_request {
	const char *method;
	const char *path; /* without the query */
	const char *content_type; /* NULL = header absent */
	const char *content_encoding; /* NULL = header absent */
	const uint8_t *body;
	size_t body_len;
	bool too_large; /* the body went past SINK_BODY_MAX and was not kept */
};

/* What a good request brought. */
struct sink_arrival {
	otel_signal signal;
	enum sink_encoding encoding;
	uint64_t items; /* spans, data points or log records */
	struct otlp_request *spans; /* a reference; NULL unless the signal is traces */
};

/* Fills the answer (the caller ends it with sink_answer_fini) and tells whether its status is 200. If so, there is an
 * arrival (the caller ends it with sink_arrival_fini); otherwise the fault has the reason that the answer carries. */
bool sink_exchange(const struct sink_request *request, struct sink_answer *answer, struct sink_arrival *arrival,
		   struct otlp_fault *fault);

void sink_arrival_fini(struct sink_arrival *arrival);

/* "spans", "data points", "log records" */
const char *sink_items_of(otel_signal signal);

#endif
