/* SPDX-License-Identifier: Apache-2.0
 *
 * buf_base64.c - bytes as text, and back (RFC 4648).
 */
#include "util/buf.h"

#include "util/str.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool buf_append_base64(struct buf *b, const uint8_t *bytes, size_t len)
{
	for (size_t at = 0; at < len && !b->failed; at += 3) {
		const uint32_t second = at + 1 < len ? bytes[at + 1] : 0, third = at + 2 < len ? bytes[at + 2] : 0;
		const uint32_t group = (uint32_t)bytes[at] << 16 | second << 8 | third;
		const char text[] = {digits[group >> 18], digits[group >> 12 & 63],
				     at + 1 < len ? digits[group >> 6 & 63] : '=',
				     at + 2 < len ? digits[group & 63] : '='};

		buf_append(b, text, sizeof text);
	}
	return !b->failed;
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (char_is_digit(c))
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool buf_append_from_base64(struct buf *b, const char *text, size_t len)
{
	uint32_t group = 0;
	size_t count = len;

	while (count && len - count < 2 && text[count - 1] == '=')
		count--;
	if (count % 4 == 1 || (count < len && len % 4))
		return false;
	for (size_t i = 0; i < count; i++) {
		const int value = value_of(text[i]);

		if (value < 0)
			return false;
		group = group << 6 | (uint32_t)value;
		if (i % 4) /* 6 bits of a digit, 8 of a byte */
			buf_append_char(b, (char)(group >> (6 - 2 * (i % 4))));
	}
	return true;
}
