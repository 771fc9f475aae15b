/* SPDX-License-Identifier: Apache-2.0
 *
 * http2_peer.c - see the header. RFC 9113 as far as tests need it; header fields are sent as literals (RFC 7541, 6.2.2)
 * and what the client sends in its own is not looked at.
 */
#include "core/http/http2_peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, WINDOW_UPDATE = 8 };
enum { ACK = 1, END_STREAM = 1, END_HEADERS = 4 };

static bool take(int fd, void *data, size_t len)
{
	uint8_t *p = data;
	while (len) {
		ssize_t n = read(fd, p, len);
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static void put_u32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static uint32_t get_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void frame(int fd, int type, int flags, uint32_t stream, const void *data, size_t len)
{
	uint8_t out[9 + 16384];

	put_u32(out, (uint32_t)len << 8 | (uint32_t)type);
	out[4] = (uint8_t)flags;
	put_u32(out + 5, stream);
	if (len)
		memcpy(out + 9, data, len);
	if (write(fd, out, 9 + len) < 0) {
		/* the client is gone: a later read will tell */
	}
}

static void window_update(int fd, uint32_t stream, size_t len)
{
	uint8_t by[4];
	put_u32(by, (uint32_t)len);
	if (len)
		frame(fd, WINDOW_UPDATE, 0, stream, by, sizeof by);
}

static bool greet(struct peer *peer)
{
	char preface[24];

	if (peer->has_greeted)
		return true;
	peer->has_greeted = true;
	setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	if (!take(peer->fd, preface, sizeof preface) || memcmp(preface, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24) != 0)
		return false;
	frame(peer->fd, SETTINGS, 0, 0, NULL, 0);
	return true;
}

static void take_data(struct peer *peer, uint32_t stream, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len && peer->body_len + i < sizeof peer->body; i++)
		peer->body[peer->body_len + i] = data[i];
	peer->body_len += len;
	window_update(peer->fd, 0, len);
	window_update(peer->fd, stream, len);
}

bool peer_read(struct peer *peer)
{
	uint8_t head[9], data[16384];

	peer->body_len = 0;
	if (!greet(peer))
		return false;
	for (;;) {
		if (!take(peer->fd, head, sizeof head))
			return false;
		const size_t len = get_u32(head) >> 8;
		const int type = head[3], flags = head[4];
		if (len > sizeof data || !take(peer->fd, data, len))
			return false;
		if ((type == SETTINGS || type == PING) && !(flags & ACK))
			frame(peer->fd, type, ACK, 0, data, type == PING ? len : 0);
		if (type != HEADERS && type != DATA)
			continue;
		peer->stream = get_u32(head + 5);
		if (type == DATA)
			take_data(peer, peer->stream, data, len);
		if (flags & END_STREAM)
			break;
	}
	peer->server->seen->requests++;
	return true;
}

static size_t put_text(uint8_t *p, const char *text)
{
	const size_t len = strlen(text);
	size_t n = 0;

	if (len < 127) {
		p[n++] = (uint8_t)len;
	} else { /* RFC 7541, 5.1 */
		p[n++] = 127;
		size_t rest = len - 127;
		for (; rest >= 128; rest /= 128)
			p[n++] = (uint8_t)(rest % 128 + 128);
		p[n++] = (uint8_t)rest;
	}
	memcpy(p + n, text, len);
	return n + len;
}

void peer_headers(struct peer *peer, int status, bool is_end, const char *const *fields)
{
	uint8_t block[16384];
	char number[16];
	size_t n = 0;

	snprintf(number, sizeof number, "%d", status);
	if (status) {
		block[n++] = 0;
		n += put_text(block + n, ":status");
		n += put_text(block + n, number);
	}
	for (; *fields; fields += 2) {
		block[n++] = 0;
		n += put_text(block + n, fields[0]);
		n += put_text(block + n, fields[1]);
	}
	frame(peer->fd, HEADERS, END_HEADERS | (is_end ? END_STREAM : 0), peer->stream, block, n);
}

void peer_data(struct peer *peer, const void *data, size_t len, bool is_end)
{
	frame(peer->fd, DATA, is_end ? END_STREAM : 0, peer->stream, data, len);
}

void peer_reset(struct peer *peer, uint32_t error)
{
	uint8_t data[4];
	put_u32(data, error);
	frame(peer->fd, RST_STREAM, 0, peer->stream, data, sizeof data);
}

void peer_goaway(struct peer *peer, uint32_t last_stream, uint32_t error)
{
	uint8_t data[8];
	put_u32(data, last_stream);
	put_u32(data + 4, error);
	frame(peer->fd, GOAWAY, 0, 0, data, sizeof data);
}

void peer_answer(struct peer *peer)
{
	static const char *const head[] = {"content-type", "application/grpc+proto", NULL};
	static const char *const trailers[] = {"grpc-status", "0", NULL};

	peer_headers(peer, 200, false, head);
	peer_data(peer, "\0\0\0\0\0", 5, false);
	peer_headers(peer, 0, true, trailers);
}
