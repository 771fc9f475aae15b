/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_url_fuzz.c - URLs that credentials are sent to: what is taken for this machine is this machine for libcurl as well,
 * and the Host header that is signed is the one that libcurl would send.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sdk/auth_url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_loopback(const char *host)
{
	struct in_addr address;
	struct in6_addr address6;
	char text[64];

	if (!strcasecmp(host, "localhost"))
		return true;
	if (inet_pton(AF_INET, host, &address) == 1)
		return ntohl(address.s_addr) >> 24 == 127;
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(host + 1, "]"), host + 1);
	return *host == '[' && inet_pton(AF_INET6, text, &address6) == 1 && IN6_IS_ADDR_LOOPBACK(&address6);
}

/* As libcurl reads it. */
static void compare(CURLU *parsed, const char *url)
{
	char *scheme = NULL, *host = NULL, *port = NULL;
	char ours[300], theirs[400];

	if (curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) || curl_url_get(parsed, CURLUPART_HOST, &host, 0))
		abort();
	curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT);
	if (url_keeps_secrets(url) && strcmp(scheme, "https") != 0 && !is_loopback(host))
		abort();
	/* Of numbers there are many forms, which libcurl brings into one; names stay. */
	if (url_host(url, ours, sizeof(ours)) && *host != '[' && strspn(host, "0123456789.") != strlen(host)) {
		snprintf(theirs, sizeof(theirs), "%s%s%s", host, port ? ":" : "", port ? port : "");
		if (strcasecmp(ours, theirs) != 0)
			abort();
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *url = malloc(size + 1);
	CURLU *parsed = curl_url();

	memcpy(url, data, size);
	url[size] = '\0';
	if (!curl_url_set(parsed, CURLUPART_URL, url, 0))
		compare(parsed, url);
	else /* it will not be sent anywhere */
		url_keeps_secrets(url);
	curl_url_cleanup(parsed);
	free(url);
	return 0;
}
