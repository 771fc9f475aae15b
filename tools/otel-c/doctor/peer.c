/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.c - two short conversations, after an export that failed at this port.
 */
#include "tools/otel-c/doctor/peer.h"

#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WAIT_MS 2000

/* The connection preface of HTTP/2 and an empty SETTINGS frame (RFC 9113, 3.4). */
static const char http2_preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0";

/* The smallest ClientHello (RFC 5246, 7.4.1.2): version 1.2, no session, one cipher, no extensions. Any TLS server
 * answers, if only by an alert. */
static const uint8_t client_hello[] = {
	22,  3,   1,    0,    45, /* a handshake record */
	1,   0,   0,    41, /* ClientHello */
	3,   3, /* TLS 1.2 */
	'o', 't', 'e',  'l',  '-', 'c', ' ', 'd', 'o', 'c', 't', 'o', 'r', ' ', 'l', 'o', 'o',
	'k', 's', ' ',  'w',  'h', 'o', ' ', 's', 'p', 'e', 'a', 'k', 's', ' ', '?', 0, /* no session */
	0,   2,   0xc0, 0x2f, /* ECDHE-RSA-AES128-GCM-SHA256 */
	1,   0, /* no compression */
};

enum peer peer_of_answer(const uint8_t *bytes, size_t len)
{
	const bool is_settings =
		len >= 9 && bytes[3] == 4 && bytes[4] <= 1 && !(bytes[5] | bytes[6] | bytes[7] | bytes[8]);

	if (!len)
		return PEER_UNKNOWN;
	if (len >= 5 && memcmp(bytes, "HTTP/", 5) == 0)
		return PEER_HTTP1;
	if (len >= 3 && (bytes[0] == 21 || bytes[0] == 22) && bytes[1] == 3 && bytes[2] <= 4)
		return PEER_TLS;
	return is_settings && !bytes[0] ? PEER_HTTP2 : PEER_OTHER;
}

/* One of the addresses that takes a connection; -1: none. */
static int connect_to(const char *host, unsigned port)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found;
	char service[16];
	int fd = -1;

	snprintf(service, sizeof service, "%u", port);
	if (getaddrinfo(host, service, &hints, &found))
		return -1;
	for (struct addrinfo *at = found; at && fd < 0; at = at->ai_next) {
		const struct timeval limit = {.tv_sec = WAIT_MS / 1000};

		fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd < 0)
			continue;
		/* Bounds connect() and send() too. */
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
		if (connect(fd, at->ai_addr, at->ai_addrlen)) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	return fd;
}

static enum peer ask(const char *host, unsigned port, const void *words, size_t len)
{
	uint8_t answer[16];
	size_t got = 0;
	int fd = connect_to(host, port);

	if (fd < 0)
		return PEER_UNKNOWN;
	if (send(fd, words, len, MSG_NOSIGNAL) == (ssize_t)len) {
		ssize_t n;

		while (got < sizeof answer && (n = recv(fd, answer + got, sizeof answer - got, 0)) > 0)
			got += (size_t)n;
	}
	close(fd);
	return peer_of_answer(answer, got);
}

enum peer peer_find(const char *host, unsigned port)
{
	const enum peer peer = ask(host, port, client_hello, sizeof client_hello);

	/* A TLS server answers nothing else; others may take the hello for anything. */
	if (peer == PEER_TLS || peer == PEER_HTTP2)
		return peer;
	const enum peer second = ask(host, port, http2_preface, sizeof http2_preface);
	return second == PEER_UNKNOWN ? peer : second;
}

bool peer_name_is_wrong(const char *host)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found;
	const int error = getaddrinfo(host, NULL, &hints, &found);

	if (!error)
		freeaddrinfo(found);
	return error == EAI_NONAME || error == EAI_NODATA;
}
