/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy.h - which proxy a URL goes through, by the environment as it was at load. libcurl would ask getenv() for it.
 */
#ifndef OTEL_HTTP_PROXY_H
#define OTEL_HTTP_PROXY_H

#include "util/boot.h"

struct proxy {
	const char *url; /* "" = none; may hold credentials */
	const char *except; /* no_proxy, "" if unset */
	const char *variable; /* where it comes from, for messages; NULL = none */
};

/* Names and order as libcurl's: http_proxy in lower case only (HTTP_PROXY is a request header in CGI programs). Under
 * AT_SECURE none. */
struct proxy proxy_for(const struct otel_boot *boot, const char *url);

#endif
