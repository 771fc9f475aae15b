/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy.h - does no_proxy keep a host from the proxy? As libcurl reads it. Pure.
 */
#ifndef OTEL_TOOLS_DOCTOR_PROXY_H
#define OTEL_TOOLS_DOCTOR_PROXY_H

#include <stdbool.h>

/* host: without brackets. except: names, which stand for what ends in them too, addresses, networks ("10.0.0.0/8"),
 * divided by commas or blanks; "*" is every host. */
bool proxy_is_excepted(const char *host, const char *except);

#endif
