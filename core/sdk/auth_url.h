/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_url.h - what signing has to know of a URL. Pure.
 */
#ifndef OTEL_SDK_AUTH_URL_H
#define OTEL_SDK_AUTH_URL_H

#include "util/str.h"

/* https, or http to this machine: localhost, 127.0.0.0/8, [::1]. Anything unusual is not. */
bool url_keeps_secrets(const char *url);

/* The value of the Host header that libcurl would send: host and port, the port left out where it is the scheme's own.
 * Written terminated; false when that is not clear (user info, zones, names that need encoding), or it does not fit. */
bool url_host(const char *url, char *out, size_t cap);

#endif
