/* SPDX-License-Identifier: Apache-2.0
 *
 * json_scan.c - a scanner that never looks back: each byte is seen a fixed number of times.
 */
#include "otlp/text/json_scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "otlp/text/json_schema.h"

void json_scan_init(struct json_scan *s, const char *text, size_t len, struct otlp_fault *fault)
{
	*s = (struct json_scan){.start = text, .at = text, .end = text + len, .fault = fault};
	buf_init(&s->text, len + 1);
}

void json_scan_fini(struct json_scan *s)
{
	buf_fini(&s->text);
}

bool json_scan_fail(struct json_scan *s, const char *format, ...)
{
	size_t line = 1;
	const char *line_start = s->start;
	char words[200];
	va_list args;

	if (s->failed)
		return false;
	s->failed = true;
	for (const char *at = s->start; at < s->at; at++) {
		line += *at == '\n';
		line_start = *at == '\n' ? at + 1 : line_start;
	}
	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	if (line == 1)
		snprintf(s->fault->text, sizeof s->fault->text, "JSON: column %zu: %s",
			 (size_t)(s->at - line_start) + 1, words);
	else
		snprintf(s->fault->text, sizeof s->fault->text, "JSON: line %zu, column %zu: %s", line,
			 (size_t)(s->at - line_start) + 1, words);
	return false;
}

/* ---- structure ---- */

char json_scan_peek(struct json_scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r'))
		s->at++;
	return s->at < s->end ? *s->at : '\0';
}

bool json_scan_take(struct json_scan *s, char wanted)
{
	if (s->failed || json_scan_peek(s) != wanted || s->at == s->end)
		return false;
	s->at++;
	return true;
}

bool json_scan_more(struct json_scan *s, char end, bool *is_first)
{
	const bool was_first = *is_first;

	*is_first = false;
	if (s->failed || json_scan_take(s, end))
		return false;
	if (was_first || json_scan_take(s, ','))
		return true;
	return json_scan_fail(s, "there should be \",\" or \"%c\"", end);
}

bool json_scan_end(struct json_scan *s)
{
	if (s->failed)
		return false;
	json_scan_peek(s);
	return s->at == s->end || json_scan_fail(s, "something comes after the end");
}

/* ---- texts ---- */

static bool take_hex4(struct json_scan *s, uint32_t *unit)
{
	*unit = 0;
	for (unsigned i = 0; i < 4; i++, s->at++) {
		const int digit = s->at < s->end ? char_hex(*s->at) : -1;

		if (digit < 0)
			return json_scan_fail(s, "\\u without four hex digits");
		*unit = *unit << 4 | (uint32_t)digit;
	}
	return true;
}

/* Two surrogates make one character; one alone makes none. */
static bool take_point(struct json_scan *s, uint32_t *point)
{
	uint32_t low;

	if (!take_hex4(s, point))
		return false;
	if (*point < 0xd800 || *point > 0xdfff)
		return true;
	if (*point > 0xdbff || s->end - s->at < 2 || s->at[0] != '\\' || s->at[1] != 'u')
		return json_scan_fail(s, "half of a surrogate pair");
	s->at += 2;
	if (!take_hex4(s, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return json_scan_fail(s, "half of a surrogate pair");
	*point = 0x10000 + ((*point & 0x3ff) << 10 | (low & 0x3ff));
	return true;
}

static void append_point(struct buf *out, uint32_t point)
{
	const unsigned more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
	static const uint8_t leads[] = {0x00, 0xc0, 0xe0, 0xf0};

	buf_append_char(out, (char)(leads[more] | point >> 6 * more));
	for (unsigned i = more; i-- > 0;)
		buf_append_char(out, (char)(0x80 | (point >> 6 * i & 0x3f)));
}

static bool take_escape(struct json_scan *s)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char c = s->at < s->end ? *s->at : '\0';
	const char *known = c ? strchr(from, c) : NULL;
	uint32_t point;

	if (known) {
		s->at++;
		return buf_append_char(&s->text, to[known - from]);
	}
	if (c != 'u')
		return json_scan_fail(s, "no such escape");
	s->at++;
	if (!take_point(s, &point))
		return false;
	append_point(&s->text, point);
	return true;
}

/* From behind the opening quote to the next quote, backslash or forbidden character. */
static struct view take_plain(struct json_scan *s)
{
	const char *from = s->at;

	while (s->at < s->end && *s->at != '"' && *s->at != '\\' && (uint8_t)*s->at >= ' ')
		s->at++;
	return (struct view){from, (size_t)(s->at - from)};
}

static bool take_escaped(struct json_scan *s, struct view *text)
{
	buf_clear(&s->text);
	buf_append(&s->text, text->ptr, text->len);
	while (s->at < s->end && *s->at == '\\') {
		s->at++;
		if (!take_escape(s))
			return false;
		const struct view plain = take_plain(s);
		buf_append(&s->text, plain.ptr, plain.len);
	}
	*text = (struct view){(const char *)s->text.data, s->text.len};
	return !s->text.failed || json_scan_fail(s, "out of memory");
}

bool json_scan_text(struct json_scan *s, struct view *text)
{
	if (!json_scan_take(s, '"'))
		return json_scan_fail(s, "there should be a text");
	*text = take_plain(s);
	if (s->at < s->end && *s->at == '\\' && !take_escaped(s, text))
		return false;
	if (s->at == s->end)
		return json_scan_fail(s, "the text has no end");
	if (*s->at != '"')
		return json_scan_fail(s, "a control character inside a text");
	if (!str_is_utf8(text->ptr, text->len))
		return json_scan_fail(s, "the text that ends here is not UTF-8");
	s->at++;
	return true;
}

bool json_scan_key(struct json_scan *s, struct view *key)
{
	return json_scan_text(s, key) && (json_scan_take(s, ':') || json_scan_fail(s, "there should be \":\""));
}

/* ---- other values ---- */

static size_t digits(struct view v, size_t *at)
{
	const size_t from = *at;

	while (*at < v.len && char_is_digit(v.ptr[*at]))
		++*at;
	return *at - from;
}

static bool is_number(struct view v)
{
	size_t at = v.len && *v.ptr == '-';
	const bool zero = at < v.len && v.ptr[at] == '0';
	const size_t whole = digits(v, &at);

	if (!whole || (zero && whole > 1))
		return false;
	if (at < v.len && v.ptr[at] == '.' && (++at, !digits(v, &at)))
		return false;
	if (at < v.len && (v.ptr[at] == 'e' || v.ptr[at] == 'E')) {
		at++;
		at += at < v.len && (v.ptr[at] == '+' || v.ptr[at] == '-');
		if (!digits(v, &at))
			return false;
	}
	return at == v.len;
}

static bool is_word_char(char c)
{
	return char_is_digit(c) || char_is_letter(c) || c == '-' || c == '+' || c == '.';
}

bool json_scan_word(struct json_scan *s, struct view *word)
{
	if (s->failed)
		return false;
	json_scan_peek(s);
	const char *from = s->at;
	while (s->at < s->end && is_word_char(*s->at))
		s->at++;
	*word = (struct view){from, (size_t)(s->at - from)};
	if (is_number(*word) || view_equals(*word, "true") || view_equals(*word, "false") || view_equals(*word, "null"))
		return true;
	s->at = from;
	return json_scan_fail(s, s->at == s->end ? "the end comes too early" : "there should be a value");
}

bool json_scan_skip(struct json_scan *s, unsigned depth)
{
	const char kind = json_scan_peek(s);
	bool is_first = true;
	struct view view;

	if (depth > JSON_DEPTH_MAX)
		return json_scan_fail(s, "nested deeper than %d levels", JSON_DEPTH_MAX);
	if (kind == '"')
		return json_scan_text(s, &view);
	if (kind != '{' && kind != '[')
		return json_scan_word(s, &view);
	s->at++;
	while (json_scan_more(s, kind == '{' ? '}' : ']', &is_first))
		if ((kind == '{' && !json_scan_key(s, &view)) || !json_scan_skip(s, depth + 1))
			return false;
	return !s->failed;
}
