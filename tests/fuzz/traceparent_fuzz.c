/* SPDX-License-Identifier: Apache-2.0
 *
 * traceparent_fuzz.c - any bytes as a traceparent: what is accepted is valid, and is read the same when sent on.
 */
#include "api/traceparent.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of the exact size: reading past the end is seen. */
	char *text = malloc(size ? size : 1);
	char again[TRACEPARENT_LEN + 1];
	otel_span_context first;
	otel_span_context second;

	if (!text)
		abort();
	memcpy(text, data, size);
	if (!traceparent_parse(text, size, &first))
		goto out;
	traceparent_format(again, &first);
	if (strlen(again) != TRACEPARENT_LEN || !traceparent_parse(again, TRACEPARENT_LEN, &second) ||
	    memcmp(&first, &second, sizeof(first)) != 0)
		abort();
out:
	free(text);
	return 0;
}
