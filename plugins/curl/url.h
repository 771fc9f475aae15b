/* SPDX-License-Identifier: Apache-2.0
 *
 * url.h - URLs as telemetry shows them: taken apart, and without secrets. Pure functions over bytes.
 */
#ifndef OTEL_CURL_URL_H
#define OTEL_CURL_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/str.h"

struct url {
	struct view scheme;
	struct view user_info; /* without the @; ptr NULL if there is none */
	struct view host; /* without the brackets of IPv6 */
	struct view authority; /* host and port as written */
	struct view rest; /* path, query and fragment */
	uint16_t port; /* as written, else the scheme's; 0 = unknown */
};

/* Takes a URL apart. Without a scheme it gets `fallback`, or if that is empty the one libcurl guesses from the name
 * of the host. false: no URL; it may hold secrets in odd places, so nothing of it may be shown. */
bool url_parse(struct view text, struct view fallback, struct url *url);

bool url_is_http(const struct url *url);

/* Appends the URL, absolute, user info and the values of secret query parameters replaced (semantic conventions,
 * url.full). */
bool url_redact(const struct url *url, struct buf *out);

#endif
