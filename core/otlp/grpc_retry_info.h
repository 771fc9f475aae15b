/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_retry_info.h - when to come back, from grpc-status-details-bin: base64 of a google.rpc.Status whose details hold
 * a google.rpc.RetryInfo. Pure.
 */
#ifndef OTEL_OTLP_GRPC_RETRY_INFO_H
#define OTEL_OTLP_GRPC_RETRY_INFO_H

#include <stdbool.h>
#include <stdint.h>

/* false: there is none, or the value is no such thing. *ms is at most a day, and at least 0 whatever was meant. */
bool grpc_retry_info_read(const char *text, uint32_t *ms);

#endif
