/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_connection.c - bytes between channel and session, and the end of both.
 */
#include "tools/otel-c/sink/h2_connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/otel-c/sink/channel.h"
#include "tools/otel-c/sink/h2_session.h"

#define PIECE       (16 * 1024)
#define FAREWELL_MS 1000
#define RAVING      "\xff\xff\xff\xff this is no frame"

struct sink_h2_connection {
	struct sink_channel channel;
	struct sink_h2_session session;
	const uint8_t *output; /* of libnghttp2, not written yet */
	size_t output_len;
	bool is_agreed; /* the peer speaks HTTP/2, as far as TLS can tell */
	bool has_left; /* the peer sends no more */
	uint64_t farewell_ms; /* nothing is written any more, what comes is thrown away until then; 0: not so */
};

static void complain(const char *why)
{
	fprintf(stderr, "otel-c sink: gRPC: a connection was closed: %s\n", why);
}

static bool eat(struct sink_h2_connection *c, const uint8_t *data, size_t len)
{
	const ssize_t eaten = c->farewell_ms ? 0 : nghttp2_session_mem_recv(c->session.nghttp2, data, len);

	if (eaten == NGHTTP2_ERR_BAD_CLIENT_MAGIC)
		complain("it does not begin as HTTP/2 with prior knowledge does");
	else if (eaten < 0)
		complain(nghttp2_strerror((int)eaten));
	return eaten >= 0;
}

/* Under TLS, both agree on h2 before anything else is said. */
static bool agree(struct sink_h2_connection *c)
{
	c->is_agreed = sink_channel_is_ready(&c->channel);
	if (!c->is_agreed || sink_channel_speaks(&c->channel, "h2"))
		return true;
	complain("the client did not offer h2 by ALPN");
	return false;
}

/* Until there is no more, or it is over. */
static bool read_all(struct sink_h2_connection *c)
{
	uint8_t data[PIECE];
	size_t got;

	while (!c->has_left) {
		const enum sink_io io = sink_channel_read(&c->channel, data, sizeof data, &got);

		if (io == SINK_IO_BROKEN && c->channel.broken)
			complain(c->channel.broken);
		if (io == SINK_IO_BROKEN || (!c->is_agreed && !agree(c)))
			return false;
		if (io == SINK_IO_AGAIN)
			return true;
		c->has_left = io == SINK_IO_END;
		if (got && !eat(c, data, got))
			return false;
		if (c->session.end == SINK_RESET || c->session.end == SINK_CLOSED)
			return true;
	}
	return true;
}

static bool write_all(struct sink_h2_connection *c)
{
	while (c->is_agreed && !c->farewell_ms) {
		enum sink_io io;
		size_t put;

		if (!c->output_len) {
			const ssize_t len = nghttp2_session_mem_send(c->session.nghttp2, &c->output);
			if (len <= 0)
				return len == 0;
			c->output_len = (size_t)len;
		}
		io = sink_channel_write(&c->channel, c->output, c->output_len, &put);
		if (io != SINK_IO_DONE)
			return io == SINK_IO_AGAIN;
		c->output += put;
		c->output_len -= put;
	}
	return true;
}

/* Closing a socket from which not all is read resets the connection, and the last words with it. */
static void say_farewell(struct sink_h2_connection *c, uint64_t now_ms)
{
	c->farewell_ms = now_ms + FAREWELL_MS;
	if (c->channel.ssl)
		SSL_shutdown(c->channel.ssl);
	shutdown(c->channel.fd, SHUT_WR);
}

static bool is_over(struct sink_h2_connection *c, uint64_t now_ms)
{
	size_t put;

	if (c->farewell_ms)
		return c->has_left || now_ms >= c->farewell_ms;
	if (c->output_len)
		return false;
	if (c->session.is_raving)
		sink_channel_write(&c->channel, RAVING, sizeof RAVING - 1, &put);
	if (c->session.end == SINK_RESET || c->session.end == SINK_CLOSED || c->has_left)
		return true;
	if (c->is_agreed && !nghttp2_session_want_read(c->session.nghttp2) &&
	    !nghttp2_session_want_write(c->session.nghttp2))
		say_farewell(c, now_ms);
	return false;
}

bool sink_h2_connection_run(struct sink_h2_connection *c, uint64_t now_ms)
{
	return read_all(c) && sink_h2_session_run(&c->session, now_ms) && write_all(c) && !is_over(c, now_ms);
}

/* ---- life ---- */

struct sink_h2_connection *sink_h2_connection_open(int fd, const struct sink_h2_handler *handler)
{
	struct sink_h2_connection *c = calloc(1, sizeof *c);

	if (!c) {
		close(fd);
		return NULL;
	}
	if (!sink_channel_open(&c->channel, fd, handler->tls, handler->welcome(handler->self))) {
		free(c);
		return NULL;
	}
	if (sink_h2_session_open(&c->session, handler))
		return c;
	sink_h2_connection_free(c);
	return NULL;
}

void sink_h2_connection_free(struct sink_h2_connection *c)
{
	sink_h2_session_close(&c->session);
	if (c->session.end == SINK_RESET)
		sink_channel_reset(&c->channel);
	else
		sink_channel_close(&c->channel);
	free(c);
}

void sink_h2_connection_finish(struct sink_h2_connection *c)
{
	sink_h2_session_finish(&c->session);
}

void sink_h2_connection_end(struct sink_h2_connection *c)
{
	sink_h2_session_end(&c->session);
	write_all(c);
}

int sink_h2_connection_fd(const struct sink_h2_connection *c)
{
	return c->channel.fd;
}

uint32_t sink_h2_connection_events(const struct sink_h2_connection *c)
{
	return sink_channel_waits_for(&c->channel, !c->has_left, c->output_len > 0);
}

uint64_t sink_h2_connection_due(const struct sink_h2_connection *c)
{
	const uint64_t dues[] = {sink_channel_due(&c->channel), sink_h2_session_due(&c->session)};
	uint64_t due = c->farewell_ms ? c->farewell_ms : UINT64_MAX;

	for (size_t i = 0; i < sizeof dues / sizeof *dues; i++)
		due = dues[i] < due ? dues[i] : due;
	return due;
}

size_t sink_h2_connection_active(const struct sink_h2_connection *c)
{
	return sink_h2_session_active(&c->session);
}
