/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.h - what a request gets back: a status, and a body in the encoding that the request came in.
 */
#ifndef OTEL_TOOLS_SINK_ANSWER_H
#define OTEL_TOOLS_SINK_ANSWER_H

#include <otel/plugin.h>

#include "tools/otel-c/sink/manner.h"
#include "util/buf.h"

enum sink_encoding { SINK_PROTOBUF, SINK_JSON, SINK_TEXT, SINK_GRPC };

struct sink_answer {
	unsigned status;
	const char *content_type;
	struct buf body;
	bool has_retry_after;
	uint64_t retry_after; /* seconds */
	bool retry_after_is_date; /* so many seconds from now */
	const char *location; /* NULL: none */
	uint64_t padding; /* so many bytes of zero: behind a message of gRPC, in place of the body of HTTP */
	uint64_t head_padding; /* the length of a header that nobody needs */
	struct sink_manner manner;

	bool is_grpc; /* then there is also this */
	bool has_message; /* the body is one */
	bool has_trailers; /* the status stands in them, although no message comes before them */
	bool has_no_status;
	uint64_t announced; /* what the prefix of the message says beyond the length that it has */
	unsigned grpc_status;
	char grpc_message[400];
	bool has_retry_info;
	uint64_t retry_info_ms;
};

/* Those of gRPC that a receiver gives (grpc/grpc, doc/statuscodes.md). */
enum sink_grpc_status {
	SINK_GRPC_OK = 0,
	SINK_GRPC_UNKNOWN = 2,
	SINK_GRPC_INVALID_ARGUMENT = 3,
	SINK_GRPC_RESOURCE_EXHAUSTED = 8,
	SINK_GRPC_UNIMPLEMENTED = 12,
	SINK_GRPC_INTERNAL = 13,
	SINK_GRPC_UNAVAILABLE = 14
};

/* Success: an Export<Signal>ServiceResponse without a partial success, which is no bytes at all in protobuf. */
void sink_answer_success(struct sink_answer *answer, enum sink_encoding encoding);

/* Success but for so many items. */
void sink_answer_partial(struct sink_answer *answer, enum sink_encoding encoding, otel_signal signal, uint64_t rejected,
			 const char *reason);

/* Failure: a google.rpc.Status with the reason in words; to SINK_GRPC a page, as from a proxy. */
void sink_answer_failure(struct sink_answer *answer, enum sink_encoding encoding, unsigned status, const char *reason);

/* Failure as gRPC tells it. */
void sink_answer_grpc(struct sink_answer *answer, unsigned grpc_status, const char *reason);

/* The value of Retry-After. */
#define SINK_RETRY_AFTER_MAX 40
void sink_answer_retry_after(const struct sink_answer *answer, char out[SINK_RETRY_AFTER_MAX]);

void sink_answer_fini(struct sink_answer *answer);

#endif
