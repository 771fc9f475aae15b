/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_client.c - libnghttp2 on the other side.
 */
#include "h2_client.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOM ((size_t)64 << 20)

static struct h2_stream *stream_of(struct h2_client *client, int32_t id)
{
	const size_t at = (size_t)(id - 1) / 2;

	return id > 0 && at < client->count ? &client->streams[at] : NULL;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name, size_t name_len,
		     const uint8_t *value, size_t value_len, uint8_t flags, void *arg)
{
	struct h2_stream *stream = stream_of(arg, frame->hd.stream_id);

	(void)session;
	(void)flags;
	if (stream)
		sink_fields_add(stream->has_head ? &stream->trailers : &stream->head, (const char *)name, name_len,
				(const char *)value, value_len);
	return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data, size_t len, void *arg)
{
	struct h2_stream *stream = stream_of(arg, id);

	(void)session;
	(void)flags;
	if (stream)
		buf_append(&stream->body, data, len);
	return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct h2_client *client = arg;
	struct h2_stream *stream = stream_of(client, frame->hd.stream_id);

	(void)session;
	if (frame->hd.type == NGHTTP2_HEADERS && stream)
		stream->has_head = true;
	if (frame->hd.type == NGHTTP2_GOAWAY) {
		client->has_goaway = true;
		client->goaway_last = frame->goaway.last_stream_id;
		client->goaway_error = frame->goaway.error_code;
	}
	return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error, void *arg)
{
	struct h2_stream *stream = stream_of(arg, id);

	(void)session;
	if (stream) {
		stream->is_closed = true;
		stream->error = error;
	}
	return 0;
}

static ssize_t on_upload(nghttp2_session *session, int32_t id, uint8_t *out, size_t room, uint32_t *flags,
			 nghttp2_data_source *source, void *arg)
{
	struct h2_stream *stream = stream_of(arg, id);
	const size_t len = stream->upload_len < room ? stream->upload_len : room;

	(void)session;
	(void)source;
	if (len)
		memcpy(out, stream->upload, len);
	stream->upload += len;
	stream->upload_len -= len;
	if (!stream->upload_len)
		*flags |= NGHTTP2_DATA_FLAG_EOF;
	return (ssize_t)len;
}

void h2_client_connect(struct h2_client *client, int port)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	nghttp2_session_callbacks *callbacks;

	memset(client, 0, sizeof *client);
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(connect(client->fd, (const struct sockaddr *)&to, sizeof to), 0);
	nghttp2_session_callbacks_new(&callbacks);
	nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
	nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
	nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
	nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
	nghttp2_session_client_new(&client->session, callbacks, client);
	nghttp2_session_callbacks_del(callbacks);
	nghttp2_submit_settings(client->session, NGHTTP2_FLAG_NONE, NULL, 0);
}

void h2_client_close(struct h2_client *client)
{
	nghttp2_session_del(client->session);
	for (size_t i = 0; i < client->count; i++) {
		sink_fields_fini(&client->streams[i].head);
		sink_fields_fini(&client->streams[i].trailers);
		buf_fini(&client->streams[i].body);
	}
	close(client->fd);
}

struct h2_stream *h2_client_post(struct h2_client *client, const char *path, const void *body, size_t len)
{
	struct h2_stream *stream = &client->streams[client->count++];
	const char *const pairs[][2] = {
		{":method", "POST"}, {":scheme", "http"}, {":authority", "here"}, {":path", path}, {"te", "trailers"}};
	nghttp2_nv nv[sizeof pairs / sizeof *pairs];
	const nghttp2_data_provider upload = {.read_callback = on_upload};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		nv[i] = (nghttp2_nv){.name = (uint8_t *)(uintptr_t)pairs[i][0],
				     .namelen = strlen(pairs[i][0]),
				     .value = (uint8_t *)(uintptr_t)pairs[i][1],
				     .valuelen = strlen(pairs[i][1])};
	sink_fields_init(&stream->head, ROOM);
	sink_fields_init(&stream->trailers, ROOM);
	buf_init(&stream->body, ROOM);
	stream->upload = body;
	stream->upload_len = len;
	ck_assert_int_gt(nghttp2_submit_request(client->session, NULL, nv, sizeof pairs / sizeof *pairs, &upload, NULL),
			 0);
	return stream;
}

static void receive(struct h2_client *client)
{
	uint8_t data[16384];
	ssize_t got;

	while ((got = recv(client->fd, data, sizeof data, MSG_DONTWAIT)) > 0)
		nghttp2_session_mem_recv(client->session, data, (size_t)got);
	client->has_ended |= got == 0;
	client->was_reset |= got < 0 && errno == ECONNRESET;
}

void h2_client_run(struct h2_client *client)
{
	const uint8_t *data;
	ssize_t len;

	receive(client);
	while (!client->has_ended && !client->was_reset &&
	       (len = nghttp2_session_mem_send(client->session, &data)) > 0) {
		const ssize_t put = send(client->fd, data, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);

		ck_assert(put == len || errno == EPIPE || errno == ECONNRESET); /* windows are smaller than sockets */
		if (put != len)
			return;
	}
}
