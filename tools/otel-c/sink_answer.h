/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_answer.h - what a request gets back: a status, and a body in the encoding that the request came in.
 */
#ifndef OTEL_TOOLS_SINK_ANSWER_H
#define OTEL_TOOLS_SINK_ANSWER_H

#include <otel/plugin.h>

#include "util/buf.h"

enum sink_encoding { SINK_PROTOBUF, SINK_JSON, SINK_TEXT };

/* How it goes out. */
enum sink_manner {
	SINK_SENT,
	SINK_RESET, /* not at all: the connection is reset */
	SINK_CLOSED, /* not at all: the connection is closed */
	SINK_HELD, /* not before delay_ms; 0: never */
};

struct sink_answer {
	unsigned status;
	const char *content_type;
	struct buf body;
	bool has_retry_after;
	uint64_t retry_after; /* seconds */
	enum sink_manner manner;
	uint64_t delay_ms;
};

/* Success: an Export<Signal>ServiceResponse without a partial success, which is no bytes at all in protobuf. */
void sink_answer_success(struct sink_answer *answer, enum sink_encoding encoding);

/* Success but for so many items. */
void sink_answer_partial(struct sink_answer *answer, enum sink_encoding encoding, otel_signal signal, uint64_t rejected,
			 const char *reason);

/* Failure: a google.rpc.Status with the reason in words. */
void sink_answer_failure(struct sink_answer *answer, enum sink_encoding encoding, unsigned status, const char *reason);

void sink_answer_fini(struct sink_answer *answer);

#endif
