/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange.h - OTLP/HTTP without the HTTP library: a request in, an answer and what came out. Pure.
 */
#ifndef OTEL_TOOLS_SINK_EXCHANGE_H
#define OTEL_TOOLS_SINK_EXCHANGE_H

#include "tools/otel-c/sink/answer.h"
#include "tools/otel-c/sink/arrival.h"

struct sink_request {
	const char *method;
	const char *path; /* without the query */
	const char *content_type; /* NULL = header absent */
	const char *content_encoding; /* NULL = header absent */
	const uint8_t *body;
	size_t body_len;
	size_t body_max; /* before and after unpacking */
	bool too_large; /* the body went past it and was not kept */

	/* Of gRPC, see grpc.h. */
	bool is_grpc;
	const char *te;
	const char *grpc_encoding;
	const char *grpc_timeout;
};

/* Fills the answer (the caller ends it with sink_answer_fini) and tells whether its status is 200. If so, there is an
 * arrival (the caller ends it with sink_arrival_fini); otherwise the fault has the reason that the answer carries. */
bool sink_exchange(const struct sink_request *request, struct sink_answer *answer, struct sink_arrival *arrival,
		   struct otlp_fault *fault);

#endif
