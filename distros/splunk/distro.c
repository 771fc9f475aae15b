/* SPDX-License-Identifier: Apache-2.0
 *
 * distro.c - the Splunk distro: two settings, and the defaults that follow from them. It registers no components; the
 * rest of it is conf/splunk.ini.
 */
#include "splunk.h"

#include <string.h>

struct splunk_text splunk_setting(const otel_host *host, otel_setup *setup, const char *key)
{
	const char *value = host->config_str(setup, "splunk", key);
	size_t len;
	if (!value)
		return (struct splunk_text){NULL, 0};
	value += strspn(value, " \t\r\n");
	len = strlen(value);
	while (len && strchr(" \t\r\n", value[len - 1]))
		len--;
	return (struct splunk_text){value, len};
}

/* Did the user write the header themselves? Then they know what they do. */
static bool has_own_header(const otel_host *host, otel_setup *setup)
{
	static const char *const sections[] = {"exporter.otlp", "exporter.otlp.traces"};
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const char *headers = host->config_str(setup, sections[i], "headers");
		if (headers && strcasestr(headers, SPLUNK_TOKEN_HEADER))
			return true;
	}
	return false;
}

static otel_status splunk_setup(const otel_host *host, otel_setup *setup)
{
	(void)host;
	(void)setup;
	return OTEL_OK;
}

static otel_status splunk_configure(const otel_host *host, otel_setup *setup)
{
	bool direct, has_token;
	otel_status status = splunk_set_endpoint(host, setup, &direct);
	if (status != OTEL_OK)
		return status;
	status = splunk_set_token(host, setup, &has_token);
	if (direct && !has_token && !has_own_header(host, setup))
		host->log(setup, OTEL_LOG_WARN,
			  "%s: a realm needs an access token, or Splunk refuses the spans; set SPLUNK_ACCESS_TOKEN",
			  host->config_origin(setup, "splunk", "realm"));
	return status;
}

static const otel_config_row splunk_rows[] = {
	{.section = "splunk",
	 .key = "realm",
	 .env = "SPLUNK_REALM",
	 .type = OTEL_CONFIG_STRING,
	 .help = "Splunk Observability Cloud realm to send to directly, such as us0; none or unset: a local "
		 "collector."},
	{.section = "splunk",
	 .key = "access_token",
	 .env = "SPLUNK_ACCESS_TOKEN",
	 .type = OTEL_CONFIG_STRING,
	 .flags = OTEL_CONFIG_SECRET,
	 .help = "Access token of the organization, sent as the header X-SF-Token."},
};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "splunk",
	.version = "0.1.0",
	.license = "Apache-2.0",
	.rows = splunk_rows,
	.row_count = sizeof splunk_rows / sizeof *splunk_rows,
	.setup = splunk_setup, /* nothing to register */
	.configure = splunk_configure, /* realm and token become endpoint and header */
};
