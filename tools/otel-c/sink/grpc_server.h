/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_server.h - OTLP/gRPC over the server of HTTP/2.
 */
#ifndef OTEL_TOOLS_SINK_GRPC_SERVER_H
#define OTEL_TOOLS_SINK_GRPC_SERVER_H

#include "tools/otel-c/sink/h2.h"
#include "tools/otel-c/sink/handler.h"

struct sink_grpc_server {
	struct sink_handler handler;
	size_t message_max;
	struct sink_h2 *h2;
};

/* Serves on a listening socket, which it owns from then on (also on failure). false: could not be started. */
bool sink_grpc_server_start(struct sink_grpc_server *server, int listen_fd, SSL_CTX *tls, size_t message_max,
			    const struct sink_handler *handler);
void sink_grpc_server_stop(struct sink_grpc_server *server);

#endif
