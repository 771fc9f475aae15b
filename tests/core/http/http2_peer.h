/* SPDX-License-Identifier: Apache-2.0
 *
 * http2_peer.h - the server's side of HTTP/2 without TLS, frame by frame, for peers that behave as a test wants.
 */
#ifndef TESTS_HTTP2_PEER_H
#define TESTS_HTTP2_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/http/http_support.h"

enum { PEER_NO_ERROR = 0, PEER_INTERNAL_ERROR = 2, PEER_REFUSED_STREAM = 7, PEER_HTTP_1_1_REQUIRED = 13 };

struct peer {
	struct server *server;
	int fd;
	bool has_greeted;
	uint32_t stream; /* of the request that was read last */
	size_t body_len;
	uint8_t body[64]; /* its beginning */
};

/* Reads a whole request and counts it; false when the client hung up before. */
bool peer_read(struct peer *peer);

/* NULL-terminated pairs of name and value, without ":status" when it is 0: then they are trailers. */
void peer_headers(struct peer *peer, int status, bool is_end, const char *const *fields);
void peer_data(struct peer *peer, const void *data, size_t len, bool is_end);
void peer_reset(struct peer *peer, uint32_t error);
void peer_goaway(struct peer *peer, uint32_t last_stream, uint32_t error);

/* A good gRPC answer with an empty message. */
void peer_answer(struct peer *peer);

#endif
