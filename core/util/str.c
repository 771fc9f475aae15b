/* SPDX-License-Identifier: Apache-2.0
 *
 * str.c - views, hex, percent-encoding, text of headers and likeness of words, without the locale.
 */
#include "util/str.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank_(char c)
{
	return c == ' ' || c == '\t';
}

struct view view_of(const char *s)
{
	return (struct view){s, s ? strlen(s) : 0};
}

struct view view_trim(struct view v)
{
	while (v.len && is_blank_(v.ptr[0])) {
		v.ptr++;
		v.len--;
	}
	while (v.len && is_blank_(v.ptr[v.len - 1]))
		v.len--;
	return v;
}

bool view_equals(struct view v, const char *s)
{
	return v.len == strlen(s) && !memcmp(v.ptr ? v.ptr : "", s, v.len);
}

bool view_equals_nocase(struct view v, const char *s)
{
	if (v.len != strlen(s))
		return false;
	for (size_t i = 0; i < v.len; i++) {
		if (char_lower(v.ptr[i]) != char_lower(s[i]))
			return false;
	}
	return true;
}

bool view_split(struct view *rest, char separator, struct view *piece)
{
	const char *end;

	if (!rest->ptr)
		return false;
	end = memchr(rest->ptr, separator, rest->len);
	if (!end) {
		*piece = *rest;
		*rest = (struct view){NULL, 0};
		return true;
	}
	*piece = (struct view){rest->ptr, (size_t)(end - rest->ptr)};
	*rest = (struct view){end + 1, rest->len - piece->len - 1};
	return true;
}

char *view_dup(struct view v)
{
	char *copy = malloc(v.len + 1);

	if (!copy)
		return NULL;
	if (v.len)
		memcpy(copy, v.ptr, v.len);
	copy[v.len] = 0;
	return copy;
}

bool str_equals_nocase(const char *a, const char *b)
{
	return view_equals_nocase(view_of(a), b);
}

void str_to_hex(char *out, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
}

int char_hex(char c)
{
	if (char_is_digit(c))
		return c - '0';
	c = char_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_from_hex(uint8_t *out, const char *hex, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int high = char_hex(hex[2 * i]);
		int low = high < 0 ? -1 : char_hex(hex[2 * i + 1]);
		if (low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

char *str_percent_decode(struct view v)
{
	char *text = view_dup(v);
	size_t len = 0;

	for (size_t i = 0; text && i < v.len; i++) {
		uint8_t byte = (uint8_t)v.ptr[i];
		if (byte == '%') {
			/* %00 would cut the result short behind the caller's back. */
			if (v.len - i < 3 || !str_from_hex(&byte, v.ptr + i + 1, 1) || !byte) {
				free(text);
				return NULL;
			}
			i += 2;
		}
		text[len++] = (char)byte;
	}
	if (text)
		text[len] = 0;
	return text;
}

static bool is_token_char_(char c)
{
	return char_is_letter(c) || char_is_digit(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

bool view_is_token(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (!is_token_char_(v.ptr[i]))
			return false;
	return v.len > 0;
}

bool view_is_header_value(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (((uint8_t)v.ptr[i] < 0x20 && v.ptr[i] != '\t') || v.ptr[i] == 0x7f)
			return false;
	return true;
}

#define DISTANCE_MAX 127 /* names longer than this resemble nothing */

unsigned str_distance(const char *a, const char *b, unsigned cap)
{
	size_t rows = strlen(a);
	size_t columns = strlen(b);
	unsigned row[DISTANCE_MAX + 1];

	if (rows > DISTANCE_MAX || columns > DISTANCE_MAX)
		return cap;
	for (size_t j = 0; j <= columns; j++)
		row[j] = (unsigned)j;
	for (size_t i = 0; i < rows; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i + 1;
		for (size_t j = 0; j < columns; j++) {
			unsigned best = diagonal + (char_lower(a[i]) != char_lower(b[j]));
			diagonal = row[j + 1];
			if (row[j + 1] + 1 < best)
				best = row[j + 1] + 1;
			if (row[j] + 1 < best)
				best = row[j] + 1;
			row[j + 1] = best;
		}
	}
	return row[columns] < cap ? row[columns] : cap;
}
