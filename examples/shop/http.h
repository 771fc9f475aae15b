/* SPDX-License-Identifier: Apache-2.0
 *
 * http.h - a GET on a plain socket: the shop knows no HTTP library, so that nothing traces it but its own spans.
 */
#ifndef SHOP_HTTP_H
#define SHOP_HTTP_H

#include <stddef.h>

struct http_url {
	char host[256];
	char port[6];
	char path[512];
};

/* Takes an http:// URL apart. -1 if it is none. */
int http_parse_url(const char *url, struct http_url *out);

/* Sends GET with these extra header lines ("Name: value\r\n" each). Returns the status code, or -1 with a reason. */
int http_get(const struct http_url *url, const char *header_lines, const char **reason);

#endif
