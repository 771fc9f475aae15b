/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.h - what an answer of the backend means for the batch (specification/protocol/otlp.md, OTLP/HTTP Response).
 * Pure.
 */
#ifndef OTEL_OTLP_REPLY_H
#define OTEL_OTLP_REPLY_H

#include <otel/plugin.h>

struct verdict {
	otel_export_result result; /* never PENDING */
	uint32_t retry_after_ms;
	uint32_t rejected; /* items refused although the result is DONE */
	char message[512]; /* for the operator; "" = nothing to say */
};

/* `shown` and `port` are the endpoint's; `items` bounds `rejected`, `name` is what they are called ("spans"). */
void reply_judge(struct verdict *verdict, const otel_http_reply *reply, const char *shown, unsigned port,
		 uint32_t items, const char *name, uint64_t now_unix_s);

#endif
