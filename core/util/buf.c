/* SPDX-License-Identifier: Apache-2.0
 *
 * buf.c - the bounded byte buffer.
 */
#include "util/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/str.h"

#define BUF_FIRST 64

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max};
}

void buf_fini(struct buf *b)
{
	free(b->data);
	buf_init(b, b->max);
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->failed = false;
}

bool buf_reserve(struct buf *b, size_t extra)
{
	size_t cap = b->cap ? b->cap : BUF_FIRST;
	uint8_t *data;

	if (b->failed)
		return false;
	if (b->max < b->len || extra > b->max - b->len || b->max == SIZE_MAX)
		goto fail;
	if (b->data && extra <= b->cap - b->len)
		return true;
	while (cap < b->len + extra && cap <= b->max / 2)
		cap *= 2;
	if (cap < b->len + extra || cap > b->max)
		cap = b->max;
	/* One byte more than the capacity, so that there is always room for a terminator. */
	data = realloc(b->data, cap + 1);
	if (!data)
		goto fail;
	b->data = data;
	b->cap = cap;
	return true;
fail:
	b->failed = true;
	return false;
}

bool buf_append(struct buf *b, const void *data, size_t len)
{
	if (!buf_reserve(b, len))
		return false;
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	return true;
}

bool buf_append_str(struct buf *b, const char *s)
{
	return buf_append(b, s, strlen(s));
}

bool buf_append_char(struct buf *b, char c)
{
	return buf_append(b, &c, 1);
}

static bool is_unreserved_(char c)
{
	return char_is_letter(c) || char_is_digit(c) || strchr("-._~", c);
}

bool buf_append_percent(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if (is_unreserved_(*s))
			buf_append_char(b, *s);
		else
			buf_printf(b, "%%%02X", (unsigned)(uint8_t)*s);
	}
	return !b->failed;
}

bool buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		b->failed = true;
	if (len < 0 || !buf_reserve(b, (size_t)len))
		return false;
	va_start(args, format);
	vsnprintf((char *)b->data + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
	return true;
}

const char *buf_str(struct buf *b)
{
	if (!b->data)
		return "";
	b->data[b->len] = 0;
	return (const char *)b->data;
}

uint8_t *buf_take(struct buf *b, size_t *len)
{
	uint8_t *data;

	if (!buf_reserve(b, 0)) {
		buf_fini(b);
		return NULL;
	}
	data = b->data;
	data[b->len] = 0;
	*len = b->len;
	buf_init(b, b->max);
	return data;
}
