/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate_fuzz.c - any bytes as a tracestate: what is accepted is within the limits, and stays as it is when read
 * again.
 */
#include <stdlib.h>
#include <string.h>

#include "api/slot.h"

#define LONGEST (32 * (256 + 1 + 256) + 31)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	otel_tracestate_unref_v1(first);
	otel_tracestate_unref_v1(second);
	return 0;
}
