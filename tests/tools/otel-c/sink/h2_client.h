/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_client.h - a client of HTTP/2 for tests, driven by the test beside the server.
 */
#ifndef OTEL_TESTS_H2_CLIENT_H
#define OTEL_TESTS_H2_CLIENT_H

#include <nghttp2/nghttp2.h>

#include "tools/otel-c/sink/fields.h"

#define H2_STREAMS 128

/* What came of a request. */
struct h2_stream {
	struct sink_fields head, trailers;
	struct buf body;
	bool has_head;
	bool is_closed;
	uint32_t error; /* with which it was closed */
	const char *upload; /* what is left of the request's body */
	size_t upload_len;
};

struct h2_client {
	int fd;
	nghttp2_session *session;
	struct h2_stream streams[H2_STREAMS]; /* stream 1 is 0, stream 3 is 1 … */
	size_t count;
	bool has_goaway;
	int32_t goaway_last;
	uint32_t goaway_error;
	bool has_ended; /* the server closed the connection */
	bool was_reset;
};

void h2_client_connect(struct h2_client *client, int port);
void h2_client_close(struct h2_client *client);

/* A POST of these bytes, which stay the caller's; returns the stream. */
struct h2_stream *h2_client_post(struct h2_client *client, const char *path, const void *body, size_t len);

/* Sends and receives what can be now. */
void h2_client_run(struct h2_client *client);

#endif
