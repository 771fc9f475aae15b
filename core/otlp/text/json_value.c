/* SPDX-License-Identifier: Apache-2.0
 *
 * json_value.c - proto3's JSON mapping with OTLP's changes, type by type.
 */
#include "otlp/text/json_value.h"

#include <math.h>
#include <string.h>

#include "util/str.h"

#define DIGITS_MAX 20 /* of 64 bits */

static void append_unsigned(struct buf *out, uint64_t number)
{
	char text[DIGITS_MAX];
	size_t at = sizeof text;

	do {
		text[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	buf_append(out, text + at, sizeof text - at);
}

static void append_signed(struct buf *out, int64_t number)
{
	if (number < 0)
		buf_append_char(out, '-');
	append_unsigned(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

static void append_double(struct buf *out, uint64_t bits)
{
	double number;

	memcpy(&number, &bits, sizeof number);
	if (isfinite(number)) {
		buf_append_double(out, number);
		return;
	}
	buf_append_char(out, '"');
	buf_append_double(out, number);
	buf_append_char(out, '"');
}

/* ---- texts ---- */

static bool is_plain(uint8_t c)
{
	return c >= ' ' && c != '"' && c != '\\' && c < 0x80;
}

static void append_escaped(struct buf *out, uint8_t c)
{
	static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
	static const char digits[] = "0123456789abcdef";
	const char letter = c == '"' || c == '\\' ? (char)c : c < sizeof letters ? letters[c] : '\0';

	if (letter)
		buf_append(out, (const char[]){'\\', letter}, 2);
	else
		buf_append(out, (const char[]){'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]}, 6);
}

/* The bytes of the character at s, which is not ASCII; 0: it is none. */
static size_t character_len(const uint8_t *s, size_t len)
{
	const size_t bytes = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	return bytes <= len && str_is_utf8((const char *)s, bytes) ? bytes : 0;
}

static void append_text(struct buf *out, const uint8_t *s, size_t len)
{
	size_t at = 0, from = 0;

	buf_append_char(out, '"');
	while (at < len) {
		const size_t step = is_plain(s[at]) ? 1 : s[at] >= 0x80 ? character_len(s + at, len - at) : 0;

		at += step;
		if (step)
			continue;
		buf_append(out, s + from, at - from);
		if (s[at] >= 0x80)
			buf_append_str(out, "\xef\xbf\xbd");
		else
			append_escaped(out, s[at]);
		from = ++at;
	}
	buf_append(out, s + from, at - from);
	buf_append_char(out, '"');
}

static void append_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
	buf_append_char(out, '"');
	if (buf_reserve(out, 2 * len)) {
		str_to_hex((char *)out->data + out->len, bytes, len);
		out->len += 2 * len;
	}
	buf_append_char(out, '"');
}

/* ---- all ---- */

/* Of 64 bits as texts, for JavaScript keeps 53 of a number. */
static void append_integer(struct buf *out, enum json_kind kind, uint64_t number)
{
	const char *const quote = kind >= JSON_INT64 ? "\"" : "";

	buf_append_str(out, quote);
	if (kind == JSON_INT32 || kind == JSON_ENUM)
		append_signed(out, (int32_t)number);
	else if (kind == JSON_SINT32)
		append_signed(out, (int32_t)((uint32_t)number >> 1 ^ (0 - ((uint32_t)number & 1))));
	else if (kind == JSON_UINT32 || kind == JSON_FIXED32)
		append_unsigned(out, (uint32_t)number);
	else if (kind == JSON_INT64 || kind == JSON_SFIXED64)
		append_signed(out, (int64_t)number);
	else
		append_unsigned(out, number);
	buf_append_str(out, quote);
}

void json_value_append(struct buf *out, uint8_t kind, const struct wire_field *value)
{
	switch (kind) {
	case JSON_TEXT:
		append_text(out, value->data, value->len);
		return;
	case JSON_ID:
		append_hex(out, value->data, value->len);
		return;
	case JSON_BYTES:
		buf_append_char(out, '"');
		buf_append_base64(out, value->data, value->len);
		buf_append_char(out, '"');
		return;
	case JSON_BOOL:
		buf_append_str(out, value->value ? "true" : "false");
		return;
	case JSON_DOUBLE:
		append_double(out, value->value);
		return;
	default:
		append_integer(out, (enum json_kind)kind, value->value);
	}
}
