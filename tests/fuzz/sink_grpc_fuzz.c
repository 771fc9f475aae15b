/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_grpc_fuzz.c - calls from anybody: one header, cut off by a line end, then the body. There is an answer, and an
 * arrival exactly when the status is 0.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/sink/grpc.h"

static const char *const paths[] = {
	"/opentelemetry.proto.collector.trace.v1.TraceService/Export",
	"/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
	"/opentelemetry.proto.collector.logs.v1.LogsService/Export",
};

/* The first byte chooses what the header is, and for whom the body. */
static void call(uint8_t choice, const char *header, const uint8_t *body, size_t len)
{
	struct sink_request request = {.method = "POST",
				       .path = paths[choice % 3],
				       .content_type = "application/grpc",
				       .te = "trailers",
				       .grpc_encoding = "gzip",
				       .is_grpc = true,
				       .body = body,
				       .body_len = len,
				       .body_max = 1 << 20};
	const char **const headers[] = {&request.content_type, &request.te,   &request.grpc_encoding,
					&request.grpc_timeout, &request.path, &request.method};
	struct sink_answer answer;
	struct sink_arrival arrival;
	struct otlp_fault fault;
	bool is_good;

	if (choice / 3 < sizeof headers / sizeof *headers)
		*headers[choice / 3] = header;
	is_good = sink_grpc_exchange(&request, &answer, &arrival, &fault);
	if (!answer.is_grpc || is_good != !answer.grpc_status || (!is_good && !answer.grpc_message[0]))
		abort();
	if (is_good)
		sink_arrival_fini(&arrival);
	else if (arrival.spans || arrival.request.data)
		abort();
	sink_answer_fini(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 1 ? memchr(data + 1, '\n', size - 1) : NULL;
	char *header;
	uint8_t *body;
	size_t body_len;

	if (!end)
		return 0;
	body_len = size - (size_t)(end + 1 - data);
	header = strndup((const char *)data + 1, (size_t)(end - data) - 1);
	body = malloc(body_len ? body_len : 1); /* of the exact size: reading past the end is seen */
	if (header && body) {
		memcpy(body, end + 1, body_len);
		call(*data, header, body, body_len);
	}
	free(header);
	free(body);
	return 0;
}
