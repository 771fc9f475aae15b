/* SPDX-License-Identifier: Apache-2.0
 *
 * url.c - takes URLs apart the way libcurl reads them, and hides what must not be shown.
 */
#include "plugins/curl/url.h"

#include <string.h>

/* Exact spelling counts (semantic conventions, url.query). */
static const char *const secret_parameters[] = {
	"X-Amz-Signature",  "X-Amz-Credential", "X-Amz-Security-Token", "AWSAccessKeyId", "Signature", "sig",
	"X-Goog-Signature",
};

static const struct {
	const char *scheme;
	uint16_t port;
	const char *host_prefix; /* libcurl guesses the scheme from it; NULL: never */
} schemes[] = {
	{"http", 80, NULL},      {"https", 443, NULL},   {"ftp", 21, "ftp."},   {"ftps", 990, NULL},
	{"dict", 2628, "dict."}, {"ldap", 389, "ldap."}, {"ldaps", 636, NULL},  {"imap", 143, "imap."},
	{"imaps", 993, NULL},    {"smtp", 25, "smtp."},  {"smtps", 465, NULL},  {"pop3", 110, "pop3."},
	{"pop3s", 995, NULL},    {"sftp", 22, NULL},     {"scp", 22, NULL},     {"telnet", 23, NULL},
	{"tftp", 69, NULL},      {"gopher", 70, NULL},   {"gophers", 70, NULL}, {"mqtt", 1883, NULL},
	{"rtsp", 554, NULL},     {"rtmp", 1935, NULL},   {"smb", 445, NULL},    {"smbs", 445, NULL},
	{"ws", 80, NULL},        {"wss", 443, NULL},     {"file", 0, NULL},
};

static bool starts_nocase(struct view v, const char *prefix)
{
	size_t len = strlen(prefix);

	return v.len >= len && view_equals_nocase((struct view){v.ptr, len}, prefix);
}

/* Cuts the front of *rest up to any of the stop characters. */
static struct view cut(struct view *rest, const char *stops)
{
	struct view piece = {rest->ptr, 0};

	while (piece.len < rest->len && !memchr(stops, rest->ptr[piece.len], strlen(stops)))
		piece.len++;
	rest->ptr += piece.len;
	rest->len -= piece.len;
	return piece;
}

static bool is_scheme(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!char_is_letter(c) && (i == 0 || !(char_is_digit(c) || c == '+' || c == '-' || c == '.')))
			return false;
	}
	return v.len > 0;
}

/* Libcurl takes one slash or three for the two there should be. */
static struct view cut_scheme(struct view *rest)
{
	struct view probe = *rest;
	struct view scheme = cut(&probe, ":/?#");
	size_t slashes = 0;

	while (slashes < 4 && slashes + 1 < probe.len && probe.ptr[slashes + 1] == '/')
		slashes++;
	if (!is_scheme(scheme) || slashes == 0 || probe.ptr[0] != ':')
		return (struct view){NULL, 0};
	if (slashes > 3 || (slashes == 3 && view_equals_nocase(scheme, "file")))
		slashes = 2; /* no host */
	rest->ptr = probe.ptr + 1 + slashes;
	rest->len = probe.len - 1 - slashes;
	return scheme;
}

static struct view guess_scheme(struct view host)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (schemes[i].host_prefix && starts_nocase(host, schemes[i].host_prefix))
			return view_of(schemes[i].scheme);
	return view_of("http");
}

static uint16_t default_port(struct view scheme)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (view_equals_nocase(scheme, schemes[i].scheme))
			return schemes[i].port;
	return 0;
}

/* "host", "host:", "host:80", "[::1]:80". Anything else after the colon may be a password that went astray. */
static bool split_authority(struct url *url)
{
	struct view rest = url->authority;
	uint64_t port;

	if (rest.len > 0 && rest.ptr[0] == '[') {
		rest.ptr++;
		rest.len--;
		url->host = cut(&rest, "]");
		if (rest.len == 0)
			return false;
		rest.ptr++;
		rest.len--;
	} else {
		url->host = cut(&rest, ":");
	}
	if (rest.len <= 1)
		return rest.len == 0 || rest.ptr[0] == ':';
	if (rest.ptr[0] != ':' || !str_to_u64((struct view){rest.ptr + 1, rest.len - 1}, 0, UINT16_MAX, &port))
		return false;
	url->port = (uint16_t)port;
	return true;
}

bool url_parse(struct view text, struct view fallback, struct url *url)
{
	struct view rest = text;
	struct view authority;

	*url = (struct url){.port = 0};
	if (!text.ptr)
		return false;
	url->scheme = cut_scheme(&rest);
	authority = cut(&rest, "/?#");
	url->rest = rest;
	for (size_t i = authority.len; i > 0; i--) {
		if (authority.ptr[i - 1] != '@')
			continue;
		url->user_info = (struct view){authority.ptr, i - 1};
		authority.ptr += i;
		authority.len -= i;
		break;
	}
	url->authority = authority;
	if (!split_authority(url))
		return false;
	if (!url->scheme.ptr)
		url->scheme = fallback.len ? fallback : guess_scheme(url->host);
	if (url->port == 0)
		url->port = default_port(url->scheme);
	return url->host.len > 0 || view_equals_nocase(url->scheme, "file");
}

bool url_is_http(const struct url *url)
{
	return view_equals_nocase(url->scheme, "http") || view_equals_nocase(url->scheme, "https");
}

static bool is_secret(struct view key)
{
	for (size_t i = 0; i < sizeof secret_parameters / sizeof *secret_parameters; i++)
		if (view_equals(key, secret_parameters[i]))
			return true;
	return false;
}

static void append_query(struct view query, struct buf *out)
{
	while (query.len > 0) {
		struct view pair = cut(&query, "&");
		struct view value = pair;
		struct view key = cut(&value, "=");

		if (value.len > 1 && is_secret(key)) {
			buf_append(out, key.ptr, key.len);
			buf_append_str(out, "=REDACTED");
		} else {
			buf_append(out, pair.ptr, pair.len);
		}
		if (query.len > 0) {
			buf_append_char(out, '&');
			query.ptr++;
			query.len--;
		}
	}
}

bool url_redact(const struct url *url, struct buf *out)
{
	struct view rest = url->rest;
	struct view path = cut(&rest, "?#");

	buf_append(out, url->scheme.ptr, url->scheme.len);
	buf_append_str(out, "://");
	if (url->user_info.ptr)
		buf_append_str(out, "REDACTED:REDACTED@");
	buf_append(out, url->authority.ptr, url->authority.len);
	buf_append(out, path.ptr, path.len);
	if (rest.len > 0 && rest.ptr[0] == '?') {
		struct view query;

		buf_append_char(out, '?');
		rest.ptr++;
		rest.len--;
		query = cut(&rest, "#");
		append_query(query, out);
	}
	buf_append(out, rest.ptr, rest.len);
	return !out->failed;
}
