/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_h2.h - a server of HTTP/2 (prior knowledge, or ALPN h2 under TLS), driven from one thread by the caller's poll
 * loop. It knows nothing of gRPC.
 */
#ifndef OTEL_TOOLS_SINK_H2_H
#define OTEL_TOOLS_SINK_H2_H

#include <openssl/ssl.h>

#include "sink_fields.h"
#include "sink_manner.h"
#include "sink_welcome.h"

struct sink_h2_request {
	const struct sink_fields *fields; /* names in lower case, those that begin with a colon too */
	const uint8_t *body;
	size_t body_len;
	bool too_large; /* it went past the bound and was not kept */
};

struct sink_h2_reply {
	unsigned status;
	struct sink_fields head; /* but for the status */
	struct buf body;
	uint64_t padding; /* so many bytes of zero follow the body */
	struct sink_fields trailers; /* none: the body ends the stream, or the head if there is none */
	struct sink_manner manner;
};

#define SINK_H2_FIELDS_MAX (64u * 1024)
#define SINK_H2_REPLY_MAX  (1024u * 1024)

void sink_h2_reply_init(struct sink_h2_reply *reply);
void sink_h2_reply_fini(struct sink_h2_reply *reply);

struct sink_h2_handler {
	void *self;
	/* Answers a whole request; the reply comes initialized. */
	void (*answer)(void *self, const struct sink_h2_request *request, struct sink_h2_reply *reply);
	struct sink_welcome (*welcome)(void *self); /* how the next connection is received */
	size_t body_max;
	SSL_CTX *tls; /* NULL: none */
};

struct sink_h2;

/* Serves on a listening socket, which it owns from then on (also on failure). NULL: could not be started. */
struct sink_h2 *sink_h2_start(int listen_fd, const struct sink_h2_handler *handler);
void sink_h2_stop(struct sink_h2 *server); /* says goodbye to the clients; NULL is fine */

int sink_h2_fd(const struct sink_h2 *server); /* readable when there is something to run */
int sink_h2_wait_ms(const struct sink_h2 *server); /* run again after this time at the latest; -1 = no need */
void sink_h2_run(struct sink_h2 *server);

/* Ends the connections as soon as their clients have read what they were told; until then they count as active. */
void sink_h2_finish(struct sink_h2 *server);

/* Streams whose answers are not sent whole, and shall be. */
size_t sink_h2_active(const struct sink_h2 *server);

#endif
