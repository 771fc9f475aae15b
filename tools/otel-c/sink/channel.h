/* SPDX-License-Identifier: Apache-2.0
 *
 * channel.h - the bytes of one connection, plain or under TLS, never waited for.
 */
#ifndef OTEL_TOOLS_SINK_CHANNEL_H
#define OTEL_TOOLS_SINK_CHANNEL_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/otel-c/sink/welcome.h"

enum sink_io {
	SINK_IO_DONE, /* some bytes went */
	SINK_IO_AGAIN, /* not now: see sink_channel_waits_for() */
	SINK_IO_END, /* the peer sends no more */
	SINK_IO_BROKEN
};

struct sink_channel {
	int fd;
	SSL *ssl; /* NULL: plain */
	uint32_t read_waits, write_waits; /* for which events of epoll */
	const char *broken; /* what TLS says of it, NULL if it is no fault of TLS */
	struct sink_welcome welcome;
	uint64_t read; /* bytes so far */
	uint64_t rest_until_ms; /* no reading before; 0 = now */
};

/* Owns the socket from then on, also on failure (out of memory). `tls` NULL: plain. The channel stays where it is. */
bool sink_channel_open(struct sink_channel *channel, int fd, SSL_CTX *tls, struct sink_welcome welcome);

/* In order, or so that the peer sees a reset; no other call follows. A channel whose welcome was a reset is reset. */
void sink_channel_close(struct sink_channel *channel);
void sink_channel_reset(struct sink_channel *channel);

enum sink_io sink_channel_read(struct sink_channel *channel, void *data, size_t room, size_t *got);
enum sink_io sink_channel_write(struct sink_channel *channel, const void *data, size_t len, size_t *put);

/* Events of epoll for which reading waits, and writing if there is something to write. */
uint32_t sink_channel_waits_for(const struct sink_channel *channel, bool wants_input, bool has_output);

/* When to read on although no event comes; UINT64_MAX: never. */
uint64_t sink_channel_due(const struct sink_channel *channel);

/* Under TLS: whether the handshake is done, and what was agreed upon by ALPN ("" = nothing). */
bool sink_channel_is_ready(const struct sink_channel *channel);
bool sink_channel_speaks(const struct sink_channel *channel, const char *protocol);

#endif
