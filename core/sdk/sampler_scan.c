/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_scan.c - see the header.
 */
#include "sdk/sampler_scan.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_sign(char c)
{
	return !c || strchr("(),;:&|=!\"", c);
}

/* ---- errors ---- */

static bool is_first_byte(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

/* The text at the place as far as it fits, by whole characters; control characters would spoil the line. */
static void note_found(const struct sampler_scan *scan, size_t at, char *out, size_t room)
{
	size_t n = 0;

	while (at + n < scan->len && n < room - 1 && (unsigned char)scan->text[at + n] >= ' ')
		n++;
	while (n && at + n < scan->len && !is_first_byte(scan->text[at + n]))
		n--;
	str_scrub_utf8(out, room, scan->text + at, n);
}

bool scan_fail(struct sampler_scan *scan, size_t at, const char *expected)
{
	struct sampler_error *error = scan->error;

	error->position = 1;
	for (size_t i = 0; i < at; i++)
		error->position += is_first_byte(scan->text[i]);
	error->expected = expected;
	note_found(scan, at, error->found, sizeof error->found);
	return false;
}

/* ---- signs ---- */

size_t scan_at(struct sampler_scan *scan)
{
	while (scan->at < scan->len && is_blank(scan->text[scan->at]))
		scan->at++;
	return scan->at;
}

bool scan_is_end(struct sampler_scan *scan)
{
	return scan_at(scan) == scan->len;
}

bool scan_is(struct sampler_scan *scan, char sign)
{
	return scan_at(scan) < scan->len && scan->text[scan->at] == sign;
}

bool scan_accept(struct sampler_scan *scan, char sign)
{
	if (!scan_is(scan, sign))
		return false;
	scan->at++;
	return true;
}

bool scan_expect(struct sampler_scan *scan, char sign, const char *expected)
{
	return scan_accept(scan, sign) || scan_fail(scan, scan->at, expected);
}

/* ---- words ---- */

/* No more text is kept than was read, so it always fits. */
static void keep(struct sampler_scan *scan, char c)
{
	scan->tree->text[scan->tree->text_len++] = c;
}

static bool read_quoted(struct sampler_scan *scan)
{
	const size_t start = scan->at++;

	while (scan->at < scan->len) {
		char c = scan->text[scan->at++];
		if (c == '"')
			return true;
		if (c == '\\') {
			c = scan->at < scan->len ? scan->text[scan->at++] : '\0';
			if (c != '"' && c != '\\')
				return scan_fail(scan, scan->at - 1, "\\\" or \\\\ after a backslash");
		}
		keep(scan, c);
	}
	return scan_fail(scan, start, "a \" at the end of the quoted text");
}

static void read_bare(struct sampler_scan *scan)
{
	while (scan->at < scan->len && !is_blank(scan->text[scan->at]) && !is_sign(scan->text[scan->at]))
		keep(scan, scan->text[scan->at++]);
}

bool scan_word(struct sampler_scan *scan, struct scan_word *word, const char *expected)
{
	word->at = scan_at(scan);
	word->word.at = scan->tree->text_len;
	word->is_quoted = scan_is(scan, '"');
	if (!word->is_quoted)
		read_bare(scan);
	else if (!read_quoted(scan))
		return false;
	word->word.len = (uint16_t)(scan->tree->text_len - word->word.at);
	if (!word->is_quoted && !word->word.len)
		return scan_fail(scan, word->at, expected);
	return true;
}
