/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_json_fuzz.c - OTLP JSON from anybody: what is taken is a request that protobuf can read, and what the writer
 * makes of that comes back the same.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/text/check.h"
#include "otlp/text/json.h"
#include "sink_json.h"

#define BYTES_MAX ((size_t)16 << 20)

static void check_again(const struct otlp_request *request)
{
	char *text = otlp_json_write(request->message);
	struct otlp_request *again = NULL;
	struct otlp_fault fault;
	struct buf bytes;
	char *text_again = NULL;

	buf_init(&bytes, BYTES_MAX);
	if (!text)
		return;
	if (sink_json_read(text, strlen(text), &bytes, &fault) != OTLP_GOOD ||
	    otlp_request_decode(bytes.data, bytes.len, &again, &fault) != OTLP_GOOD ||
	    !(text_again = otlp_json_write(again->message)) || strcmp(text, text_again) != 0)
		abort();
	free(text);
	free(text_again);
	otlp_request_unref(again);
	buf_fini(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1); /* of the exact size: reading past the end is seen */
	struct otlp_request *request = NULL;
	struct otlp_fault fault;
	struct buf bytes;

	if (!text)
		return 0;
	memcpy(text, data, size);
	buf_init(&bytes, BYTES_MAX);
	if (sink_json_read(text, size, &bytes, &fault) == OTLP_GOOD) {
		if (otlp_request_decode(bytes.data, bytes.len, &request, &fault) != OTLP_GOOD)
			abort();
		if (otlp_request_check(request, &fault) == OTLP_GOOD)
			check_again(request);
	}
	otlp_request_unref(request);
	buf_fini(&bytes);
	free(text);
	return 0;
}
