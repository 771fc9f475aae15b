/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy.c - see proxy.h.
 */
#include "tools/otel-c/doctor/proxy.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "util/str.h"

/* An address in bytes; 0: it is none. */
static unsigned read_address(const char *text, uint8_t out[16])
{
	if (inet_pton(AF_INET, text, out) == 1)
		return 4;
	return inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

static bool same_bits(const uint8_t *a, const uint8_t *b, unsigned bits)
{
	const unsigned rest = bits % 8;
	const uint8_t mask = (uint8_t)(0xff00u >> rest);

	return memcmp(a, b, bits / 8) == 0 && (!rest || (a[bits / 8] & mask) == (b[bits / 8] & mask));
}

/* "10.0.0.0/8", or one address. */
static bool is_in_network(const char *host, char *network)
{
	char *slash = strchr(network, '/');
	uint8_t here[16];
	uint8_t there[16];
	uint64_t bits;

	if (slash)
		*slash = '\0';
	const unsigned size = read_address(host, here);
	if (!size || read_address(network, there) != size)
		return false;
	bits = 8 * size;
	if (slash && !str_to_u64(view_of(slash + 1), 0, 8 * size, &bits))
		return false;
	return same_bits(here, there, (unsigned)bits);
}

static bool is_within(const char *host, const char *name)
{
	const size_t host_len = strlen(host);

	name += *name == '.';
	const size_t len = strlen(name);
	if (!len || len > host_len || strcasecmp(host + host_len - len, name) != 0)
		return false;
	return len == host_len || host[host_len - len - 1] == '.';
}

bool proxy_is_excepted(const char *host, const char *except)
{
	static const char between[] = ", \t";
	char name[256];

	if (strcmp(except, "*") == 0)
		return true;
	for (except += strspn(except, between); *except; except += strspn(except, between)) {
		const size_t len = strcspn(except, between);
		const bool fits = snprintf(name, sizeof name, "%.*s", (int)len, except) < (int)sizeof name;

		if (fits && (is_within(host, name) || is_in_network(host, name)))
			return true;
		except += len;
	}
	return false;
}
