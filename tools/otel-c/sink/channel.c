/* SPDX-License-Identifier: Apache-2.0
 *
 * channel.c - the socket, or OpenSSL before it, and the ways to treat a peer badly.
 */
#include "tools/otel-c/sink/channel.h"

#include <errno.h>
#include <openssl/err.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/otel-c/sink/bio.h"
#include "util/clock.h"

#define PACE_MS 20

static bool is_passing(void)
{
	return errno == EAGAIN || errno == EINTR;
}

static bool begin_tls(struct sink_channel *channel, SSL_CTX *tls)
{
	BIO *bio = sink_bio(&channel->fd);

	channel->ssl = bio ? SSL_new(tls) : NULL;
	if (!channel->ssl) {
		BIO_free(bio);
		return false;
	}
	SSL_set_bio(channel->ssl, bio, bio);
	SSL_set_accept_state(channel->ssl);
	return true;
}

/* The kernel takes in less on behalf of who reads slowly. */
static void shrink(int fd)
{
	const int bytes = 4096;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool sink_channel_open(struct sink_channel *channel, int fd, SSL_CTX *tls, struct sink_welcome welcome)
{
	*channel = (struct sink_channel){.fd = fd, .read_waits = EPOLLIN, .write_waits = EPOLLOUT, .welcome = welcome};
	if (welcome.bytes_per_s || welcome.is_silent)
		shrink(fd);
	if (!tls || begin_tls(channel, tls))
		return true;
	close(fd);
	return false;
}

/* Closing a socket from which not all is read resets it, and what was said last may be lost, such as why TLS failed. */
static void forget_input(int fd)
{
	char bytes[4096];

	for (int i = 0; i < 64 && recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0; i++)
		;
}

void sink_channel_close(struct sink_channel *channel)
{
	if (channel->welcome.is_reset) {
		sink_channel_reset(channel);
		return;
	}
	if (channel->ssl && SSL_is_init_finished(channel->ssl) && !channel->broken)
		SSL_shutdown(channel->ssl);
	ERR_clear_error();
	SSL_free(channel->ssl);
	shutdown(channel->fd, SHUT_WR);
	forget_input(channel->fd);
	close(channel->fd);
}

void sink_channel_reset(struct sink_channel *channel)
{
	const struct linger now = {.l_onoff = 1, .l_linger = 0};

	setsockopt(channel->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	SSL_free(channel->ssl);
	close(channel->fd);
}

/* What an operation that did not go is to wait for. */
static enum sink_io judge(struct sink_channel *channel, int result, uint32_t *waits)
{
	unsigned long code;

	switch (SSL_get_error(channel->ssl, result)) {
	case SSL_ERROR_WANT_READ:
		*waits = EPOLLIN;
		return SINK_IO_AGAIN;
	case SSL_ERROR_WANT_WRITE:
		*waits = EPOLLOUT;
		return SINK_IO_AGAIN;
	case SSL_ERROR_ZERO_RETURN:
		return SINK_IO_END;
	default:
		code = ERR_peek_error();
		channel->broken = code ? ERR_reason_error_string(code) : "the peer left";
		return SINK_IO_BROKEN;
	}
}

static enum sink_io read_plain(struct sink_channel *channel, void *data, size_t room, size_t *got)
{
	const ssize_t count = recv(channel->fd, data, room, MSG_DONTWAIT);

	if (count < 0)
		return is_passing() ? SINK_IO_AGAIN : SINK_IO_BROKEN;
	*got = (size_t)count;
	return count ? SINK_IO_DONE : SINK_IO_END;
}

static enum sink_io read_tls(struct sink_channel *channel, void *data, size_t room, size_t *got)
{
	ERR_clear_error();
	if (SSL_read_ex(channel->ssl, data, room, got))
		return SINK_IO_DONE;
	return judge(channel, 0, &channel->read_waits);
}

/* Has the peer gone from a connection that is not served? */
static enum sink_io look(const struct sink_channel *channel)
{
	struct pollfd fd = {.fd = channel->fd, .events = POLLRDHUP};

	return poll(&fd, 1, 0) > 0 ? SINK_IO_END : SINK_IO_AGAIN;
}

/* How much of the room may be filled now, so that each step of PACE_MS has its share. */
static size_t pace(struct sink_channel *channel, size_t room)
{
	const uint64_t share = channel->welcome.bytes_per_s * PACE_MS / 1000 + 1;
	const uint64_t now = clock_mono_ms();

	if (!channel->welcome.bytes_per_s)
		return room;
	if (now < channel->rest_until_ms)
		return 0;
	channel->rest_until_ms = now + PACE_MS;
	return share < room ? (size_t)share : room;
}

enum sink_io sink_channel_read(struct sink_channel *channel, void *data, size_t room, size_t *got)
{
	enum sink_io io;

	*got = 0;
	if (channel->welcome.is_silent)
		return look(channel);
	if (channel->welcome.is_reset && channel->read >= channel->welcome.reset_after)
		return SINK_IO_BROKEN;
	if (channel->welcome.is_reset && room > channel->welcome.reset_after - channel->read)
		room = (size_t)(channel->welcome.reset_after - channel->read);
	room = pace(channel, room);
	if (!room)
		return SINK_IO_AGAIN;
	io = (channel->ssl ? read_tls : read_plain)(channel, data, room, got);
	channel->read += *got;
	return io;
}

enum sink_io sink_channel_write(struct sink_channel *channel, const void *data, size_t len, size_t *put)
{
	ssize_t count;

	*put = 0;
	if (channel->welcome.is_silent)
		return SINK_IO_AGAIN;
	if (channel->ssl) {
		ERR_clear_error();
		if (SSL_write_ex(channel->ssl, data, len, put))
			return SINK_IO_DONE;
		return judge(channel, 0, &channel->write_waits);
	}
	count = send(channel->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (count < 0)
		return is_passing() ? SINK_IO_AGAIN : SINK_IO_BROKEN;
	*put = (size_t)count;
	return SINK_IO_DONE;
}

uint32_t sink_channel_waits_for(const struct sink_channel *channel, bool wants_input, bool has_output)
{
	if (channel->welcome.is_silent)
		return EPOLLRDHUP;
	return (wants_input && !channel->rest_until_ms ? channel->read_waits : 0) |
	       (has_output ? channel->write_waits : 0);
}

uint64_t sink_channel_due(const struct sink_channel *channel)
{
	return channel->rest_until_ms ? channel->rest_until_ms : UINT64_MAX;
}

bool sink_channel_is_ready(const struct sink_channel *channel)
{
	return !channel->ssl || SSL_is_init_finished(channel->ssl);
}

bool sink_channel_speaks(const struct sink_channel *channel, const char *protocol)
{
	const unsigned char *name = NULL;
	unsigned len = 0;

	if (!channel->ssl)
		return true;
	SSL_get0_alpn_selected(channel->ssl, &name, &len);
	return len == strlen(protocol) && memcmp(name, protocol, len) == 0;
}
