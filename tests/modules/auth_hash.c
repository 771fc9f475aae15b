/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_hash.c - a vendor's authenticator that signs each request: a hash of the body, and an HMAC over method, URL,
 * host, content type, time and that hash.
 */
#include <otel/plugin.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct state {
	const otel_host *host;
	const char *key;
};

static otel_status open_hash(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;

	*state = (struct state){.host = host, .key = host->config_str(setup, "auth_hash", "key")};
	if (state->key)
		return OTEL_OK;
	host->log(setup, OTEL_LOG_ERROR, "[auth_hash] key is not set");
	return OTEL_FAILED;
}

static void hex(char *out, const unsigned char *bytes, unsigned len)
{
	for (unsigned i = 0; i < len; i++)
		snprintf(out + (size_t)i * 2, 3, "%02x", bytes[i]);
}

static const char *header_of(const otel_http_request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (!strcasecmp(request->headers[i].name, name))
			return request->headers[i].value;
	return "";
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	const struct state *state = self;
	unsigned char digest[EVP_MAX_MD_SIZE];
	char hash[2 * EVP_MAX_MD_SIZE + 1] = "", signature[2 * EVP_MAX_MD_SIZE + 1] = "", time[24], text[2048];
	unsigned len = 0;

	if (!EVP_Digest(request->body ? request->body : "", request->body_len, digest, &len, EVP_sha256(), NULL))
		return OTEL_FAILED;
	hex(hash, digest, len);
	snprintf(time, sizeof time, "%llu", (unsigned long long)(state->host->unix_ns() / 1000000000u));
	const int text_len = snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n%s\n%s\n%s", request->method, request->url,
				      header_of(request, "Host"), header_of(request, "Content-Type"),
				      header_of(request, "Content-Encoding"), time, hash);
	if (text_len < 0 || text_len >= (int)sizeof text)
		return OTEL_INVALID;
	if (!HMAC(EVP_sha256(), state->key, (int)strlen(state->key), (const unsigned char *)text, (size_t)text_len,
		  digest, &len))
		return OTEL_FAILED;
	hex(signature, digest, len);
	add_header(arg, "X-Time", time);
	add_header(arg, "X-Body-Sha256", hash);
	add_header(arg, "X-Signature", signature);
	return OTEL_OK;
}

static const otel_authenticator authenticator = {
	.component = {.size = sizeof authenticator, .state_size = sizeof(struct state), .open = open_hash},
	.sign = sign,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "auth_hash", &authenticator, NULL);
}

static const otel_config_row rows[] = {{.section = "auth_hash",
					.key = "key",
					.env = "AUTH_HASH_KEY",
					.type = OTEL_CONFIG_STRING,
					.flags = OTEL_CONFIG_SECRET,
					.help = "The key of the HMAC."}};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "auth_hash",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = 1,
	.setup = set_up,
};
