/* SPDX-License-Identifier: Apache-2.0
 *
 * token.c - SPLUNK_ACCESS_TOKEN becomes the header X-SF-Token. The token itself never gets into a message.
 */
#include "splunk.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TOKEN 4096

/* A header value is made of visible characters; anything else is a broken paste, or somebody forging headers. */
static bool is_token(struct splunk_text t)
{
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] <= ' ' || t.ptr[i] > '~')
			return false;
	}
	return t.len <= MAX_TOKEN;
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c);
}

/* Percent-encoded, as values of OTEL_EXPORTER_OTLP_HEADERS are. */
static char *header_of(struct splunk_text token)
{
	static const char prefix[] = SPLUNK_TOKEN_HEADER "=";
	char *text = malloc(sizeof prefix + 3 * token.len);
	if (!text)
		return NULL;
	char *p = stpcpy(text, prefix);
	for (size_t i = 0; i < token.len; i++) {
		char c = token.ptr[i];
		if (is_unreserved(c)) {
			*p++ = c;
			continue;
		}
		*p++ = '%';
		*p++ = "0123456789ABCDEF"[(uint8_t)c >> 4];
		*p++ = "0123456789ABCDEF"[(uint8_t)c & 15];
	}
	*p = '\0';
	return text;
}

otel_status splunk_set_token(const otel_host *host, otel_setup *setup, bool *set)
{
	struct splunk_text token = splunk_setting(host, setup, "access_token");
	*set = false;
	if (!token.len)
		return OTEL_OK;
	if (!is_token(token)) {
		host->log(
			setup, OTEL_LOG_WARN,
			"%s: holds a blank or another character that is not printable ASCII, or is over %d characters; "
			"it is ignored",
			host->config_origin(setup, "splunk", "access_token"), MAX_TOKEN);
		return OTEL_OK;
	}
	char *header = header_of(token);
	if (!header)
		return OTEL_NO_MEMORY;
	otel_status status = host->set_default(setup, "exporter.otlp", "distro_headers", header);
	*set = status == OTEL_OK;
	explicit_bzero(header, strlen(header));
	free(header);
	return status;
}
