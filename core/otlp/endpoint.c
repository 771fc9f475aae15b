/* SPDX-License-Identifier: Apache-2.0
 *
 * endpoint.c - taking URLs apart and putting them together again.
 */
#include "otlp/endpoint.h"

#include <stdlib.h>
#include <string.h>

#include "util/buf.h"
#include "util/str.h"

#define URL_MAX 8192u

struct parts {
	struct view scheme; /* with "://" */
	struct view user; /* with '@', or empty */
	struct view host; /* as written, IPv6 in brackets */
	struct view port; /* digits, or empty */
	struct view path; /* from the first '/', or empty */
	struct view query; /* with '?', or empty; the fragment is dropped */
	unsigned port_number;
	bool tls;
};

/* Cuts what stands before any of the `stops` off the front. */
static struct view cut_before(struct view *rest, const char *stops)
{
	struct view piece = {rest->ptr, 0};
	while (piece.len < rest->len && !strchr(stops, rest->ptr[piece.len]))
		piece.len++;
	rest->ptr += piece.len;
	rest->len -= piece.len;
	return piece;
}

static const char *parse_scheme(struct view *rest, struct parts *parts)
{
	static const char *const schemes[] = {"http://", "https://"};
	for (unsigned i = 0; i < 2; i++) {
		struct view head = {rest->ptr, strlen(schemes[i])};
		if (rest->len < head.len || !view_equals_nocase(head, schemes[i]))
			continue;
		parts->scheme = head;
		parts->tls = i == 1;
		rest->ptr += head.len;
		rest->len -= head.len;
		return NULL;
	}
	return "it must begin with http:// or https://";
}

static const char *parse_port(struct view port, struct parts *parts)
{
	uint64_t number = parts->tls ? 443 : 80;
	if (port.len && !str_to_u64(port, 1, 65535, &number))
		return "the port must be a number from 1 to 65535";
	parts->port = port;
	parts->port_number = (unsigned)number;
	return NULL;
}

static const char *parse_authority(struct view authority, struct parts *parts)
{
	size_t at = authority.len;
	while (at && authority.ptr[at - 1] != '@')
		at--;
	parts->user = (struct view){authority.ptr, at};
	struct view rest = {authority.ptr + at, authority.len - at};

	bool bracket = rest.len && rest.ptr[0] == '[';
	parts->host = cut_before(&rest, bracket ? "]" : ":");
	if (bracket && !rest.len)
		return "the bracket of the IPv6 address is not closed";
	if (bracket) {
		parts->host.len++;
		rest.ptr++;
		rest.len--;
	}
	if (!parts->host.len || (bracket && parts->host.len == 2))
		return "the host is missing";
	if (rest.len && rest.ptr[0] != ':')
		return "after the host comes a colon and the port, or the path";
	return parse_port((struct view){rest.ptr + (rest.len != 0), rest.len - (rest.len != 0)}, parts);
}

static const char *parse(const char *url, struct parts *parts)
{
	memset(parts, 0, sizeof *parts);
	struct view rest = view_trim(view_of(url));
	if (rest.len > URL_MAX)
		return "it is longer than 8192 bytes";
	for (size_t i = 0; i < rest.len; i++)
		if ((unsigned char)rest.ptr[i] <= ' ' || rest.ptr[i] == 0x7f)
			return "a URL has no blanks or control characters";

	const char *why = parse_scheme(&rest, parts);
	if (!why)
		why = parse_authority(cut_before(&rest, "/?#"), parts);
	if (why)
		return why;
	parts->path = cut_before(&rest, "?#");
	parts->query = cut_before(&rest, "#");
	return NULL;
}

static void append(struct buf *b, struct view v)
{
	buf_append(b, v.ptr, v.len);
}

static char *text_of(struct buf *b)
{
	buf_append_char(b, '\0');
	return (char *)buf_take(b, &(size_t){0});
}

/* localhost, 127.0.0.0/8 and [::1], as they are usually written; whatever else it may be is not. */
static bool is_this_machine(struct view host)
{
	size_t digits = 0;

	while (digits < host.len && ((host.ptr[digits] >= '0' && host.ptr[digits] <= '9') || host.ptr[digits] == '.'))
		digits++;
	if (digits == host.len && host.len > 4 && memcmp(host.ptr, "127.", 4) == 0)
		return true;
	return view_equals_nocase(host, "localhost") || view_equals(host, "[::1]");
}

static bool build(struct endpoint *endpoint, const struct parts *parts, struct view path, const char *extra)
{
	struct buf url, shown;
	buf_init(&url, 2 * URL_MAX);
	buf_init(&shown, 2 * URL_MAX);
	append(&url, parts->scheme);
	append(&url, parts->user);
	append(&shown, parts->scheme);
	for (int i = 0; i < 2; i++) {
		struct buf *b = i ? &shown : &url;
		append(b, parts->host);
		if (parts->port.len)
			buf_append_char(b, ':');
		append(b, parts->port);
		append(b, path);
		buf_append_str(b, extra);
	}
	append(&url, parts->query);
	*endpoint = (struct endpoint){.url = text_of(&url),
				      .shown = text_of(&shown),
				      .port = parts->port_number,
				      .tls = parts->tls,
				      .keeps_secrets = parts->tls || is_this_machine(parts->host)};
	buf_fini(&url);
	buf_fini(&shown);
	if (endpoint->url && endpoint->shown)
		return true;
	endpoint_fini(endpoint);
	return false;
}

/* Puts `path` behind the URL, but not behind what is shown of it. */
static bool url_end(struct endpoint *endpoint, const char *path)
{
	struct buf url;

	buf_init(&url, 2 * URL_MAX);
	buf_append_str(&url, endpoint->url);
	buf_append_str(&url, path);
	free(endpoint->url);
	endpoint->url = text_of(&url);
	buf_fini(&url);
	if (!endpoint->url)
		endpoint_fini(endpoint);
	return endpoint->url;
}

static bool endpoint_make(struct endpoint *endpoint, const char *url, const char *suffix, const char **why)
{
	struct parts parts;
	memset(endpoint, 0, sizeof *endpoint);
	*why = parse(url, &parts);
	if (*why)
		return false;

	struct view path = parts.path;
	char extra[64] = "";
	if (suffix) {
		while (path.len && path.ptr[path.len - 1] == '/')
			path.len--;
		extra[0] = '/';
		strncat(extra, suffix, sizeof extra - 2);
	} else if (!path.len) {
		path = view_of("/");
	}
	if (build(endpoint, &parts, path, extra))
		return true;
	*why = "out of memory";
	return false;
}

bool endpoint_of_signal(struct endpoint *endpoint, const char *url, const char **why)
{
	return endpoint_make(endpoint, url, NULL, why);
}

bool endpoint_of_base(struct endpoint *endpoint, const char *url, const char *path, const char **why)
{
	return endpoint_make(endpoint, url, path, why);
}

static bool has_scheme(const char *text)
{
	const size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");
	return strncmp(text + len, "://", 3) == 0;
}

bool endpoint_of_grpc(struct endpoint *endpoint, const char *text, const char *path, bool is_insecure, const char **why)
{
	struct parts parts;
	struct buf url;
	bool ok = false;

	memset(endpoint, 0, sizeof *endpoint);
	text = view_trim(view_of(text)).ptr;
	const bool is_bare = !has_scheme(text);
	if (is_bare && strpbrk(text, "/?#@")) {
		*why = "without http:// or https:// it is just host:port";
		return false;
	}
	buf_init(&url, URL_MAX + 64);
	buf_append_str(&url, !is_bare ? "" : is_insecure ? "http://" : "https://");
	buf_append_str(&url, text);
	*why = url.failed ? "it is longer than 8192 bytes" : parse(buf_str(&url), &parts);
	if (*why)
		goto out;
	/* What is shown is the server: the method says nothing new. */
	parts.query.len = 0;
	ok = build(endpoint, &parts, (struct view){"", 0}, "") && url_end(endpoint, path);
	endpoint->is_bare = is_bare;
	if (!ok)
		*why = "out of memory";
out:
	buf_fini(&url);
	return ok;
}

void endpoint_fini(struct endpoint *endpoint)
{
	free(endpoint->url);
	free(endpoint->shown);
	memset(endpoint, 0, sizeof *endpoint);
}

void endpoint_show(char *out, unsigned long cap, const char *url)
{
	const char *at = strrchr(url, '@');
	const char *start = at ? at + 1 : url;
	size_t len = strcspn(start, "?#");
	size_t n = 0;
	for (const char *mask = at ? "***@" : ""; *mask && n + 1 < cap; mask++)
		out[n++] = *mask;
	str_scrub_line(out + n, cap - n, start, len);
}
