/* SPDX-License-Identifier: Apache-2.0
 *
 * inflate.c - one or more gzip members (RFC 1952 allows several), unpacked piece by piece.
 */
#include "tools/otel-c/sink/inflate.h"

#include <zlib.h>

#define PIECE       (64 * 1024)
#define GZIP_WINDOW (16 + MAX_WBITS) /* a gzip header is required */

/* Unpacks one piece. Z_OK: there is more to do. */
static int step(z_stream *z, struct buf *out, enum sink_inflate_result *result)
{
	size_t room = out->max - out->len < PIECE ? out->max - out->len : PIECE;
	uint8_t probe;
	int code;

	if (room && !buf_reserve(out, room)) {
		*result = SINK_INFLATE_NO_MEMORY;
		return Z_MEM_ERROR;
	}
	/* With no room left, one byte of elsewhere tells an exact fit from too much. */
	z->next_out = room ? out->data + out->len : &probe;
	z->avail_out = room ? (uInt)room : 1;
	code = inflate(z, Z_NO_FLUSH);
	if (room) {
		out->len += room - z->avail_out;
	} else if (!z->avail_out) {
		*result = SINK_INFLATE_TOO_LARGE;
		return Z_BUF_ERROR;
	}
	return code;
}

static enum sink_inflate_result inflate_members(z_stream *z, struct buf *out, const char **why)
{
	enum sink_inflate_result result = SINK_INFLATE_BROKEN;
	int code;

	for (;;) {
		code = step(z, out, &result);
		if (code == Z_STREAM_END && !z->avail_in)
			return SINK_INFLATED;
		if (code == Z_STREAM_END)
			code = inflateReset(z);
		if (code != Z_OK)
			break;
	}
	if (code == Z_MEM_ERROR)
		result = SINK_INFLATE_NO_MEMORY;
	*why = code == Z_BUF_ERROR ? "the gzip data ends too early" : "the body is not gzip";
	return result;
}

enum sink_inflate_result sink_inflate(const uint8_t *data, size_t len, struct buf *out, const char **why)
{
	z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)data, .avail_in = (uInt)len};
	enum sink_inflate_result result;

	if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
		return SINK_INFLATE_NO_MEMORY;
	result = inflate_members(&z, out, why);
	inflateEnd(&z);
	return result;
}
