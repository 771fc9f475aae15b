/* SPDX-License-Identifier: Apache-2.0
 *
 * target.c - url.full, server.address and server.port of a URL.
 */
#include "plugins/curl/target.h"

/* A longer one is left out: cut, it could end inside a value that should have been hidden. */
enum { URL_MAX = 16 * 1024 };

static void add_text(struct target *target, const char *key, const char *text, size_t len)
{
	otel_attr *a = &target->attrs[target->count++];

	*a = otel_attr_str(key, NULL);
	a->value.str = text;
	a->count = len;
}

void target_init(struct target *target, const struct url *url, long port)
{
	long effective = port > 0 ? port : url->port;

	target->count = 0;
	buf_init(&target->text, URL_MAX);
	if (url->host.len == 0)
		return;
	if (url_redact(url, &target->text))
		add_text(target, "url.full", (const char *)target->text.data, target->text.len);
	add_text(target, "server.address", url->host.ptr, url->host.len);
	if (effective > 0)
		target->attrs[target->count++] = otel_attr_int("server.port", effective);
}

void target_fini(struct target *target)
{
	buf_fini(&target->text);
}
