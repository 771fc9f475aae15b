/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_answer.h - what a request gets back: a status, and a body in the encoding that the request came in.
 */
#ifndef OTEL_TOOLS_SINK_ANSWER_H
#define OTEL_TOOLS_SINK_ANSWER_H

#include <stdbool.h>

#include "util/buf.h"

enum sink_encoding { SINK_PROTOBUF, SINK_JSON, SINK_TEXT };

struct sink_answer {
	unsigned status;
	const char *content_type;
	struct buf body;
};

/* Success: an ExportTraceServiceResponse without a partial success, which is no bytes at all. */
void sink_answer_success(struct sink_answer *answer);

/* Failure: a google.rpc.Status with the reason in words. */
void sink_answer_failure(struct sink_answer *answer, enum sink_encoding encoding, unsigned status, const char *reason);

void sink_answer_fini(struct sink_answer *answer);

#endif
