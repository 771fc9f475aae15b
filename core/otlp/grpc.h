/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc.h - OTLP/gRPC: what an answer means for the batch, by its grpc-status, or without one. Pure.
 */
#ifndef OTEL_OTLP_GRPC_H
#define OTEL_OTLP_GRPC_H

#include "otlp/verdict.h"

/* The verdict is zeroed. */
void grpc_judge(struct verdict *verdict, const otel_http_reply *reply, const struct question *question);

/* The value of grpc-timeout; false: there is no limit. */
bool grpc_timeout(char out[16], uint32_t timeout_ms);

#endif
