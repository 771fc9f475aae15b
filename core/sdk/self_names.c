/* SPDX-License-Identifier: Apache-2.0
 *
 * self_names.c - see the header.
 */
#include "sdk/self_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/str.h"

static const char *kind_of(const char *component, const char *protocol)
{
	static const struct {
		const char *protocol;
		const char *kind;
	} kinds[] = {{"grpc", "otlp_grpc"}, {"http/json", "otlp_http_json"}, {"http/protobuf", "otlp_http"}};

	if (strcmp(component, "otlp") != 0)
		return component;
	for (size_t i = 0; protocol && i < sizeof kinds / sizeof *kinds; i++)
		if (str_equals_nocase(protocol, kinds[i].protocol))
			return kinds[i].kind;
	return "otlp_http";
}

void self_exporter_type(char out[SELF_NAME_MAX], const char *component, unsigned signal, const char *protocol)
{
	static const char *const items[] = {"span", "metric", "log"};

	snprintf(out, SELF_NAME_MAX, "%.64s_%s_exporter", kind_of(component, protocol), items[signal]);
}

static uint32_t default_port(const char *endpoint)
{
	if (strncmp(endpoint, "https://", 8) == 0)
		return 443;
	return strncmp(endpoint, "http://", 7) == 0 ? 80 : 0;
}

bool self_address(const char *endpoint, char host[SELF_NAME_MAX], uint32_t *port)
{
	const char *scheme = strstr(endpoint, "://");
	const char *begin = scheme ? scheme + 3 : endpoint;
	const char *end = begin + strcspn(begin, "/?#");
	const char *at = memrchr(begin, '@', (size_t)(end - begin)); /* what stands before it is a secret */
	const char *colon;

	if (at)
		begin = at + 1;
	*port = default_port(endpoint);
	if (*begin == '[') { /* IPv6 */
		begin++;
		colon = memchr(begin, ']', (size_t)(end - begin));
		if (!colon)
			return false;
		snprintf(host, SELF_NAME_MAX, "%.*s", (int)(colon - begin), begin);
		colon = colon[1] == ':' ? colon + 1 : NULL;
	} else {
		colon = memchr(begin, ':', (size_t)(end - begin));
		snprintf(host, SELF_NAME_MAX, "%.*s", (int)((colon ? colon : end) - begin), begin);
	}
	if (colon)
		*port = (uint32_t)strtoul(colon + 1, NULL, 10);
	return *host && *port < 65536;
}
