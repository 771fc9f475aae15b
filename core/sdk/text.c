/* SPDX-License-Identifier: Apache-2.0
 *
 * text.c - text that is too long, or no UTF-8.
 */
#include "sdk/text.h"

#include <errno.h>
#include <stdlib.h>

size_t text_clip(const char *s, size_t len, uint32_t limit)
{
	if (len <= limit)
		return len;

	/* A UTF-8 sequence has at most three continuation bytes; with more of them the text is broken anyway. */
	size_t end = limit;
	for (int i = 0; i < 3 && end && ((uint8_t)s[end] & 0xc0) == 0x80; i++)
		end--;
	return ((uint8_t)s[end] & 0xc0) == 0x80 ? limit : end;
}

size_t text_limit_slowly(const char *s, size_t len, uint32_t limit)
{
	size_t chars = 0, at = 0;

	/* A character begins with whatever is no continuation byte. */
	for (; at < len; at++)
		if (((uint8_t)s[at] & 0xc0) != 0x80 && chars++ == limit)
			break;
	return at;
}

char *text_clean(const char *s, size_t len, size_t *out_len)
{
	const int saved = errno;
	const size_t cap = 3 * len + 1;
	char *copy = malloc(cap);

	if (copy)
		*out_len = str_scrub_utf8(copy, cap, s, len);
	errno = saved;
	return copy;
}
