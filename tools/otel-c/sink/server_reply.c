/* SPDX-License-Identifier: Apache-2.0
 *
 * server_reply.c - heads, bodies, and pieces of them.
 */
#include "tools/otel-c/sink/server_reply.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define ALLOWED  "POST"
#define BLOCK    (64 * 1024)
#define PART_MAX (256 * 1024)

/* ---- by the library ---- */

static bool add_headers(struct MHD_Response *response, const struct sink_answer *answer)
{
	char retry_after[SINK_RETRY_AFTER_MAX];

	sink_answer_retry_after(answer, retry_after);
	return MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type) == MHD_YES &&
	       (answer->status != MHD_HTTP_METHOD_NOT_ALLOWED ||
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, ALLOWED) == MHD_YES) &&
	       (!answer->has_retry_after ||
		MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, retry_after) == MHD_YES) &&
	       (!answer->location ||
		MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, answer->location) == MHD_YES) &&
	       (answer->manner.end != SINK_CLOSED ||
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES);
}

static ssize_t read_padding(void *arg, uint64_t at, char *out, size_t room)
{
	(void)arg;
	(void)at;
	memset(out, 0, room);
	return (ssize_t)room;
}

enum MHD_Result sink_server_reply(struct MHD_Connection *connection, const struct sink_answer *answer)
{
	struct MHD_Response *response;
	enum MHD_Result queued = MHD_NO;

	if (answer->padding)
		response = MHD_create_response_from_callback(answer->padding, BLOCK, read_padding, NULL, NULL);
	else
		response = MHD_create_response_from_buffer(answer->body.len, answer->body.data, MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	if (add_headers(response, answer))
		queued = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* ---- by ourselves ---- */

/* What does not fit into the socket's buffer is lost, as is what comes after it. */
static void send_all(int fd, const struct buf *bytes)
{
	const int room = PART_MAX;

	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	if (send(fd, bytes->data, bytes->len, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)bytes->len)
		fprintf(stderr, "otel-c sink: a part of an answer could not be sent\n");
}

static void append_head(struct buf *out, const struct sink_answer *answer, size_t body_len)
{
	buf_printf(out, "HTTP/1.1 %u %s\r\nContent-Type: %s\r\n", answer->status,
		   MHD_get_reason_phrase_for(answer->status), answer->content_type);
	if (answer->head_padding) {
		buf_append_str(out, "X-Padding: ");
		for (uint64_t i = 0; i < answer->head_padding; i++)
			buf_append_char(out, 'x');
		buf_append_str(out, "\r\n");
	}
	buf_printf(out, "Content-Length: %zu\r\n\r\n", body_len);
}

/* Answers that say nothing are lengthened: they could not be broken off within their body otherwise. */
#define AT_LEAST 64

void sink_server_reply_part(int fd, const struct sink_answer *answer)
{
	const size_t len = answer->body.len;
	const bool is_short = len < AT_LEAST && answer->manner.part != SINK_WHOLE;
	struct buf out;

	buf_init(&out, PART_MAX);
	if (answer->manner.part == SINK_GARBAGE)
		buf_append_str(&out, "\x01\x02 this is no answer\r\n\r\n");
	else
		append_head(&out, answer, is_short ? AT_LEAST : len);
	if (answer->manner.part == SINK_WHOLE)
		buf_append(&out, answer->body.data, len);
	else if (answer->manner.part == SINK_SOME)
		buf_append(&out, is_short ? (const void *)"\n" : answer->body.data, is_short ? 1 : len / 2);
	send_all(fd, &out);
	buf_fini(&out);
}
