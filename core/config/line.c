/* SPDX-License-Identifier: Apache-2.0
 *
 * line.c - putting the logical lines of an INI file together. Pure.
 */
#include "config/line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void line_open(struct line_source *source, const char *text, size_t len)
{
	*source = (struct line_source){.p = text, .end = text + len};
	buf_init(&source->joined, CONFIG_MAX_VALUE);
	if (len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		source->p += 3;
}

void line_close(struct line_source *source)
{
	buf_fini(&source->joined);
}

__attribute__((format(printf, 2, 3))) static bool fail_(struct line_source *source, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(source->error, sizeof(source->error), format, args);
	va_end(args);
	return false;
}

/* Bytes that no line may hold, except in comments; NUL not even there. */
static bool check_bytes_(struct line_source *source, struct view v)
{
	if (!str_is_utf8(v.ptr, v.len))
		return fail_(source, "the line is not UTF-8");
	for (size_t i = 0; i < v.len; i++) {
		uint8_t byte = (uint8_t)v.ptr[i];
		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return fail_(source, "a control character (0x%02x)", byte);
	}
	return true;
}

static struct view cut_comment_(struct view v)
{
	for (size_t i = 1; i < v.len; i++) {
		if (v.ptr[i] == ';' && (v.ptr[i - 1] == ' ' || v.ptr[i - 1] == '\t'))
			v.len = i;
	}
	return v;
}

/* The next physical line without line end, indentation, comment and blanks at its end. */
static bool next_physical_(struct line_source *source, struct view *out, bool *is_comment)
{
	const char *end = memchr(source->p, '\n', (size_t)(source->end - source->p));
	struct view v = {source->p, (size_t)((end ? end : source->end) - source->p)};

	source->number++;
	source->p = end ? end + 1 : source->end;
	if (v.len && memchr(v.ptr, 0, v.len))
		return fail_(source, "a NUL byte");
	if (v.len && v.ptr[v.len - 1] == '\r')
		v.len--;
	v = view_trim(v);
	*is_comment = v.len && (*v.ptr == ';' || *v.ptr == '#');
	*out = view_trim(cut_comment_(v));
	return *is_comment || check_bytes_(source, *out);
}

/* Takes a "\" at the end off. */
static bool take_backslash_(struct view *v)
{
	if (!v->len || v->ptr[v->len - 1] != '\\')
		return false;
	v->len--;
	return true;
}

/* The next logical line that is neither empty nor a comment, in source->joined. */
static bool next_logical_(struct line_source *source)
{
	bool continues = false;

	buf_clear(&source->joined);
	while (source->p < source->end) {
		struct view piece = {NULL, 0};
		bool is_comment = false;
		if (!next_physical_(source, &piece, &is_comment))
			return false;
		if (is_comment && continues)
			return fail_(source, "a comment inside a line that was continued with \"\\\"");
		if (!continues && (is_comment || !piece.len))
			continue;
		if (!continues)
			source->started = source->number;
		continues = take_backslash_(&piece);
		if (!buf_append(&source->joined, piece.ptr, piece.len))
			return fail_(source, "the line is longer than %zu bytes", CONFIG_MAX_VALUE);
		if (!continues)
			return true;
	}
	return continues ? fail_(source, "nothing follows the \"\\\" at the end of the file") : false;
}

/* Names are what inih hands through uncut and what no tool mistakes for something else. */
static bool check_name_(struct line_source *source, const char *what, struct view v)
{
	size_t word = 0;

	while (word < v.len && v.ptr[word] != ' ' && v.ptr[word] != '\t')
		word++;
	if (!v.len)
		return fail_(source, "the name of the %s is empty", what);
	if (v.len > CONFIG_MAX_NAME)
		return fail_(source, "the name of the %s has %zu bytes; allowed: up to %u", what, v.len,
			     CONFIG_MAX_NAME);
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];
		bool ok =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("_-.", c);
		if (!ok)
			return fail_(source,
				     "\"%.*s\" is not the name of a %s; allowed: letters, digits, \"_\", \"-\", \".\"",
				     (int)word, v.ptr, what);
	}
	return true;
}

static bool read_section_(struct line_source *source, struct view text, struct line *line)
{
	const char *close = memchr(text.ptr, ']', text.len);

	if (!close)
		return fail_(source, "the section has no closing \"]\"");
	if (close != text.ptr + text.len - 1)
		return fail_(source, "text after the \"]\" of a section");
	line->section = view_trim((struct view){text.ptr + 1, text.len - 2});
	return check_name_(source, "section", line->section);
}

static bool read_pair_(struct line_source *source, struct view text, struct line *line)
{
	const char *equals = memchr(text.ptr, '=', text.len);

	/* What was read is not shown: it may be the second half of somebody's secret. */
	if (!equals)
		return fail_(source, "no \"=\" in the line; allowed: [section], key = value, ; comment");
	line->key = view_trim((struct view){text.ptr, (size_t)(equals - text.ptr)});
	line->value = view_trim((struct view){equals + 1, text.len - (size_t)(equals + 1 - text.ptr)});
	return check_name_(source, "key", line->key);
}

bool line_next(struct line_source *source, struct line *line)
{
	struct view text;

	*line = (struct line){0};
	if (source->error[0] || !next_logical_(source))
		return false;
	text = view_trim((struct view){buf_str(&source->joined), source->joined.len});
	line->number = source->started;
	if (text.len && *text.ptr == '[')
		return read_section_(source, text, line);
	return read_pair_(source, text, line);
}
