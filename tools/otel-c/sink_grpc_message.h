/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_grpc_message.h - the one message that the body of a call is.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_MESSAGE_H
#define OTEL_TOOLS_SINK_GRPC_MESSAGE_H

#include "sink_grpc.h"

/* Finds it, and unpacks it into `unpacked` where it is packed. Returns 0, or the gRPC status and the reason. */
unsigned sink_grpc_message(const struct sink_request *request, struct buf *unpacked, struct view *message,
			   struct otlp_fault *fault);

#endif
