/* SPDX-License-Identifier: Apache-2.0
 *
 * answer_headers_fuzz.c - any bytes as the header lines of an answer: names are tokens, and there is an end to all.
 */
#include <stdlib.h>
#include <string.h>

#include "http/answer_headers.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct answer_headers headers;
	const char *rest = (const char *)data;
	size_t left = size;

	answer_headers_init(&headers);
	while (left) {
		const char *end = memchr(rest, '\n', left);
		const size_t len = end ? (size_t)(end - rest) + 1 : left;
		char *line = malloc(len); /* so that reading beyond is seen */
		if (!line)
			abort();
		memcpy(line, rest, len);
		const bool goes_on = answer_headers_add(&headers, line, len);
		free(line);
		rest += len;
		left -= len;
		if (!goes_on)
			break;
	}
	const otel_header *list = answer_headers_list(&headers);
	if (headers.count > 256 || (headers.count && !list))
		abort();
	for (size_t i = 0; i < headers.count; i++)
		if (!view_is_token(view_of(list[i].name)) || strchr(list[i].value, '\n'))
			abort();
	answer_headers_fini(&headers);
	return 0;
}
