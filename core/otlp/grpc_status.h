/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_status.h - how a gRPC call ended, read from the headers and trailers of the answer. Pure.
 */
#ifndef OTEL_OTLP_GRPC_STATUS_H
#define OTEL_OTLP_GRPC_STATUS_H

#include <otel/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* google.golang.org/grpc/codes and its kin; those that we tell apart. */
enum grpc_code {
	GRPC_OK = 0,
	GRPC_UNKNOWN = 2,
	GRPC_PERMISSION_DENIED = 7,
	GRPC_RESOURCE_EXHAUSTED = 8,
	GRPC_OUT_OF_RANGE = 11,
	GRPC_UNIMPLEMENTED = 12,
	GRPC_INTERNAL = 13,
	GRPC_UNAVAILABLE = 14,
	GRPC_UNAUTHENTICATED = 16
};

#define GRPC_WORDS_MAX 1024u

struct grpc_status {
	bool is_there; /* there is a grpc-status */
	unsigned code;
	bool has_retry_info; /* the backend says when to come back */
	uint32_t retry_ms; /* at most a day */
	size_t words_len;
	char words[GRPC_WORDS_MAX]; /* grpc-message, decoded and cut, but neither terminated nor checked */
};

/* Of a header that comes twice the last one counts: trailers stand behind headers. */
void grpc_status_read(struct grpc_status *status, const otel_header *headers, size_t count);

/* By the HTTP status, for answers without grpc-status (grpc/doc/http-grpc-status-mapping.md). */
unsigned grpc_code_of_http(int status);

/* "UNAVAILABLE"; of numbers without a name, that of GRPC_UNKNOWN. */
const char *grpc_code_name(unsigned code);

/* May the same request be tried again (specification/protocol/otlp.md, OTLP/gRPC Response)? */
bool grpc_code_is_transient(unsigned code, bool has_retry_info);

#endif
