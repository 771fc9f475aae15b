/* SPDX-License-Identifier: Apache-2.0
 *
 * servers.h - the listeners that the command line asks for, as one.
 */
#ifndef OTEL_TOOLS_SINK_SERVERS_H
#define OTEL_TOOLS_SINK_SERVERS_H

#include <poll.h>

#include "tools/otel-c/sink/grpc_server.h"
#include "tools/otel-c/sink/options.h"
#include "tools/otel-c/sink/server.h"

struct sink_servers {
	struct sink_server *http;
	struct sink_grpc_server grpc;
	SSL_CTX *http_tls; /* NULL: none */
	SSL_CTX *grpc_tls;
};

/* Opens them, and says on stderr where each listens. Returns EXIT_DONE, or the exit code after a sentence that says
 * what went wrong; in any case sink_servers_stop() follows. The structure stays where it is. */
int sink_servers_start(struct sink_servers *servers, const struct sink_options *options,
		       const struct sink_handler *handler);
void sink_servers_stop(struct sink_servers *servers);

enum { SINK_SERVERS_FDS = 2 };

/* What to poll; returns how many there are. */
size_t sink_servers_fds(const struct sink_servers *servers, struct pollfd fds[SINK_SERVERS_FDS]);

int sink_servers_wait_ms(
	const struct sink_servers *servers); /* run again after this time at the latest; -1 = no need */
void sink_servers_run(struct sink_servers *servers);
void sink_servers_finish(struct sink_servers *servers); /* no more is wanted: clients are to be done soon */
size_t sink_servers_active(const struct sink_servers *servers); /* answers under way */

#endif
