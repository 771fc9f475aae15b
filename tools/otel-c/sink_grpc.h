/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_grpc.h - OTLP/gRPC without HTTP/2: a request in, an answer and what came out. Pure.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_H
#define OTEL_TOOLS_SINK_GRPC_H

#include "sink_exchange.h"

/* The most that receivers let a message be, before and after unpacking, unless they are told otherwise. */
#define SINK_GRPC_MESSAGE_MAX (4u * 1024 * 1024)

/* What stands before a message (grpc/grpc, doc/PROTOCOL-HTTP2.md): whether it is packed, and its length. */
#define SINK_GRPC_PREFIX 5

/* As sink_exchange(), for a body that is one message with its prefix. */
bool sink_grpc_exchange(const struct sink_request *request, struct sink_answer *answer, struct sink_arrival *arrival,
			struct otlp_fault *fault);

#endif
