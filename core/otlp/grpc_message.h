/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message.h - the frame around a gRPC message: one byte that tells whether it is compressed, four with its length.
 * Pure, but for the memory that an unpacked message takes.
 */
#ifndef OTEL_OTLP_GRPC_MESSAGE_H
#define OTEL_OTLP_GRPC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/buf.h"

enum { GRPC_FRAME_HEAD = 5 };

/* Frames a message; malloc'ed, the caller frees. NULL when out of memory. */
uint8_t *grpc_message_wrap(const uint8_t *message, size_t len, bool is_packed, size_t *framed_len);

enum grpc_message {
	GRPC_MESSAGE_NONE, /* the body is empty */
	GRPC_MESSAGE_WHOLE, /* *out has it */
	GRPC_MESSAGE_PACKED, /* whole, but compressed in a way that was not agreed upon, or too large unpacked */
	GRPC_MESSAGE_BROKEN /* cut short, or no frame */
};

/* The one message of an answer. What it points to lies in the body or, if it was compressed, in `room`. */
enum grpc_message grpc_message_read(const uint8_t *body, size_t body_len, struct buf *room, const uint8_t **out,
				    size_t *out_len);

#endif
