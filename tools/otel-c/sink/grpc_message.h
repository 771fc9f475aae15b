/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message.h - the one message that the body of a call is.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_MESSAGE_H
#define OTEL_TOOLS_SINK_GRPC_MESSAGE_H

#include "tools/otel-c/sink/exchange.h"

/* The most that receivers let a message be, before and after unpacking, unless they are told otherwise. */
#define SINK_GRPC_MESSAGE_MAX (4u * 1024 * 1024)

/* What stands before a message (grpc/grpc, doc/PROTOCOL-HTTP2.md): whether it is packed, and its length. */
#define SINK_GRPC_PREFIX 5

/* Finds it, and unpacks it into `unpacked` where it is packed. Returns 0, or the gRPC status and the reason. */
unsigned sink_grpc_message(const struct sink_request *request, struct buf *unpacked, struct view *message,
			   struct otlp_fault *fault);

#endif
