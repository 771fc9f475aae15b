/* SPDX-License-Identifier: Apache-2.0
 *
 * utf8.c - telling UTF-8 from other bytes (Unicode 15, table 3-7).
 */
#include "util/str.h"

#include <string.h>

/* The bytes of the well-formed character at s, or of the ill-formed piece to replace (*valid false). */
static size_t step_(const uint8_t *s, size_t len, bool *valid)
{
	static const struct {
		uint8_t first, last; /* lead byte */
		uint8_t low, high; /* second byte */
		uint8_t bytes;
	} rows[] = {
		{0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
		{0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
	};
	size_t row = 0;
	size_t got = 1;

	*valid = s[0] < 0x80;
	if (*valid)
		return 1;
	while (row < sizeof(rows) / sizeof(rows[0]) && (s[0] < rows[row].first || s[0] > rows[row].last))
		row++;
	if (row == sizeof(rows) / sizeof(rows[0]) || len < 2 || s[1] < rows[row].low || s[1] > rows[row].high)
		return 1;
	for (got = 2; got < rows[row].bytes; got++) {
		if (got >= len || (s[got] & 0xc0) != 0x80)
			return got;
	}
	*valid = true;
	return got;
}

bool str_is_utf8(const char *s, size_t len)
{
	bool valid = true;

	for (size_t i = 0; i < len && valid;)
		i += step_((const uint8_t *)s + i, len - i, &valid);
	return valid;
}

size_t str_scrub_utf8(char *out, size_t cap, const char *s, size_t len)
{
	size_t done = 0;

	if (!cap)
		return 0;
	for (size_t i = 0; i < len;) {
		bool valid;
		size_t step = step_((const uint8_t *)s + i, len - i, &valid);
		const char *from = valid ? s + i : "\xef\xbf\xbd";
		size_t bytes = valid ? step : 3;
		if (bytes > cap - 1 - done)
			break;
		memcpy(out + done, from, bytes);
		done += bytes;
		i += step;
	}
	out[done] = 0;
	return done;
}

size_t str_scrub_line(char *out, size_t cap, const char *s, size_t len)
{
	const size_t done = str_scrub_utf8(out, cap, s, len);

	for (size_t i = 0; i < done; i++)
		if ((uint8_t)out[i] < ' ' || out[i] == 0x7f)
			out[i] = ' ';
	return done;
}
