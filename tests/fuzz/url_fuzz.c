/* SPDX-License-Identifier: Apache-2.0
 *
 * url_fuzz.c - URLs of programs, as the tracing of libcurl takes them apart: no user info may reach what is shown.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/curl/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct view none = {NULL, 0};
	struct view text = {(const char *)data, size};
	struct url url, again;
	struct buf shown;

	buf_init(&shown, 1 << 20);
	if (!url_parse(text, none, &url) || !url_redact(&url, &shown))
		goto out;
	/* What is shown is a URL of the same host, and its user info is the replacement. */
	if (!url_parse((struct view){(const char *)shown.data, shown.len}, none, &again) || again.port != url.port ||
	    again.host.len != url.host.len || memcmp(again.host.ptr, url.host.ptr, url.host.len) != 0)
		abort();
	if (url.user_info.ptr && !view_equals(again.user_info, "REDACTED:REDACTED"))
		abort();
out:
	buf_fini(&shown);
	return 0;
}
