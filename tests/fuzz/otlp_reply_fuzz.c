/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_reply_fuzz.c - any answer of a backend: the verdict is one the pipeline knows, and its words are one line of
 * UTF-8. The first bytes choose protocol, status and error, the rest is body, headers and trailers at once.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/reply.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {"text/html", "application/x-protobuf", "application/json",
					    "application/grpc"};
	struct verdict verdict;
	if (size < 3)
		return 0;
	size_t len = size - 3;
	char *text = malloc(len + 1);
	uint8_t *body = malloc(len ? len : 1);
	if (!text || !body)
		abort();
	memcpy(body, data + 3, len);
	memcpy(text, data + 3, len);
	text[len] = '\0';

	const struct endpoint endpoint = {.shown = (char *)(uintptr_t) "http://h", .port = 4317 + (data[2] >> 7)};
	const struct question question = {.endpoint = &endpoint,
					  .protocol = (enum protocol)(data[2] >> 4 & 3) % 3,
					  .is_packed = data[2] & 8,
					  .items = 5,
					  .name = "spans",
					  .now_unix_s = 1700000000};
	const otel_header headers[] = {
		{"grpc-message", text}, {"grpc-status-details-bin", text}, {"grpc-status", text}};
	const otel_http_reply reply = {
		.size = sizeof reply,
		.error = (otel_http_error)(data[0] & 15),
		.status = data[1] * 3,
		.sent = data[2] & 1,
		.message = "",
		.content_type = types[data[2] >> 1 & 3],
		.retry_after = text,
		.body = body,
		.body_len = len,
		.headers = headers,
		.header_count = data[0] >> 4 & 3,
	};
	reply_judge(&verdict, &reply, &question);
	size_t words = strnlen(verdict.message, sizeof verdict.message);
	if (verdict.result == OTEL_EXPORT_PENDING || (unsigned)verdict.result > OTEL_EXPORT_TOO_LARGE ||
	    verdict.rejected > 5 || verdict.retry_after_ms > 86400000 || words == sizeof verdict.message ||
	    !str_is_utf8(verdict.message, words) || strpbrk(verdict.message, "\r\n\x1b"))
		abort();
	free(text);
	free(body);
	return 0;
}
