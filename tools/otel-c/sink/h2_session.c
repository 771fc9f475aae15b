/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_session.c - libnghttp2 says what came, and is told what to answer.
 */
#include "tools/otel-c/sink/h2_session.h"

#include "util/clock.h"

#define STREAMS_MAX 128
#define WINDOW      (1024 * 1024)
#define PATIENCE_MS 900
#define FRESH_MS    100

/* ---- answers ---- */

static void obey(struct sink_h2_session *s, const struct sink_h2_stream *stream)
{
	const struct sink_manner *manner = &stream->reply.manner;

	switch (manner->end) {
	case SINK_STREAM_RESET:
		nghttp2_submit_rst_stream(s->nghttp2, NGHTTP2_FLAG_NONE, stream->id, manner->error);
		break;
	case SINK_GOAWAY:
		nghttp2_session_terminate_session2(s->nghttp2, stream->id > 2 ? stream->id - 2 : 0, manner->error);
		break;
	case SINK_CLOSED:
	case SINK_RESET:
		s->end = manner->end;
		break;
	default:
		break;
	}
}

static bool send_reply(struct sink_h2_session *s, struct sink_h2_stream *stream)
{
	const struct sink_manner *manner = &stream->reply.manner;

	stream->due_ms = UINT64_MAX;
	if (manner->part == SINK_NOTHING || manner->part == SINK_GARBAGE) {
		stream->is_submitted = true;
		s->is_raving = manner->part == SINK_GARBAGE;
		obey(s, stream);
		return true;
	}
	if (manner->end == SINK_GOAWAY_AFTER)
		nghttp2_submit_goaway(s->nghttp2, NGHTTP2_FLAG_NONE, stream->id, manner->error, NULL, 0);
	stream->broken_off = &s->end;
	return sink_h2_stream_submit(stream, s->nghttp2);
}

static bool answer(struct sink_h2_session *s, struct sink_h2_stream *stream)
{
	const struct sink_h2_request request = {.fields = &stream->fields,
						.body = stream->body.data,
						.body_len = stream->body.len,
						.too_large = stream->too_large};

	sink_h2_reply_init(&stream->reply);
	stream->is_answered = true;
	s->handler->answer(s->handler->self, &request, &stream->reply);
	buf_fini(&stream->body);
	if (!stream->reply.manner.delay_ms)
		return send_reply(s, stream);
	stream->due_ms = clock_mono_ms() + stream->reply.manner.delay_ms;
	return true;
}

/* ---- callbacks of libnghttp2 ---- */

static struct sink_h2_stream *stream_of(nghttp2_session *session, int32_t id)
{
	return nghttp2_session_get_stream_user_data(session, id);
}

static bool begins_request(const nghttp2_frame *frame)
{
	return frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
}

static int on_begin_headers(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct sink_h2_session *s = arg;
	struct sink_h2_stream *stream;

	if (!begins_request(frame))
		return 0;
	stream = sink_h2_stream_create(frame->hd.stream_id, s->handler->body_max);
	if (!stream)
		return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
	stream->next = s->streams;
	s->streams = stream;
	nghttp2_session_set_stream_user_data(session, stream->id, stream);
	return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name, size_t name_len,
		     const uint8_t *value, size_t value_len, uint8_t flags, void *arg)
{
	struct sink_h2_stream *stream = stream_of(session, frame->hd.stream_id);

	(void)flags;
	(void)arg;
	if (!stream || !begins_request(frame))
		return 0;
	return sink_fields_add(&stream->fields, (const char *)name, name_len, (const char *)value, value_len)
		       ? 0
		       : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data, size_t len, void *arg)
{
	struct sink_h2_session *s = arg;
	struct sink_h2_stream *stream = stream_of(session, id);

	(void)flags;
	if (!stream || stream->is_answered || buf_append(&stream->body, data, len))
		return 0;
	buf_fini(&stream->body);
	stream->too_large = true; /* nobody should have to send the rest */
	return answer(s, stream) ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_received(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct sink_h2_session *s = arg;
	const bool is_part = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;
	struct sink_h2_stream *stream = is_part ? stream_of(session, frame->hd.stream_id) : NULL;

	if (frame->hd.type == NGHTTP2_PING && (frame->hd.flags & NGHTTP2_FLAG_ACK) && s->goodbye_ms)
		s->goodbye_ms = clock_mono_ms() + FRESH_MS;
	if (!stream || stream->is_answered || !(frame->hd.flags & NGHTTP2_FLAG_END_STREAM))
		return 0;
	return answer(s, stream) ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

/* The rest of a request that was answered early is not wanted (RFC 9113, 8.1). */
static int on_sent(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	const bool is_part = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;

	(void)arg;
	if (is_part && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) &&
	    nghttp2_session_get_stream_remote_close(session, frame->hd.stream_id) == 0)
		nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
	return 0;
}

static int on_stream_closed(nghttp2_session *session, int32_t id, uint32_t error, void *arg)
{
	struct sink_h2_session *s = arg;
	struct sink_h2_stream *stream = stream_of(session, id);
	struct sink_h2_stream **link = &s->streams;

	(void)error;
	if (!stream)
		return 0;
	while (*link != stream)
		link = &(*link)->next;
	*link = stream->next;
	s->closed_ms = clock_mono_ms();
	if (stream->is_submitted && stream->reply.manner.part == SINK_WHOLE && stream->reply.manner.end == SINK_CLOSED)
		sink_h2_session_finish(s);
	sink_h2_stream_free(stream);
	return 0;
}

/* libcurl 7.88.1 forgets an answer if GOAWAY, or the end of the connection, comes before it has passed the answer on.
 * The answer to a PING tells that it has read all that came before, and will be done in a moment. */
void sink_h2_session_finish(struct sink_h2_session *s)
{
	if (s->is_finishing || nghttp2_submit_ping(s->nghttp2, NGHTTP2_FLAG_NONE, NULL) != 0)
		return;
	s->goodbye_ms = clock_mono_ms() + PATIENCE_MS;
	s->is_finishing = true;
}

/* ---- life ---- */

bool sink_h2_session_open(struct sink_h2_session *s, const struct sink_h2_handler *handler)
{
	const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_MAX},
						   {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW},
						   {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, SINK_H2_FIELDS_MAX}};
	nghttp2_session_callbacks *callbacks = NULL;
	nghttp2_option *option = NULL;
	int error = nghttp2_session_callbacks_new(&callbacks);

	*s = (struct sink_h2_session){.handler = handler};
	if (error)
		return false;
	nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
	nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
	nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
	nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_received);
	nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_sent);
	nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_closed);
	error = nghttp2_option_new(&option);
	if (!error) {
		nghttp2_option_set_max_send_header_block_length(option, SINK_H2_REPLY_MAX);
		error = nghttp2_session_server_new2(&s->nghttp2, callbacks, s, option);
	}
	nghttp2_option_del(option);
	nghttp2_session_callbacks_del(callbacks);
	return !error &&
	       nghttp2_submit_settings(s->nghttp2, NGHTTP2_FLAG_NONE, settings, sizeof settings / sizeof *settings) ==
		       0 &&
	       nghttp2_session_set_local_window_size(s->nghttp2, NGHTTP2_FLAG_NONE, 0, 4 * WINDOW) == 0;
}

void sink_h2_session_close(struct sink_h2_session *s)
{
	nghttp2_session_del(s->nghttp2);
	while (s->streams) {
		struct sink_h2_stream *next = s->streams->next;

		sink_h2_stream_free(s->streams);
		s->streams = next;
	}
}

bool sink_h2_session_run(struct sink_h2_session *s, uint64_t now_ms)
{
	for (struct sink_h2_stream *stream = s->streams; stream; stream = stream->next)
		if (stream->due_ms <= now_ms && !send_reply(s, stream))
			return false;
	if (s->goodbye_ms && now_ms >= s->goodbye_ms) {
		s->goodbye_ms = 0;
		nghttp2_session_terminate_session(s->nghttp2, NGHTTP2_NO_ERROR);
	}
	return true;
}

void sink_h2_session_end(struct sink_h2_session *s)
{
	if (clock_mono_ms() >= s->closed_ms + FRESH_MS)
		nghttp2_session_terminate_session(s->nghttp2, NGHTTP2_NO_ERROR);
}

uint64_t sink_h2_session_due(const struct sink_h2_session *s)
{
	uint64_t due = s->goodbye_ms ? s->goodbye_ms : UINT64_MAX;

	for (const struct sink_h2_stream *stream = s->streams; stream; stream = stream->next)
		due = stream->due_ms < due ? stream->due_ms : due;
	return due;
}

size_t sink_h2_session_active(const struct sink_h2_session *s)
{
	size_t count = s->goodbye_ms != 0;

	for (const struct sink_h2_stream *stream = s->streams; stream; stream = stream->next)
		count += sink_h2_stream_is_active(stream);
	return count;
}
