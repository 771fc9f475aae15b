/* SPDX-License-Identifier: Apache-2.0
 *
 * answer_headers.c - see the header. libcurl has bounds of its own only for HTTP/2.
 */
#include "http/answer_headers.h"

#include <stdlib.h>
#include <string.h>

#include "util/str.h"

enum { MOST_BYTES = 256 << 10, MOST_FIELDS = 256 };

void answer_headers_init(struct answer_headers *headers)
{
	*headers = (struct answer_headers){0};
	buf_init(&headers->text, MOST_BYTES + 2 * MOST_FIELDS);
}

void answer_headers_fini(struct answer_headers *headers)
{
	buf_fini(&headers->text);
	free(headers->list);
	headers->list = NULL;
	headers->count = 0;
}

void answer_headers_clear(struct answer_headers *headers)
{
	buf_clear(&headers->text);
	headers->count = 0;
	headers->is_whole = false;
}

static bool add_text(struct buf *text, struct view v)
{
	return buf_append(text, v.ptr, strnlen(v.ptr, v.len)) && buf_append_char(text, '\0');
}

bool answer_headers_add(struct answer_headers *headers, const char *line, size_t len)
{
	struct view value = {line, len};
	struct view name;

	headers->bytes += len;
	if (headers->bytes > MOST_BYTES)
		return false;
	if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) { /* what came before belongs to an interim answer */
		answer_headers_clear(headers);
		return true;
	}
	while (value.len && (value.ptr[value.len - 1] == '\n' || value.ptr[value.len - 1] == '\r'))
		value.len--;
	headers->is_whole |= !value.len;
	if (!value.len || !view_split(&value, ':', &name) || !value.ptr || !view_is_token(name))
		return true; /* the end of a block, or a line that is no field */
	if (headers->count == MOST_FIELDS)
		return false;
	headers->count++;
	return add_text(&headers->text, name) && add_text(&headers->text, view_trim(value));
}

const otel_header *answer_headers_list(struct answer_headers *headers)
{
	if (headers->list || !headers->count)
		return headers->list;
	headers->list = calloc(headers->count, sizeof *headers->list);
	if (!headers->list) {
		headers->count = 0;
		return NULL;
	}
	const char *text = (const char *)headers->text.data;
	for (size_t i = 0; i < headers->count; i++) {
		headers->list[i].name = text;
		text += strlen(text) + 1;
		headers->list[i].value = text;
		text += strlen(text) + 1;
	}
	return headers->list;
}

const char *answer_headers_find(const struct answer_headers *headers, const char *name)
{
	for (size_t i = 0; headers->list && i < headers->count; i++)
		if (str_equals_nocase(headers->list[i].name, name))
			return headers->list[i].value;
	return "";
}
