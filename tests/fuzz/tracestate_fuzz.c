/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate_fuzz.c - any bytes as a tracestate: what is accepted is within the limits, stays as it is when read again,
 * and is cut to what may be sent.
 */
#include <stdlib.h>
#include <string.h>

#include "api/slot.h"
#include "api/tracestate.h"

#define LONGEST (32 * (256 + 1 + 256) + 31)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is sent is within its limit, and members of what came in. */
static void expect_sendable(const struct otel_tracestate *tracestate)
{
	char cut[TRACESTATE_SENT_MAX + 1];
	const char *sent = tracestate_sent(tracestate, cut);
	struct otel_tracestate *read = otel_tracestate_make_v1(sent, strlen(sent));

	if (strlen(sent) > TRACESTATE_SENT_MAX || (*sent && (!read || strcmp(read->text, sent) != 0)))
		abort();
	otel_tracestate_unref_v1(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1);
	struct otel_tracestate *first;
	struct otel_tracestate *second;

	if (!text)
		abort();
	memcpy(text, data, size);
	first = otel_tracestate_make_v1(text, size);
	free(text);
	if (!first)
		return 0;
	second = otel_tracestate_make_v1(first->text, first->len);
	if (!second || first->len > LONGEST || strlen(first->text) != first->len ||
	    strcmp(first->text, second->text) != 0)
		abort();
	expect_sendable(first);
	otel_tracestate_unref_v1(first);
	otel_tracestate_unref_v1(second);
	return 0;
}
