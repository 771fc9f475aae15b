/* SPDX-License-Identifier: Apache-2.0
 *
 * server.h - libmicrohttpd, driven from one thread by the caller's poll loop.
 */
#ifndef OTEL_TOOLS_SINK_SERVER_H
#define OTEL_TOOLS_SINK_SERVER_H

#include <openssl/ssl.h>

#include "tools/otel-c/sink/handler.h"

struct sink_server;

/* Serves on a listening socket, which it owns from then on (also on failure); `tls` NULL: plain. NULL: could not be
 * started. */
struct sink_server *sink_server_start(int listen_fd, SSL_CTX *tls, size_t body_max, const struct sink_handler *handler);
void sink_server_stop(struct sink_server *server); /* NULL is fine */

int sink_server_fd(const struct sink_server *server); /* readable when there is something to run */
int sink_server_wait_ms(const struct sink_server *server); /* run again after this time at the latest; -1 = no need */
void sink_server_run(struct sink_server *server);

/* Requests begun whose answers are not sent whole, and shall be. */
size_t sink_server_active(const struct sink_server *server);

#endif
