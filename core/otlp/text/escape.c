/* SPDX-License-Identifier: Apache-2.0
 *
 * escape.c - text of unknown origin, made safe for a terminal and a line.
 */
#include "otlp/text/value.h"

#include "util/str.h"

/* The length of the well-formed character at s, 0 if there is none; *point is its number. */
static size_t character(const uint8_t *s, size_t len, uint32_t *point)
{
	size_t bytes = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (bytes > len || !str_is_utf8((const char *)s, bytes))
		return 0;
	*point = bytes == 1 ? s[0] : s[0] & (0x7fu >> bytes);
	for (size_t i = 1; i < bytes; i++)
		*point = *point << 6 | (s[i] & 0x3f);
	return bytes;
}

/* Characters that move the cursor, start an escape sequence, break the line or turn the direction of the text. */
static bool is_harmful(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} rows[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x200b, 0x200f}, {0x2028, 0x202e},
		    {0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (point >= rows[i].first && point <= rows[i].last)
			return true;
	}
	return false;
}

static void append_escaped(struct buf *out, uint32_t point)
{
	switch (point) {
	case '\n':
		buf_append_str(out, "\\n");
		return;
	case '\r':
		buf_append_str(out, "\\r");
		return;
	case '\t':
		buf_append_str(out, "\\t");
		return;
	default:
		buf_printf(out, point < 0x80 ? "\\x%02x" : "\\u{%x}", point);
	}
}

/* quote: a character that gets a backslash, 0 = none. */
static void append(struct buf *out, ProtobufCBinaryData text, size_t max, uint8_t quote)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len && !out->failed; count++) {
		uint32_t point = 0;
		size_t bytes = character(text.data + i, text.len - i, &point);
		if (count == max) {
			buf_append_str(out, "…");
			return;
		}
		if (!bytes)
			buf_printf(out, "\\x%02x", text.data[i]);
		else if (is_harmful(point))
			append_escaped(out, point);
		else if (quote && point == quote)
			buf_printf(out, "\\%c", quote);
		else
			buf_append(out, text.data + i, bytes);
		i += bytes ? bytes : 1;
	}
}

void value_append_text(struct buf *out, ProtobufCBinaryData text, size_t max)
{
	append(out, text, max, 0);
}

void value_append_quoted(struct buf *out, ProtobufCBinaryData text, size_t max)
{
	buf_append_char(out, '"');
	append(out, text, max, '"');
	buf_append_char(out, '"');
}

size_t value_columns(const void *text, size_t len)
{
	const uint8_t *s = text;
	size_t columns = 0;

	for (size_t i = 0; i < len; i++)
		columns += (s[i] & 0xc0) != 0x80;
	return columns;
}
