/* SPDX-License-Identifier: Apache-2.0
 *
 * body.h - what is sent for a batch: its bytes as they are, or as JSON, compressed, in a frame, by the protocol.
 */
#ifndef OTEL_OTLP_BODY_H
#define OTEL_OTLP_BODY_H

#include <otel/plugin.h>

#include "otlp/protocol.h"

struct body {
	const uint8_t *data; /* of the batch, or of this body */
	size_t len;
	uint8_t *made; /* NULL: nothing had to be made */
	bool is_packed;
	bool is_too_large; /* nothing was made: as JSON it would be more than 64 MiB */
};

/* false: out of memory, or the batch is no request; *why is a static sentence then. */
bool body_make(struct body *body, const otel_batch *batch, enum protocol protocol, bool packs, const char **why);

void body_fini(struct body *body);

#endif
