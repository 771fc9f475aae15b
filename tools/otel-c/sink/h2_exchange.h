/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_exchange.h - a request over HTTP/2, the reply to it, and who gives that.
 */
#ifndef OTEL_TOOLS_SINK_H2_EXCHANGE_H
#define OTEL_TOOLS_SINK_H2_EXCHANGE_H

#include <openssl/ssl.h>

#include "tools/otel-c/sink/fields.h"
#include "tools/otel-c/sink/manner.h"
#include "tools/otel-c/sink/welcome.h"

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

#endif
