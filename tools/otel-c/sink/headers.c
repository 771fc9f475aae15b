/* SPDX-License-Identifier: Apache-2.0
 *
 * headers.c - headers for people, and for tests that look whether one came.
 */
#include "tools/otel-c/sink/headers.h"

#include <string.h>

#include "otlp/text/value.h"

#define VALUE_SHOWN 200

/* Any header whose name holds one of these words: Authorization, X-SF-Token, X-Amz-Security-Token, Cookie, Api-Key … */
static bool is_secret(const char *name)
{
	static const char *const words[] = {"auth", "token",      "cookie",    "secret", "passw",
					    "key",  "credential", "signature", "session"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasestr(name, words[i]))
			return true;
	}
	return false;
}

void sink_headers_begin(struct buf *line, const char *method, const char *path)
{
	buf_append_str(line, "request ");
	value_append_text(line, otlp_text_of(method), VALUE_SHOWN);
	buf_append_char(line, ' ');
	value_append_text(line, otlp_text_of(path), VALUE_SHOWN);
}

void sink_headers_add(struct buf *line, const char *name, const char *value)
{
	buf_append_str(line, " | ");
	value_append_text(line, otlp_text_of(name), VALUE_SHOWN);
	buf_append_str(line, ": ");
	if (is_secret(name))
		buf_append_str(line, "(redacted)");
	else
		value_append_text(line, otlp_text_of(value), VALUE_SHOWN);
}
