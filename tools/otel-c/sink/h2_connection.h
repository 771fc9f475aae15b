/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_connection.h - one client: its channel, its session of libnghttp2 and its streams.
 */
#ifndef OTEL_TOOLS_SINK_H2_CONNECTION_H
#define OTEL_TOOLS_SINK_H2_CONNECTION_H

#include "tools/otel-c/sink/h2_exchange.h"

struct sink_h2_connection;

/* Owns the socket from then on, also on failure. The handler stays the caller's. */
struct sink_h2_connection *sink_h2_connection_open(int fd, const struct sink_h2_handler *handler);
void sink_h2_connection_free(struct sink_h2_connection *connection);

/* Reads, answers and writes what can be now. false: it is over, and to be freed. */
bool sink_h2_connection_run(struct sink_h2_connection *connection, uint64_t now_ms);

/* Says goodbye as soon as the client has read what it was told. */
void sink_h2_connection_finish(struct sink_h2_connection *connection);

/* Tells the client that no more requests are taken, with as much patience as one attempt to write, unless it may still
 * be busy with an answer. */
void sink_h2_connection_end(struct sink_h2_connection *connection);

int sink_h2_connection_fd(const struct sink_h2_connection *connection);
uint32_t sink_h2_connection_events(const struct sink_h2_connection *connection); /* of epoll, to run again */
uint64_t
sink_h2_connection_due(const struct sink_h2_connection *connection); /* to run at the latest; UINT64_MAX: never */
size_t sink_h2_connection_active(const struct sink_h2_connection *connection);

#endif
