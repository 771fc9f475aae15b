/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_reply_fuzz.c - any answer of a backend: the verdict is one the pipeline knows, and its words are one line of
 * UTF-8. The first bytes choose status and error, the rest is body and Retry-After at once.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/reply.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
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

	const otel_http_reply reply = {
		.size = sizeof reply,
		.error = (otel_http_error)(data[0] & 15),
		.status = data[1] * 3,
		.sent = data[2] & 1,
		.message = "",
		.content_type = data[2] & 2 ? "application/x-protobuf" : "text/html",
		.retry_after = text,
		.body = body,
		.body_len = len,
	};
	reply_judge(&verdict, &reply, "http://h/", 4317, 5, "spans", 1700000000);
	size_t words = strnlen(verdict.message, sizeof verdict.message);
	if (verdict.result == OTEL_EXPORT_PENDING || (unsigned)verdict.result > OTEL_EXPORT_UNKNOWN ||
	    verdict.rejected > 5 || verdict.retry_after_ms > 86400000 || words == sizeof verdict.message ||
	    !str_is_utf8(verdict.message, words) || strpbrk(verdict.message, "\r\n\x1b"))
		abort();
	free(text);
	free(body);
	return 0;
}
