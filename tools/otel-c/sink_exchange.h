/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_exchange.h - OTLP/HTTP without the HTTP library: a request in, an answer and perhaps spans out. Pure.
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

/* Fills the answer (the caller ends it with sink_answer_fini). With status 200, *out holds a reference to what came;
 * otherwise it is NULL and the fault has the reason that the answer carries. */
void sink_exchange(const struct sink_request *request, struct sink_answer *answer, struct otlp_request **out,
		   struct otlp_fault *fault);

#endif
