/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_stream.c - a reply is a head, a body that libnghttp2 asks for piece by piece, and trailers; those that are
 * broken off end within the body, where libnghttp2 is told that the rest comes later.
 */
#include "tools/otel-c/sink/h2_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 32

struct sink_h2_stream *sink_h2_stream_create(int32_t id, size_t body_max)
{
	struct sink_h2_stream *stream = calloc(1, sizeof *stream);

	if (!stream)
		return NULL;
	stream->id = id;
	stream->due_ms = UINT64_MAX;
	sink_fields_init(&stream->fields, SINK_H2_FIELDS_MAX);
	buf_init(&stream->body, body_max);
	return stream;
}

void sink_h2_stream_free(struct sink_h2_stream *stream)
{
	if (!stream)
		return;
	sink_fields_fini(&stream->fields);
	buf_fini(&stream->body);
	if (stream->is_answered)
		sink_h2_reply_fini(&stream->reply);
	free(stream);
}

static nghttp2_nv pair_of(const char *name, const char *value)
{
	return (nghttp2_nv){.name = (uint8_t *)(uintptr_t)name,
			    .value = (uint8_t *)(uintptr_t)value,
			    .namelen = strlen(name),
			    .valuelen = strlen(value)};
}

static size_t add_pairs(nghttp2_nv pairs[FIELDS_MAX], size_t count, const struct sink_fields *fields)
{
	struct sink_field field;
	size_t cursor = 0;

	while (count < FIELDS_MAX && sink_fields_next(fields, &cursor, &field))
		pairs[count++] = pair_of(field.name, field.value);
	return count;
}

static uint64_t length_of(const struct sink_h2_reply *reply)
{
	return reply->body.len + reply->padding;
}

/* How much of the body is sent. */
static uint64_t limit_of(const struct sink_h2_reply *reply)
{
	switch (reply->manner.part) {
	case SINK_WHOLE:
		return length_of(reply);
	case SINK_SOME:
		return (length_of(reply) + 1) / 2;
	default:
		return 0;
	}
}

static size_t copy_body(struct sink_h2_stream *stream, uint8_t *out, size_t room)
{
	const struct buf *body = &stream->reply.body;
	const uint64_t left = limit_of(&stream->reply) - stream->sent;
	size_t len = left < room ? (size_t)left : room;
	size_t known = stream->sent < body->len ? body->len - (size_t)stream->sent : 0;

	known = known < len ? known : len;
	if (known)
		memcpy(out, body->data + stream->sent, known);
	memset(out + known, 0, len - known);
	stream->sent += len;
	return len;
}

static void finish(struct sink_h2_stream *stream, nghttp2_session *session, uint32_t *flags)
{
	nghttp2_nv pairs[FIELDS_MAX];
	const size_t count = add_pairs(pairs, 0, &stream->reply.trailers);

	*flags |= NGHTTP2_DATA_FLAG_EOF;
	if (count && nghttp2_submit_trailer(session, stream->id, pairs, count) == 0)
		*flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
}

/* As libnghttp2 wants it. */
static ssize_t read_body(nghttp2_session *session, int32_t id, uint8_t *out, size_t room, uint32_t *flags,
			 nghttp2_data_source *source, void *arg)
{
	struct sink_h2_stream *stream = source->ptr;
	const size_t len = copy_body(stream, out, room);
	const bool is_whole = stream->reply.manner.part == SINK_WHOLE;

	(void)id;
	(void)arg;
	if (is_whole && stream->sent == length_of(&stream->reply))
		finish(stream, session, flags);
	if (is_whole || len)
		return (ssize_t)len;
	*stream->broken_off = stream->reply.manner.end;
	return NGHTTP2_ERR_DEFERRED;
}

bool sink_h2_stream_submit(struct sink_h2_stream *stream, nghttp2_session *session)
{
	const struct sink_h2_reply *reply = &stream->reply;
	const nghttp2_data_provider body = {.source.ptr = stream, .read_callback = read_body};
	const bool has_more = length_of(reply) || reply->trailers.count || reply->manner.part != SINK_WHOLE;
	nghttp2_nv pairs[FIELDS_MAX];
	char status[16];
	size_t count = 0;

	snprintf(status, sizeof status, "%u", reply->status);
	pairs[count++] = pair_of(":status", status);
	count = add_pairs(pairs, count, &reply->head);
	stream->is_submitted = true;
	return nghttp2_submit_response(session, stream->id, pairs, count, has_more ? &body : NULL) == 0;
}

bool sink_h2_stream_is_active(const struct sink_h2_stream *stream)
{
	const struct sink_manner *manner = &stream->reply.manner;

	return !stream->is_answered || manner->end != SINK_SILENT;
}
