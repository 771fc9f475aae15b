/* SPDX-License-Identifier: Apache-2.0
 *
 * target.h - the attributes that say where a request goes.
 */
#ifndef OTEL_CURL_TARGET_H
#define OTEL_CURL_TARGET_H

#include <otel/otel.h>

#include "plugins/curl/url.h"

enum { TARGET_ATTRS = 3 };

struct target {
	otel_attr attrs[TARGET_ATTRS]; /* url.full, server.address, server.port: those that are known */
	size_t count;
	struct buf text;
};

/* Describes a URL; `port` overrides the URL's unless it is 0. The attributes borrow from the URL and from *target. */
void target_init(struct target *target, const struct url *url, long port);
void target_fini(struct target *target);

#endif
