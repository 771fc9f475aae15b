/* SPDX-License-Identifier: Apache-2.0
 *
 * input.h - requests from a file, one after the other, as protobuf bytes.
 */
#ifndef OTEL_TOOLS_SEND_INPUT_H
#define OTEL_TOOLS_SEND_INPUT_H

#include "otlp/text/fault.h"
#include "util/buf.h"

/* The most that OTLP lets a request be; also of a line. */
#define SEND_REQUEST_MAX ((size_t)64 << 20)

enum send_form { SEND_UNKNOWN, SEND_LINES, SEND_PROTOBUF };

struct send_input {
	int fd;
	enum send_form form;
	struct buf bytes; /* what was read */
	size_t at; /* and used */
	bool at_end;
	uint64_t line; /* of the last request; 0 in protobuf */
	uint32_t given_signal;
	struct buf request; /* the last one */
	uint32_t signal; /* otel_signal, in it; of the last one */
	uint32_t items; /* spans, data points or log records */
};

enum send_got {
	SEND_REQUEST, /* input.request and spans */
	SEND_BROKEN, /* no request: the fault says why; there may be others behind it */
	SEND_UNREADABLE, /* the fault says why; that was it */
	SEND_END
};

/* Takes the descriptor over. signal: what protobuf holds that does not tell it itself, 0 = that is not known. */
void send_input_init(struct send_input *input, int fd, uint32_t signal);
void send_input_fini(struct send_input *input);

enum send_got send_input_next(struct send_input *input, struct otlp_fault *fault);

#endif
