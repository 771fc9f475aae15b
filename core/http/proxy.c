/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy.c - proxies from the environment snapshot.
 */
#include "http/proxy.h"

#include <string.h>
#include <strings.h>

static const char *const for_http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
static const char *const for_https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", NULL};
static const char *const exceptions[] = {"no_proxy", "NO_PROXY", NULL};

/* The first variable of the list that is set and not empty. */
static const char *first_set(const struct otel_boot *boot, const char *const *names, const char **name)
{
	for (; *names; names++) {
		const char *value = otel_boot_env(boot, *names);
		if (!value || !*value)
			continue;
		*name = *names;
		return value;
	}
	return "";
}

struct proxy proxy_for(const struct otel_boot *boot, const char *url)
{
	struct proxy proxy = {.url = "", .except = ""};
	const char *unused;

	if (!boot || boot->secure)
		return proxy;
	proxy.url = first_set(boot, strncasecmp(url, "https:", 6) == 0 ? for_https : for_http, &proxy.variable);
	proxy.except = first_set(boot, exceptions, &unused);
	return proxy;
}
