/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_url.c - see the header. What is not plainly a host and a port is not taken apart any further: libcurl might read
 * it otherwise.
 */
#include "sdk/auth_url.h"

#include <arpa/inet.h>
#include <string.h>

struct place {
	bool tls;
	struct view host; /* with its brackets */
	struct view port; /* digits; empty if there is none */
};

static bool is_all_of(struct view text, const char *allowed)
{
	for (size_t i = 0; i < text.len; i++)
		if (!text.ptr[i] || !strchr(allowed, text.ptr[i]))
			return false;
	return true;
}

static bool read_scheme(struct view *rest, bool *tls)
{
	struct view scheme = *rest;

	scheme.len = scheme.len < 8 ? scheme.len : 8;
	*tls = view_equals_nocase(scheme, "https://");
	if (!*tls) {
		scheme.len = scheme.len < 7 ? scheme.len : 7;
		if (!view_equals_nocase(scheme, "http://"))
			return false;
	}
	rest->ptr += scheme.len;
	rest->len -= scheme.len;
	return true;
}

static bool is_host(struct view host)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	static const char address[] = "0123456789abcdefABCDEF:.";

	if (host.len > 2 && host.ptr[0] == '[')
		return is_all_of((struct view){host.ptr + 1, host.len - 2}, address);
	return host.len && is_all_of(host, name);
}

static bool read_place(const char *url, struct place *place)
{
	struct view rest = view_of(url);
	uint64_t port;

	if (!read_scheme(&rest, &place->tls))
		return false;
	rest.len = strcspn(rest.ptr, "/?#");
	const char *bracket = rest.len && *rest.ptr == '[' ? memchr(rest.ptr, ']', rest.len) : NULL;
	const char *from = bracket ? bracket : rest.ptr;
	const char *colon = memchr(from, ':', rest.len - (size_t)(from - rest.ptr));
	const size_t host_len = colon ? (size_t)(colon - rest.ptr) : rest.len;
	place->host = (struct view){rest.ptr, host_len};
	place->port = colon ? (struct view){colon + 1, rest.len - host_len - 1} : (struct view){rest.ptr, 0};
	if (bracket && bracket != rest.ptr + host_len - 1)
		return false;
	if (!is_host(place->host))
		return false;
	return !colon || (str_to_u64(place->port, 1, 65535, &port) && *place->port.ptr != '0');
}

static bool is_this_machine(struct view host)
{
	char text[64];
	struct in_addr address;
	struct in6_addr address6;

	if (view_equals_nocase(host, "localhost"))
		return true;
	if (host.len >= sizeof(text))
		return false;
	memcpy(text, host.ptr, host.len);
	text[host.len] = '\0';
	if (*text != '[')
		return inet_pton(AF_INET, text, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
	text[host.len - 1] = '\0';
	return inet_pton(AF_INET6, text + 1, &address6) == 1 && IN6_IS_ADDR_LOOPBACK(&address6);
}

bool url_keeps_secrets(const char *url)
{
	struct view rest = view_of(url);
	struct place place;
	bool tls;

	if (!read_scheme(&rest, &tls))
		return false;
	return tls || (read_place(url, &place) && is_this_machine(place.host));
}

bool url_host(const char *url, char *out, size_t cap)
{
	struct place place;

	if (!read_place(url, &place))
		return false;
	const bool is_default = view_equals(place.port, place.tls ? "443" : "80");
	const size_t len = place.host.len + (place.port.len && !is_default ? 1 + place.port.len : 0);
	if (len >= cap)
		return false;
	memcpy(out, place.host.ptr, len); /* host, colon and port lie side by side */
	out[len] = '\0';
	return true;
}
