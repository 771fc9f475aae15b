/* SPDX-License-Identifier: Apache-2.0
 *
 * front.h - stands before the HTTP library: accepts connections, plain or TLS, and passes on their bytes.
 */
#ifndef OTEL_TOOLS_SINK_FRONT_H
#define OTEL_TOOLS_SINK_FRONT_H

#include <openssl/ssl.h>
#include <stddef.h>
#include <sys/socket.h>

#include "tools/otel-c/sink/welcome.h"

struct sink_front_handler {
	void *self;
	struct sink_welcome (*welcome)(void *self); /* how the next connection is received */
	/* A connection to serve, which the callee owns; `from` is where it comes from. */
	void (*serve)(void *self, int fd, const struct sockaddr *from, socklen_t from_len);
	SSL_CTX *tls; /* NULL: none */
};

struct sink_front;

/* Owns the listening socket, also on failure (NULL). `also` is a descriptor that sink_front_fd() is to be readable for,
 * too. */
struct sink_front *sink_front_start(int listen_fd, int also, const struct sink_front_handler *handler);
void sink_front_stop(struct sink_front *front); /* NULL is fine */

int sink_front_fd(const struct sink_front *front);
int sink_front_wait_ms(const struct sink_front *front);
void sink_front_run(struct sink_front *front);

/* The connection of that served descriptor is reset as soon as the descriptor is closed and all of it went out. */
void sink_front_reset(struct sink_front *front, int fd);

#endif
