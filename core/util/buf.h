/* SPDX-License-Identifier: Apache-2.0
 *
 * buf.h - a byte buffer that knows its maximum. After a failed append (out of memory, or over the maximum) the buffer
 * is `failed`, keeps what it had, and ignores further appends: check once, at the end.
 */
#ifndef OTEL_UTIL_BUF_H
#define OTEL_UTIL_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	uint8_t *data;
	size_t len;
	size_t cap;
	size_t max;
	bool failed;
};

void buf_init(struct buf *b, size_t max);
void buf_fini(struct buf *b);  /* frees; the buffer is empty and usable again */
void buf_clear(struct buf *b); /* keeps the memory */
bool buf_reserve(struct buf *b, size_t extra);
bool buf_append(struct buf *b, const void *data, size_t len);
bool buf_append_str(struct buf *b, const char *s);
bool buf_append_char(struct buf *b, char c);
bool buf_append_percent(struct buf *b, const char *s); /* encodes all but RFC 3986's unreserved characters */
bool buf_append_double(struct buf *b, double number); /* the shortest that reads back as the same; NaN, Infinity */
bool buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Base64 (RFC 4648), padded; and the bytes back, of either alphabet, with padding or without: false when it is none,
 * whether they fit or not. */
bool buf_append_base64(struct buf *b, const uint8_t *bytes, size_t len);
bool buf_append_from_base64(struct buf *b, const char *text, size_t len);

/* The content as a terminated string (the terminator is not counted); "" when empty or failed to terminate. */
const char *buf_str(struct buf *b);

/* Hands the memory over to the caller, who frees it; the buffer is empty then. NULL when failed. */
uint8_t *buf_take(struct buf *b, size_t *len);

#endif
