/* SPDX-License-Identifier: Apache-2.0
 *
 * shown.c - what is left of a value when its secrets are taken out. In doubt more is taken than less.
 */
#include "config/shown.h"

#include <stdlib.h>
#include <string.h>

#include "util/str.h"

static const char *const telling_[] = {"password", "passwd",     "pwd",        "secret",    "token",  "apikey",
				       "authoriz", "credential", "privatekey", "accesskey", "cookie", "signature"};

/* "X-Api-Key" and "db.api_key" tell of a key. */
static bool is_telling_(struct view name)
{
	char plain[128];
	size_t len = 0;

	for (size_t i = 0; i < name.len && len < sizeof(plain) - 1; i++) {
		char c = name.ptr[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c >= 'a' && c <= 'z')
			plain[len++] = c;
	}
	plain[len] = 0;
	for (size_t i = 0; i < sizeof(telling_) / sizeof(telling_[0]); i++) {
		if (strstr(plain, telling_[i]))
			return true;
	}
	return false;
}

static size_t length_until_(struct view v, const char *stops)
{
	size_t len = 0;

	while (len < v.len && !strchr(stops, v.ptr[len]))
		len++;
	return len;
}

static struct view rest_(struct view v, size_t from)
{
	return (struct view){v.ptr + from, v.len - from};
}

/* What follows "://": user and password end at the last "@", wherever that stands. Returns how much was read. */
static size_t show_behind_scheme_(struct buf *out, struct view v)
{
	size_t len = length_until_(v, "?# \t");
	const char *at = len ? memrchr(v.ptr, '@', len) : NULL;
	size_t from = at ? (size_t)(at - v.ptr) : 0;
	size_t end = len + length_until_(rest_(v, len), ", \t");

	if (at)
		buf_append_str(out, CONFIG_REDACTED);
	buf_append(out, v.ptr + from, len - from);
	if (end > len) {
		buf_append(out, v.ptr + len, 1);
		buf_append_str(out, CONFIG_REDACTED);
	}
	return end;
}

static void show_urls_(struct buf *out, struct view v)
{
	while (v.len) {
		const char *scheme = memmem(v.ptr, v.len, "://", 3);
		size_t before = scheme ? (size_t)(scheme - v.ptr) + 3 : v.len;
		buf_append(out, v.ptr, before);
		v = rest_(v, before);
		if (v.len)
			v = rest_(v, show_behind_scheme_(out, v));
	}
}

/* Is there something to hide behind percent-encoding? */
static bool hides_(struct view v)
{
	char *plain = memchr(v.ptr, '%', v.len) ? str_percent_decode(v) : NULL;
	struct buf shown;
	bool differs;

	if (!plain)
		return false;
	buf_init(&shown, 4 * v.len + 64);
	show_urls_(&shown, view_of(plain));
	differs = strcmp(buf_str(&shown), plain) != 0;
	buf_fini(&shown);
	free(plain);
	return differs;
}

/* name=value,name=value: commas inside a URL's password are dealt with before, and here only names count. */
static void show_list_(struct buf *out, struct view v)
{
	struct view piece;
	const char *begin = v.ptr;

	while (view_split(&v, ',', &piece)) {
		const char *equals = piece.len ? memchr(piece.ptr, '=', piece.len) : NULL;
		struct view name = {piece.ptr, equals ? (size_t)(equals - piece.ptr) : 0};
		if (piece.ptr != begin)
			buf_append_char(out, ',');
		if (equals && (is_telling_(name) || hides_(rest_(piece, name.len + 1)))) {
			buf_append(out, piece.ptr, name.len + 1);
			buf_append_str(out, CONFIG_REDACTED);
		} else {
			buf_append(out, piece.ptr, piece.len);
		}
	}
}

static void show_once_(struct buf *out, const char *text)
{
	struct buf urls;

	buf_init(&urls, 4 * strlen(text) + 64);
	show_urls_(&urls, view_of(text));
	show_list_(out, view_of(buf_str(&urls)));
	buf_fini(&urls);
}

/* What is taken out of a list may join two pieces into one that reads as a URL: so once more, until nothing changes. */
void config_show_value(struct buf *out, const otel_config_row *row, const char *text)
{
	struct buf shown, again;
	bool differs = true;

	if (row->flags & OTEL_CONFIG_SECRET) {
		buf_append_str(out, CONFIG_REDACTED);
		return;
	}
	buf_init(&shown, 16 * strlen(text) + 256);
	show_once_(&shown, text);
	for (int round = 0; differs && round < 8; round++) {
		buf_init(&again, shown.max);
		show_once_(&again, buf_str(&shown));
		differs = strcmp(buf_str(&shown), buf_str(&again)) != 0;
		buf_fini(&shown);
		shown = again;
	}
	buf_append_str(out, buf_str(&shown));
	buf_fini(&shown);
}
