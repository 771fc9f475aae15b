/* SPDX-License-Identifier: Apache-2.0
 *
 * discard_h2.c - see discard_h2.h. libnghttp2 frames; the message is put together in one buffer for each stream.
 */
#include "discard_h2.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { WINDOW = 16 << 20, PREFIX = 5, PIECE = 256 << 10 };

struct connection {
	int fd;
	int (*take)(int fd, const char *message, size_t len);
};

struct message {
	char *data;
	size_t len, cap;
};

#define PAIR(name, value)                                                                                              \
	{                                                                                                              \
		(uint8_t *)(name), (uint8_t *)(value), sizeof(name) - 1, sizeof(value) - 1, NGHTTP2_NV_FLAG_NONE       \
	}

/* A message, empty or with one rejected span, and the status behind it. */
static ssize_t read_reply(nghttp2_session *session, int32_t id, uint8_t *out, size_t room, uint32_t *flags,
			  nghttp2_data_source *source, void *arg)
{
	static const uint8_t empty[PREFIX] = {0}, part[] = {0, 0, 0, 0, 4, 0x0a, 0x02, 0x08, 0x01};
	const bool is_part = source->fd == DISCARD_PART;
	const size_t len = is_part ? sizeof part : sizeof empty;
	char status[12];
	int digits = snprintf(status, sizeof status, "%d", is_part ? 0 : source->fd);
	nghttp2_nv trailer = {(uint8_t *)"grpc-status", (uint8_t *)status, 11, (size_t)digits, NGHTTP2_NV_FLAG_NONE};

	(void)arg;
	if (room < len)
		return NGHTTP2_ERR_CALLBACK_FAILURE;
	memcpy(out, is_part ? part : empty, len);
	*flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
	nghttp2_submit_trailer(session, id, &trailer, 1);
	return (ssize_t)len;
}

static int on_begin(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	(void)arg;
	return nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, calloc(1, sizeof(struct message)));
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data, size_t len, void *arg)
{
	struct message *m = nghttp2_session_get_stream_user_data(session, id);
	(void)flags;
	(void)arg;
	if (!m)
		return NGHTTP2_ERR_CALLBACK_FAILURE;
	if (m->len + len > m->cap) {
		size_t cap = (m->len + len) * 2;
		char *grown = realloc(m->data, cap);
		if (!grown)
			return NGHTTP2_ERR_CALLBACK_FAILURE;
		m->data = grown;
		m->cap = cap;
	}
	memcpy(m->data + m->len, data, len);
	m->len += len;
	return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	nghttp2_nv head[] = {PAIR(":status", "200"), PAIR("content-type", "application/grpc")};
	nghttp2_data_provider reply = {.read_callback = read_reply};
	struct connection *c = arg;
	struct message *m;

	if (!(frame->hd.flags & NGHTTP2_FLAG_END_STREAM) || frame->hd.type != NGHTTP2_DATA)
		return 0;
	m = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
	if (!m || m->len < PREFIX)
		return NGHTTP2_ERR_CALLBACK_FAILURE;
	reply.source.fd = c->take(c->fd, m->data + PREFIX, m->len - PREFIX);
	if (reply.source.fd == DISCARD_END)
		return NGHTTP2_ERR_CALLBACK_FAILURE;
	return nghttp2_submit_response(session, frame->hd.stream_id, head, 2, &reply);
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error, void *arg)
{
	struct message *m = nghttp2_session_get_stream_user_data(session, id);
	(void)error;
	(void)arg;
	if (m)
		free(m->data);
	free(m);
	return 0;
}

static ssize_t put(nghttp2_session *session, const uint8_t *data, size_t len, int flags, void *arg)
{
	struct connection *c = arg;
	ssize_t n = send(c->fd, data, len, MSG_NOSIGNAL);
	(void)session;
	(void)flags;
	return n > 0 ? n : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static nghttp2_session *open_session(struct connection *c)
{
	const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW},
						   {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, PIECE}};
	nghttp2_session_callbacks *callbacks = NULL;
	nghttp2_session *session = NULL;

	nghttp2_session_callbacks_new(&callbacks);
	nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin);
	nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
	nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
	nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
	nghttp2_session_callbacks_set_send_callback(callbacks, put);
	nghttp2_session_server_new(&session, callbacks, c);
	nghttp2_session_callbacks_del(callbacks);
	nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, sizeof settings / sizeof *settings);
	nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, WINDOW);
	return session;
}

void discard_h2_serve(int fd, const char *begun, size_t len, int (*take)(int fd, const char *message, size_t len))
{
	struct connection c = {fd, take};
	nghttp2_session *session = open_session(&c);
	char *piece = malloc(PIECE);
	ssize_t n = (ssize_t)len;
	const char *data = begun;
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	while (piece && n > 0 && nghttp2_session_mem_recv(session, (const uint8_t *)data, (size_t)n) == n &&
	       nghttp2_session_send(session) == 0) {
		n = recv(fd, piece, PIECE, 0);
		data = piece;
	}
	free(piece);
	nghttp2_session_del(session);
}
