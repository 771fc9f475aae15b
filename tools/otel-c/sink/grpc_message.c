/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_message.c - prefix, length, compression.
 */
#include "tools/otel-c/sink/grpc_message.h"

#include <endian.h>
#include <inttypes.h>
#include <string.h>

#include "tools/otel-c/sink/inflate.h"
#include "tools/otel-c/sink/refusal.h"

static unsigned refuse_size(struct otlp_fault *fault, const char *what, uint64_t max)
{
	return sink_refuse(fault, SINK_GRPC_RESOURCE_EXHAUSTED,
			   "the message%s is larger than %" PRIu64 " bytes, the most that is taken", what, max);
}

static unsigned unpack(const struct sink_request *r, struct buf *unpacked, struct view *message,
		       struct otlp_fault *fault)
{
	const char *why = "";

	switch (sink_inflate((const uint8_t *)message->ptr, message->len, unpacked, &why)) {
	case SINK_INFLATED:
		*message = (struct view){buf_str(unpacked), unpacked->len};
		return 0;
	case SINK_INFLATE_TOO_LARGE:
		return refuse_size(fault, ", unpacked,", r->body_max);
	case SINK_INFLATE_NO_MEMORY:
		return sink_refuse(fault, SINK_GRPC_UNAVAILABLE, "out of memory");
	default:
		return sink_refuse(fault, SINK_GRPC_INTERNAL, "grpc-encoding is gzip, but %s", why);
	}
}

/* What the prefix says against what came. */
static unsigned check_frame(const struct sink_request *r, uint64_t announced, struct otlp_fault *fault)
{
	const uint64_t came = r->body_len - SINK_GRPC_PREFIX;

	if (announced > r->body_max)
		return refuse_size(fault, "", r->body_max);
	if (announced < came)
		return sink_refuse(fault, SINK_GRPC_INTERNAL,
				   "more than one message came, or bytes behind it; a call of Export has one");
	if (announced == came)
		return 0;
	return sink_refuse(fault, SINK_GRPC_INTERNAL,
			   "the message ends after %" PRIu64 " bytes, its prefix says %" PRIu64, came, announced);
}

unsigned sink_grpc_message(const struct sink_request *r, struct buf *unpacked, struct view *message,
			   struct otlp_fault *fault)
{
	uint32_t len;
	unsigned status;

	if (r->too_large)
		return refuse_size(fault, "", r->body_max);
	if (r->body_len < SINK_GRPC_PREFIX)
		return sink_refuse(fault, SINK_GRPC_INTERNAL, "no message came: the body is shorter than a prefix");
	if (r->body[0] > 1)
		return sink_refuse(fault, SINK_GRPC_INTERNAL,
				   "the first byte of the message's prefix is neither 0 nor 1");
	memcpy(&len, r->body + 1, sizeof len);
	status = check_frame(r, be32toh(len), fault);
	if (status)
		return status;
	*message = (struct view){(const char *)r->body + SINK_GRPC_PREFIX, r->body_len - SINK_GRPC_PREFIX};
	if (!r->body[0])
		return 0;
	if (!r->grpc_encoding || strcmp(r->grpc_encoding, "gzip") != 0)
		return sink_refuse(fault, SINK_GRPC_INTERNAL,
				   "the message is packed, but grpc-encoding does not say how");
	return unpack(r, unpacked, message, fault);
}
