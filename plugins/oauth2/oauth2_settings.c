/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2_settings.c - see the header.
 */
#include "plugins/oauth2/oauth2_settings.h"

#include <stdio.h>
#include <string.h>

#include "sdk/auth_url.h"
#include "util/str.h"

#define SECTION "auth.oauth2"

#define ROW(name, variable, kind, more, preset, options, text)                                                         \
	{                                                                                                              \
		.section = SECTION, .key = (name), .env = "OTEL_C_OAUTH2_" variable, .type = (kind), .flags = (more),  \
		.default_value = (preset), .choices = (options), .help = (text)                                        \
	}

const otel_config_row oauth2_rows[OAUTH2_ROWS] = {
	ROW("token_url", "TOKEN_URL", OTEL_CONFIG_URL, 0, NULL, NULL,
	    "Where tokens are given out: the token endpoint of the authorization server."),
	ROW("client_id", "CLIENT_ID", OTEL_CONFIG_STRING, 0, NULL, NULL, "Name of the client."),
	ROW("client_secret", "CLIENT_SECRET", OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET, NULL, NULL,
	    "Secret of the client."),
	ROW("client_secret_file", "CLIENT_SECRET_FILE", OTEL_CONFIG_PATH, 0, NULL, NULL,
	    "File with the secret of the client, read anew for each token; wins over client_secret."),
	ROW("client_auth", "CLIENT_AUTH", OTEL_CONFIG_ENUM, 0, "client_secret_basic",
	    "client_secret_basic|client_secret_post|tls_client_auth",
	    "How the client shows who it is: its secret in a header, in the body, or its certificate."),
	ROW("scope", "SCOPE", OTEL_CONFIG_STRING, 0, NULL, NULL, "What the token is to allow, with blanks between."),
	ROW("audience", "AUDIENCE", OTEL_CONFIG_STRING, 0, NULL, NULL,
	    "Whom the token is for, where the authorization server asks for it."),
	ROW("parameters", "PARAMETERS", OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET, NULL, NULL,
	    "More of the request for a token, such as resource=urn%3Abackend: name=value,name=value, percent-encoded."),
	ROW("timeout", "TIMEOUT", OTEL_CONFIG_DURATION, OTEL_CONFIG_POSITIVE, "10000", NULL,
	    "How long a request for a token may take."),
	ROW("expiry_margin", "EXPIRY_MARGIN", OTEL_CONFIG_DURATION, 0, "30000", NULL,
	    "How long before its end a token counts as expired; at most half of the time that it holds."),
	ROW("certificate", "CERTIFICATE", OTEL_CONFIG_PATH, 0, NULL, NULL,
	    "PEM file of the authorities that vouch for the authorization server."),
	ROW("client_key", "CLIENT_KEY", OTEL_CONFIG_PATH, 0, NULL, NULL,
	    "PEM file with the private key of client_certificate."),
	ROW("client_certificate", "CLIENT_CERTIFICATE", OTEL_CONFIG_PATH, 0, NULL, NULL,
	    "PEM file with the certificate that is shown to the authorization server."),
};

struct source {
	const otel_host *host;
	otel_setup *setup;
};

static const char *text_of(const struct source *from, const char *key)
{
	const char *text = from->host->config_str(from->setup, SECTION, key);

	return text && *text ? text : NULL;
}

static bool refuse(const struct source *from, const char *key, const char *why)
{
	from->host->log(from->setup, OTEL_LOG_ERROR, "%s: %s; nothing is signed",
			from->host->config_origin(from->setup, SECTION, key), why);
	return false;
}

static bool miss(const struct source *from, const char *what)
{
	from->host->log(from->setup, OTEL_LOG_ERROR, "%s is not set; nothing is signed", what);
	return false;
}

/* ---- where ---- */

/* A name and a password in the URL would be sent beside the client's, and shown. */
static bool read_url(const struct source *from, struct oauth2_settings *settings)
{
	const char *url = settings->token_url = text_of(from, "token_url");

	if (!url)
		return miss(from, "[auth.oauth2] token_url (OTEL_C_OAUTH2_TOKEN_URL)");
	const char *authority = strstr(url, "://");
	const size_t len = authority ? strcspn(authority + 3, "/?#") : 0;
	if (len && memchr(authority + 3, '@', len))
		return refuse(from, "token_url", "it holds a user; allowed: client_id and client_secret for that");
	if (strchr(url, '#'))
		return refuse(from, "token_url", "it has a fragment (#); allowed: a URL without");
	snprintf(settings->shown, sizeof settings->shown, "%.*s", (int)strcspn(url, "?"), url);
	if (url_keeps_secrets(url) || from->host->config_bool(from->setup, "http", "allow_insecure_credentials"))
		return true;
	return refuse(from, "token_url",
		      "a secret is not sent over plain http to another machine; allowed: https, or "
		      "OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true");
}

static bool read_tls(const struct source *from, struct oauth2_settings *settings)
{
	settings->ca_file = text_of(from, "certificate");
	settings->client_key = text_of(from, "client_key");
	settings->client_cert = text_of(from, "client_certificate");
	if (!settings->client_key == !settings->client_cert)
		return true;
	return refuse(from, settings->client_key ? "client_key" : "client_certificate",
		      "client_key and client_certificate go together: one is missing");
}

/* ---- who ---- */

static bool read_secret(const struct source *from, struct oauth2_settings *settings)
{
	settings->client_secret = text_of(from, "client_secret");
	settings->client_secret_file = text_of(from, "client_secret_file");
	if (settings->client_auth == CLIENT_TLS)
		return settings->client_cert ||
		       refuse(from, "client_auth", "tls_client_auth needs client_certificate and client_key");
	if (!settings->client_secret && !settings->client_secret_file)
		return miss(from, "[auth.oauth2] client_secret (OTEL_C_OAUTH2_CLIENT_SECRET) or client_secret_file");
	if (settings->client_secret && settings->client_secret_file)
		from->host->log(from->setup, OTEL_LOG_WARN, "%s: ignored, for client_secret_file is set as well",
				from->host->config_origin(from->setup, SECTION, "client_secret"));
	return true;
}

static bool read_client(const struct source *from, struct oauth2_settings *settings)
{
	static const char *const ways[] = {[CLIENT_SECRET_BASIC] = "client_secret_basic",
					   [CLIENT_SECRET_POST] = "client_secret_post",
					   [CLIENT_TLS] = "tls_client_auth"};
	const char *way = text_of(from, "client_auth");

	for (size_t i = 0; way && i < sizeof ways / sizeof *ways; i++)
		if (str_equals_nocase(way, ways[i]))
			settings->client_auth = (enum client_auth)i;
	settings->client_id = text_of(from, "client_id");
	if (!settings->client_id)
		return miss(from, "[auth.oauth2] client_id (OTEL_C_OAUTH2_CLIENT_ID)");
	return read_secret(from, settings);
}

/* ---- for what ---- */

static bool read_request(const struct source *from, struct oauth2_settings *settings)
{
	const char *parameters = text_of(from, "parameters"), *wrong;
	char why[120];
	size_t position;

	if (!grant_begin(&settings->fixed, text_of(from, "scope"), text_of(from, "audience")))
		return refuse(from, "scope", "scope and audience are more than 64 KiB");
	wrong = parameters ? grant_add_parameters(&settings->fixed, parameters, &position) : NULL;
	if (!wrong)
		return true;
	snprintf(why, sizeof why, "element %zu: %s; allowed: name=value,name=value", position, wrong);
	return refuse(from, "parameters", why);
}

bool oauth2_settings_read(struct oauth2_settings *settings, const otel_host *host, otel_setup *setup)
{
	const struct source from = {host, setup};
	const int64_t timeout = host->config_int(setup, SECTION, "timeout");
	const int64_t margin = host->config_int(setup, SECTION, "expiry_margin");

	memset(settings, 0, sizeof *settings);
	settings->timeout_ms = timeout > 0 ? (uint32_t)timeout : 10000;
	settings->expiry_margin_ms = margin >= 0 ? (uint32_t)margin : 30000;
	return read_url(&from, settings) && read_tls(&from, settings) && read_client(&from, settings) &&
	       read_request(&from, settings);
}

void oauth2_settings_fini(struct oauth2_settings *settings)
{
	buf_fini(&settings->fixed);
}
