/* SPDX-License-Identifier: Apache-2.0
 *
 * h2.h - a server of HTTP/2 (prior knowledge, or ALPN h2 under TLS), driven from one thread by the caller's poll
 * loop. It knows nothing of gRPC.
 */
#ifndef OTEL_TOOLS_SINK_H2_H
#define OTEL_TOOLS_SINK_H2_H

#include "tools/otel-c/sink/h2_exchange.h"

struct sink_h2;

/* Serves on a listening socket, which it owns from then on (also on failure). NULL: could not be started. */
struct sink_h2 *sink_h2_start(int listen_fd, const struct sink_h2_handler *handler);
void sink_h2_stop(struct sink_h2 *server); /* says goodbye to the clients; NULL is fine */

int sink_h2_fd(const struct sink_h2 *server); /* readable when there is something to run */
int sink_h2_wait_ms(const struct sink_h2 *server); /* run again after this time at the latest; -1 = no need */
void sink_h2_run(struct sink_h2 *server);

/* Ends the connections as soon as their clients have read what they were told; until then they count as active. */
void sink_h2_finish(struct sink_h2 *server);

/* Streams whose answers are not sent whole, and shall be. */
size_t sink_h2_active(const struct sink_h2 *server);

#endif
