/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_reply.h - an answer as HTTP/2 carries it: head, message with its prefix, trailers. Pure.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_REPLY_H
#define OTEL_TOOLS_SINK_GRPC_REPLY_H

#include "tools/otel-c/sink/answer.h"
#include "tools/otel-c/sink/h2_exchange.h"

/* Fills an initialized reply. What is no answer of gRPC (a proxy's page) goes as it is. */
void sink_grpc_reply(const struct sink_answer *answer, struct sink_h2_reply *reply);

#endif
