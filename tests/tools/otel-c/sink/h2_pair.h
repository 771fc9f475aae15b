/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_pair.h - the server of HTTP/2 and a client of the same library, in one thread.
 */
#ifndef OTEL_TESTS_H2_PAIR_H
#define OTEL_TESTS_H2_PAIR_H

#include "h2_client.h"
#include "tools/otel-c/sink/h2.h"

#define H2_PAIR_BODY_MAX 100000

struct h2_pair {
	struct sink_h2 *server;
	struct h2_client client;
	struct sink_manner manner; /* of the replies */
	struct sink_welcome welcome;
	size_t requests;
};

extern struct h2_pair pair;

/* The body comes back, and its length in the trailers; "/empty" gets a head alone. */
void h2_pair_start(void);
void h2_pair_end(void);

/* What both can do now. */
void h2_pair_run(void);

/* Until the stream is closed, or the connection is. */
void h2_pair_run_until_closed(const struct h2_stream *stream);
void h2_pair_run_until_left(void);

#endif
