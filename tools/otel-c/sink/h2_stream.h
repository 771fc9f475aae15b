/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_stream.h - one request and its reply, between libnghttp2 and those who answer.
 */
#ifndef OTEL_TOOLS_SINK_H2_STREAM_H
#define OTEL_TOOLS_SINK_H2_STREAM_H

#include <nghttp2/nghttp2.h>

#include "tools/otel-c/sink/h2_exchange.h"

struct sink_h2_stream {
	struct sink_h2_stream *next;
	int32_t id;
	struct sink_fields fields;
	struct buf body;
	bool too_large;
	bool is_answered; /* the reply is there */
	bool is_submitted; /* and on its way, or never to be sent */
	struct sink_h2_reply reply;
	uint64_t sent; /* of its body */
	uint64_t due_ms; /* when it is to be sent; UINT64_MAX: never */
	enum sink_end *broken_off; /* what is to become of the connection is written here */
};

struct sink_h2_stream *sink_h2_stream_create(int32_t id, size_t body_max);
void sink_h2_stream_free(struct sink_h2_stream *stream);

/* Gives the reply to the session. false: the session is of no use any more. */
bool sink_h2_stream_submit(struct sink_h2_stream *stream, nghttp2_session *session);

/* Is there more of it that shall be sent? */
bool sink_h2_stream_is_active(const struct sink_h2_stream *stream);

#endif
