/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_id.c - the id generator "xray": trace ids whose first four bytes are the seconds since the epoch, which is how
 * AWS X-Ray files and finds them. The other twelve are random, so that samplers, which look at the low end, see no
 * clock in them.
 */
#include "aws.h"

#include <string.h>

struct xray_id {
	const otel_host *host;
};

static otel_status xray_open(void *self, const otel_host *host, otel_setup *setup)
{
	(void)setup;
	((struct xray_id *)self)->host = host;
	return OTEL_OK;
}

static void xray_trace_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	const struct xray_id *state = self;
	uint32_t seconds = (uint32_t)(state->host->unix_ns() / 1000000000u); /* wraps in 2106, as X-Ray's does */
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(seconds >> (24 - 8 * i));
	memcpy(out + 4, random + 4, 12);
}

const otel_id_generator aws_xray_id = {
	.component = {.size = sizeof(otel_id_generator), .state_size = sizeof(struct xray_id), .open = xray_open},
	.trace_id = xray_trace_id,
	.span_id = NULL, /* random, as everybody's */
	.trace_id_is_random = true,
};
