/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_json_read_fuzz.c - OTLP JSON from anybody: what is taken is a request that protobuf can read, and what the
 * writer makes of that comes back the same.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/proto/logs_service.pb-c.h"
#include "otlp/proto/metrics_service.pb-c.h"
#include "otlp/proto/trace_service.pb-c.h"
#include "otlp/text/json.h"

#define BYTES_MAX ((size_t)16 << 20)
#define ALL       (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void unpack(otel_signal signal, const struct buf *request)
{
	static const ProtobufCMessageDescriptor *const types[] = {
		[OTEL_SIGNAL_TRACES] = &otlp__export_trace_service_request__descriptor,
		[OTEL_SIGNAL_METRICS] = &otlp__export_metrics_service_request__descriptor,
		[OTEL_SIGNAL_LOGS] = &otlp__export_logs_service_request__descriptor,
	};
	ProtobufCMessage *message = protobuf_c_message_unpack(types[signal], NULL, request->len, request->data);

	if (!message)
		abort();
	protobuf_c_message_free_unpacked(message, NULL);
}

/* The request as the writer has it, into `text`; and that read again, into `request`. */
static void there_and_back(otel_signal signal, struct buf *request, struct buf *text)
{
	uint32_t signals = ALL;
	struct otlp_fault fault;

	buf_clear(text);
	if (!otlp_json_request(text, signal, request->data, request->len))
		abort();
	buf_clear(request);
	if (otlp_json_read(request, &signals, (const char *)text->data, text->len, &fault) != OTLP_GOOD ||
	    signals != signal)
		abort();
}

static void check(otel_signal signal, struct buf *request)
{
	struct buf first, second;

	buf_init(&first, BYTES_MAX);
	buf_init(&second, BYTES_MAX);
	unpack(signal, request);
	there_and_back(signal, request, &first);
	there_and_back(signal, request, &second);
	if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
		abort();
	buf_fini(&first);
	buf_fini(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1); /* of the exact size: reading past the end is seen */
	struct otlp_fault fault = {""};
	uint32_t signals = ALL;
	struct buf request;

	if (!text)
		return 0;
	memcpy(text, data, size);
	buf_init(&request, BYTES_MAX);
	if (otlp_json_read(&request, &signals, text, size, &fault) != OTLP_GOOD) {
		if (request.len || !fault.text[0])
			abort();
	} else if (signals) {
		check((otel_signal)signals, &request);
	} else if (request.len) {
		abort();
	}
	buf_clear(&request);
	otlp_json_read_response(&request, text, size, &fault);
	otlp_json_read_status(&request, text, size, &fault);
	buf_fini(&request);
	free(text);
	return 0;
}
