/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_answer_fuzz.c - anything as grpc-status, grpc-message, details and as a framed message: nothing that is read
 * lies outside, waits are bounded, and what was wrapped is read again.
 */
#include <stdlib.h>
#include <string.h>

#include "otlp/grpc_inflate.h"
#include "otlp/grpc_message.h"
#include "otlp/grpc_status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_status(const char *text)
{
	const otel_header headers[] = {
		{"grpc-message", text}, {"Grpc-Status-Details-Bin", text}, {"grpc-status", text}};
	struct grpc_status status;

	grpc_status_read(&status, headers, sizeof headers / sizeof *headers);
	if (!status.is_there || status.words_len > strlen(text) || status.words_len > GRPC_WORDS_MAX ||
	    status.retry_ms > 86400000 || (!status.has_retry_info && status.retry_ms) || !*grpc_code_name(status.code))
		abort();
}

static void check_message(const uint8_t *data, size_t size)
{
	const uint8_t *message = NULL;
	struct buf room;
	size_t len = 0, framed_len;
	uint8_t sum = 0;

	buf_init(&room, 1 << 20);
	if (grpc_message_read(data, size, &room, &message, &len) == GRPC_MESSAGE_WHOLE)
		for (size_t i = 0; i < len; i++)
			sum = (uint8_t)(sum + message[i]); /* all of it may be read */
	buf_fini(&room);
	uint8_t *framed = grpc_message_wrap(data, size, false, &framed_len);
	if (grpc_message_read(framed, framed_len, &room, &message, &len) != GRPC_MESSAGE_WHOLE || len != size ||
	    (size && memcmp(message, data, size) != 0))
		abort();
	free(framed);
	(void)sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text || !grpc_inflate_open())
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	check_status(text);
	check_message(data, size);
	free(text);
	return 0;
}
