/* SPDX-License-Identifier: Apache-2.0
 *
 * tunnel.c - so that the HTTP library need not know of TLS, nor of connections that are to be treated badly.
 */
#include "tools/otel-c/sink/tunnel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct sink_tunnel *sink_tunnel_open(int fd, SSL_CTX *tls, struct sink_welcome welcome)
{
	struct sink_tunnel *tunnel = malloc(sizeof *tunnel); /* of which the ways need not be cleared */

	if (!tunnel) {
		close(fd);
		return NULL;
	}
	if (!sink_channel_open(&tunnel->channel, fd, tls, welcome)) {
		free(tunnel);
		return NULL;
	}
	tunnel->inner = tunnel->served = -1;
	tunnel->is_shut = false;
	tunnel->up.from = tunnel->up.to = tunnel->down.from = tunnel->down.to = 0;
	tunnel->up.has_ended = tunnel->down.has_ended = false;
	return tunnel;
}

void sink_tunnel_close(struct sink_tunnel *tunnel)
{
	if (tunnel->inner >= 0)
		close(tunnel->inner);
	sink_channel_close(&tunnel->channel);
	free(tunnel);
}

static bool is_empty(const struct sink_tunnel_way *way)
{
	return way->from == way->to;
}

static size_t room_of(const struct sink_tunnel_way *way)
{
	return way->has_ended ? 0 : SINK_TUNNEL_ROOM - way->to;
}

static void take_out(struct sink_tunnel_way *way, size_t len)
{
	way->from += len;
	if (is_empty(way))
		way->from = way->to = 0;
}

/* The four steps say whether something moved; *over that the tunnel is of no use any more. */

static bool hear_client(struct sink_tunnel *t, bool *over)
{
	enum sink_io io;
	size_t got;

	if (!room_of(&t->up))
		return false;
	io = sink_channel_read(&t->channel, t->up.data + t->up.to, room_of(&t->up), &got);
	t->up.to += got;
	t->up.has_ended = io == SINK_IO_END;
	*over |= io == SINK_IO_BROKEN;
	if (io == SINK_IO_BROKEN && t->channel.broken)
		fprintf(stderr, "otel-c sink: a connection was closed: %s\n", t->channel.broken);
	return got > 0;
}

static bool tell_server(struct sink_tunnel *t)
{
	ssize_t put;

	if (is_empty(&t->up)) {
		if (t->up.has_ended && !t->is_shut && t->inner >= 0)
			t->is_shut = shutdown(t->inner, SHUT_WR) == 0;
		return false;
	}
	put = send(t->inner, t->up.data + t->up.from, t->up.to - t->up.from, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (put < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	take_out(&t->up, put < 0 ? t->up.to - t->up.from : (size_t)put); /* a server that has left wants nothing */
	return true;
}

static bool hear_server(struct sink_tunnel *t)
{
	ssize_t got;

	if (t->inner < 0 || !room_of(&t->down))
		return false;
	got = recv(t->inner, t->down.data + t->down.to, room_of(&t->down), MSG_DONTWAIT);
	if (got > 0)
		t->down.to += (size_t)got;
	t->down.has_ended = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
	return got > 0;
}

static bool tell_client(struct sink_tunnel *t, bool *over)
{
	enum sink_io io = SINK_IO_AGAIN;
	size_t put = 0;

	if (!is_empty(&t->down))
		io = sink_channel_write(&t->channel, t->down.data + t->down.from, t->down.to - t->down.from, &put);
	take_out(&t->down, put);
	*over |= io == SINK_IO_BROKEN || (t->down.has_ended && is_empty(&t->down));
	return put > 0;
}

/* Clients that never say a thing cost the server nothing. */
static bool begin(struct sink_tunnel *t)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
		return false;
	t->inner = ends[0];
	t->served = ends[1];
	return true;
}

enum sink_tunnel_state sink_tunnel_run(struct sink_tunnel *t)
{
	enum sink_tunnel_state state = SINK_TUNNEL_OPEN;
	bool over = false;
	bool moved;

	do {
		moved = hear_client(t, &over);
		if (t->inner < 0 && !is_empty(&t->up)) {
			if (!begin(t))
				return SINK_TUNNEL_OVER;
			state = SINK_TUNNEL_BEGUN;
		}
		over |= t->inner < 0 && t->up.has_ended;
		moved |= tell_server(t);
		moved |= hear_server(t);
		moved |= tell_client(t, &over);
	} while (moved && !over && state == SINK_TUNNEL_OPEN);
	if (!over)
		return state;
	if (state == SINK_TUNNEL_BEGUN)
		close(t->served);
	return SINK_TUNNEL_OVER;
}

uint32_t sink_tunnel_waits_outside(const struct sink_tunnel *t)
{
	return sink_channel_waits_for(&t->channel, room_of(&t->up) > 0, !is_empty(&t->down));
}

uint32_t sink_tunnel_waits_inside(const struct sink_tunnel *t)
{
	return (room_of(&t->down) ? EPOLLIN : 0u) | (is_empty(&t->up) ? 0u : EPOLLOUT);
}
