/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message.c - see the header.
 */
#include "otlp/grpc_message.h"

#include <stdlib.h>
#include <string.h>

#include "otlp/grpc_inflate.h"

uint8_t *grpc_message_wrap(const uint8_t *message, size_t len, bool is_packed, size_t *framed_len)
{
	uint8_t *frame = len <= UINT32_MAX ? malloc(GRPC_FRAME_HEAD + len) : NULL;
	if (!frame)
		return NULL;
	frame[0] = is_packed;
	for (int i = 0; i < 4; i++)
		frame[1 + i] = (uint8_t)(len >> (24 - 8 * i));
	if (len)
		memcpy(frame + GRPC_FRAME_HEAD, message, len);
	*framed_len = GRPC_FRAME_HEAD + len;
	return frame;
}

enum grpc_message grpc_message_read(const uint8_t *body, size_t body_len, struct buf *room, const uint8_t **out,
				    size_t *out_len)
{
	size_t len = 0;

	if (!body_len)
		return GRPC_MESSAGE_NONE;
	for (size_t i = 1; i < GRPC_FRAME_HEAD && i < body_len; i++)
		len = len << 8 | body[i];
	if (body_len < GRPC_FRAME_HEAD || body[0] > 1 || len != body_len - GRPC_FRAME_HEAD)
		return GRPC_MESSAGE_BROKEN;
	*out = body + GRPC_FRAME_HEAD;
	*out_len = len;
	if (!body[0])
		return GRPC_MESSAGE_WHOLE;
	if (!grpc_inflate(room, *out, len))
		return GRPC_MESSAGE_PACKED;
	*out = room->data;
	*out_len = room->len;
	return GRPC_MESSAGE_WHOLE;
}
