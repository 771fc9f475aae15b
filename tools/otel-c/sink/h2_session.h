/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_session.h - the streams of a connection, and what is to become of it; without its bytes.
 */
#ifndef OTEL_TOOLS_SINK_H2_SESSION_H
#define OTEL_TOOLS_SINK_H2_SESSION_H

#include "tools/otel-c/sink/h2_stream.h"

struct sink_h2_session {
	const struct sink_h2_handler *handler;
	nghttp2_session *nghttp2; /* gets what comes, says what to send */
	struct sink_h2_stream *streams;
	enum sink_end end; /* of the connection, when all that there is to send is sent; SINK_KEPT: it stays */
	bool is_raving; /* its last words are no HTTP/2 */
	uint64_t closed_ms; /* when the last stream was closed */
	bool is_finishing;
	uint64_t goodbye_ms; /* when GOAWAY is due; 0: not yet known, or said */
};

/* The session stays where it is, and is closed also after a failure (out of memory). */
bool sink_h2_session_open(struct sink_h2_session *session, const struct sink_h2_handler *handler);
void sink_h2_session_close(struct sink_h2_session *session);

/* Does what is due. false: it is of no use any more. */
bool sink_h2_session_run(struct sink_h2_session *session, uint64_t now_ms);
uint64_t sink_h2_session_due(const struct sink_h2_session *session); /* UINT64_MAX: nothing */

/* Says goodbye as soon as the client has read what it was told. */
void sink_h2_session_finish(struct sink_h2_session *session);

/* Says goodbye now, unless the client may still be busy with an answer. */
void sink_h2_session_end(struct sink_h2_session *session);

size_t sink_h2_session_active(const struct sink_h2_session *session);

#endif
