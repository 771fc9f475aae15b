/* SPDX-License-Identifier: Apache-2.0
 *
 * endpoint.c - SPLUNK_REALM=us0 means https://ingest.us0.observability.splunkcloud.com, unless the user named an
 * endpoint: an explicit one always wins, whichever variable or file it came from.
 */
#include "splunk.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MAX_LABEL 63

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A DNS label: it becomes part of a host name, so nothing else may pass. */
bool splunk_realm_is_valid(const char *realm, size_t len)
{
	if (!len || len > MAX_LABEL || !is_alnum(realm[0]) || !is_alnum(realm[len - 1]))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!is_alnum(realm[i]) && realm[i] != '-')
			return false;
	}
	return true;
}

static bool is_chosen(const otel_host *host, otel_setup *setup, const char *section)
{
	return host->config_str(setup, section, "endpoint") &&
	       strcmp(host->config_origin(setup, section, "endpoint"), "default") != 0;
}

otel_status splunk_set_endpoint(const otel_host *host, otel_setup *setup, bool *direct)
{
	struct splunk_text realm = splunk_setting(host, setup, "realm");
	char url[160];
	*direct = false;
	if (!realm.len || (realm.len == 4 && strncasecmp(realm.ptr, "none", 4) == 0))
		return OTEL_OK;
	if (!splunk_realm_is_valid(realm.ptr, realm.len)) {
		host->log(setup, OTEL_LOG_WARN,
			  "%s: \"%.*s\" is not a realm and is ignored; allowed: none, or 1 to 63 letters, digits and "
			  "hyphens, as in us0",
			  host->config_origin(setup, "splunk", "realm"), (int)realm.len, realm.ptr);
		return OTEL_OK;
	}
	if (is_chosen(host, setup, "exporter.otlp") || is_chosen(host, setup, "exporter.otlp.traces"))
		return OTEL_OK;
	*direct = true;
	snprintf(url, sizeof url, "https://ingest.%.*s.observability.splunkcloud.com/v2/trace/otlp", (int)realm.len,
		 realm.ptr);
	return host->set_default(setup, "exporter.otlp.traces", "endpoint", url);
}
