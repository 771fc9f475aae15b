/* SPDX-License-Identifier: Apache-2.0
 *
 * server_reply.h - answers of the HTTP server on their way out: by the library when they go as they are, else byte
 * for byte by ourselves.
 */
#ifndef OTEL_TOOLS_SINK_SERVER_REPLY_H
#define OTEL_TOOLS_SINK_SERVER_REPLY_H

#include <microhttpd.h>

#include "tools/otel-c/sink/answer.h"

/* A whole answer. */
enum MHD_Result sink_server_reply(struct MHD_Connection *connection, const struct sink_answer *answer);

/* The part of it that its manner says, at once and past the library, which is not to send anything after it. */
void sink_server_reply_part(int fd, const struct sink_answer *answer);

#endif
