/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.h - what an answer of the backend means for the batch (specification/protocol/otlp.md). Pure.
 */
#ifndef OTEL_OTLP_REPLY_H
#define OTEL_OTLP_REPLY_H

#include "otlp/verdict.h"

void reply_judge(struct verdict *verdict, const otel_http_reply *reply, const struct question *question);

#endif
