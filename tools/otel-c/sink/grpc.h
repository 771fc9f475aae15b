/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc.h - OTLP/gRPC without HTTP/2: a request in, an answer and what came out. Pure.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_H
#define OTEL_TOOLS_SINK_GRPC_H

#include "tools/otel-c/sink/exchange.h"

/* As sink_exchange(), for a body that is one message with its prefix. */
bool sink_grpc_exchange(const struct sink_request *request, struct sink_answer *answer, struct sink_arrival *arrival,
			struct otlp_fault *fault);

#endif
