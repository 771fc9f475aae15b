/* SPDX-License-Identifier: Apache-2.0
 *
 * manner.h - how an answer goes out: how much of it, when, and what becomes of the connection.
 */
#ifndef OTEL_TOOLS_SINK_MANNER_H
#define OTEL_TOOLS_SINK_MANNER_H

#include <stdint.h>

enum sink_part {
	SINK_WHOLE,
	SINK_NOTHING,
	SINK_HEAD, /* no byte of the body */
	SINK_SOME, /* a part of the body */
	SINK_GARBAGE /* something that is not of the protocol at all */
};

/* What comes after that part. */
enum sink_end {
	SINK_KEPT, /* the connection serves on */
	SINK_SILENT, /* as if there were more to come, but it never does */
	SINK_CLOSED,
	SINK_RESET,
	SINK_STREAM_RESET, /* of HTTP/2, as the next ones: RST_STREAM */
	SINK_GOAWAY, /* which tells that this stream was not looked at */
	SINK_GOAWAY_AFTER /* this stream is the last one */
};

/* All zero: sent at once, as it is. */
struct sink_manner {
	enum sink_part part;
	enum sink_end end;
	uint64_t delay_ms;
	uint32_t error; /* of HTTP/2, for RST_STREAM and GOAWAY */
};

#endif
