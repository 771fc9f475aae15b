/* SPDX-License-Identifier: Apache-2.0
 *
 * handler.h - what servers want of those who take requests, whichever protocol they speak.
 */
#ifndef OTEL_TOOLS_SINK_HANDLER_H
#define OTEL_TOOLS_SINK_HANDLER_H

#include "tools/otel-c/sink/exchange.h"
#include "tools/otel-c/sink/welcome.h"

struct sink_handler {
	void *self;
	/* Answers a whole request; may take note of what came. */
	void (*answer)(void *self, const struct sink_request *request, struct sink_answer *answer);
	/* How the next connection is received; NULL = like every other. */
	struct sink_welcome (*welcome)(void *self, bool is_grpc);
	/* One call for each header of the request that is answered next, then one with NULLs. NULL = not wanted. */
	void (*header)(void *self, const struct sink_request *request, const char *name, const char *value);
};

#endif
