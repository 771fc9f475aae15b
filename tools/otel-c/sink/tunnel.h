/* SPDX-License-Identifier: Apache-2.0
 *
 * tunnel.h - one client of the HTTP server: bytes between its channel and a socket that the HTTP library serves.
 */
#ifndef OTEL_TOOLS_SINK_TUNNEL_H
#define OTEL_TOOLS_SINK_TUNNEL_H

#include "tools/otel-c/sink/channel.h"

#define SINK_TUNNEL_ROOM (32u * 1024)

/* Bytes on their way in one direction. */
struct sink_tunnel_way {
	uint8_t data[SINK_TUNNEL_ROOM];
	size_t from, to;
	bool has_ended; /* no more will come */
};

struct sink_tunnel {
	struct sink_channel channel;
	int inner; /* our end of the pair; -1: the client said nothing yet */
	int served; /* the other end, whose number names the tunnel for as long as it is open */
	bool is_shut; /* the server was told that the client sends no more */
	struct sink_tunnel_way up; /* to the server */
	struct sink_tunnel_way down;
};

enum sink_tunnel_state {
	SINK_TUNNEL_OPEN,
	SINK_TUNNEL_BEGUN, /* tunnel->served was made: it is to be served */
	SINK_TUNNEL_OVER /* it is to be closed */
};

/* Owns the socket, also on failure. */
struct sink_tunnel *sink_tunnel_open(int fd, SSL_CTX *tls, struct sink_welcome welcome);
void sink_tunnel_close(struct sink_tunnel *tunnel);

/* Moves what can be moved now. */
enum sink_tunnel_state sink_tunnel_run(struct sink_tunnel *tunnel);

/* Events of epoll to run again, for channel.fd and for inner. */
uint32_t sink_tunnel_waits_outside(const struct sink_tunnel *tunnel);
uint32_t sink_tunnel_waits_inside(const struct sink_tunnel *tunnel);

#endif
