/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_json_write_fuzz.c - protobuf from anybody as JSON: jansson reads it, and so do we; what we read is written as it
 * was.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/text/json.h"

#define BYTES_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_json(const struct buf *text)
{
	json_t *json = json_loadb((const char *)text->data, text->len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

	if (!json || memchr(text->data, '\n', text->len))
		abort();
	json_decref(json);
}

static void check(otel_signal signal, const uint8_t *data, size_t size)
{
	struct buf text, again, request;
	struct otlp_fault fault;
	uint32_t signals = signal;

	buf_init(&text, BYTES_MAX);
	buf_init(&again, BYTES_MAX);
	buf_init(&request, BYTES_MAX);
	if (!otlp_json_request(&text, signal, data, size)) {
		if (text.len)
			abort();
		goto out;
	}
	check_json(&text);
	if (otlp_json_read(&request, &signals, (const char *)text.data, text.len, &fault) != OTLP_GOOD ||
	    signals != signal || !otlp_json_request(&again, signal, request.data, request.len) ||
	    again.len != text.len || memcmp(again.data, text.data, text.len) != 0)
		abort();
out:
	buf_fini(&text);
	buf_fini(&again);
	buf_fini(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1); /* of the exact size: reading past the end is seen */

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	check(OTEL_SIGNAL_TRACES, copy, size);
	check(OTEL_SIGNAL_METRICS, copy, size);
	check(OTEL_SIGNAL_LOGS, copy, size);
	free(copy);
	return 0;
}
