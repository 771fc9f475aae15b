/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_server.h - libmicrohttpd, driven from one thread by the caller's poll loop.
 */
#ifndef OTEL_TOOLS_SINK_SERVER_H
#define OTEL_TOOLS_SINK_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "sink_exchange.h"

struct sink_server;

struct sink_handler {
	void *self;
	/* Answers a whole request: as sink_exchange(), which it is meant to call; may take note of what came. */
	void (*answer)(void *self, const struct sink_request *request, struct sink_answer *answer);
	/* One call for each header of the request that is answered next, then one with NULLs. NULL = not wanted. */
	void (*header)(void *self, const struct sink_request *request, const char *name, const char *value);
};

/* Serves on a listening socket, which it owns from then on (also on failure). NULL: could not be started. */
struct sink_server *sink_server_start(int listen_fd, const struct sink_handler *handler);
void sink_server_stop(struct sink_server *server); /* NULL is fine */

int sink_server_fd(const struct sink_server *server); /* readable when there is something to run */
int sink_server_wait_ms(const struct sink_server *server); /* run again after this time at the latest; -1 = no need */
void sink_server_run(struct sink_server *server);

/* Requests begun whose answers are not sent whole, and shall be. */
size_t sink_server_active(const struct sink_server *server);

#endif
