/* SPDX-License-Identifier: Apache-2.0
 *
 * tls.c - certificate, key, client authentication, versions, ALPN.
 */
#include "tools/otel-c/sink/tls.h"

#include <openssl/err.h>
#include <stdio.h>
#include <string.h>

int sink_tls_version(const char *text)
{
	static const struct {
		const char *text;
		int version;
	} rows[] = {{"1.0", TLS1_VERSION}, {"1.1", TLS1_1_VERSION}, {"1.2", TLS1_2_VERSION}, {"1.3", TLS1_3_VERSION}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(text, rows[i].text) == 0)
			return rows[i].version;
	return 0;
}

/* What came first is the cause. */
static bool refuse(const char *option, const char *file)
{
	const unsigned long code = ERR_peek_error();
	const char *why = ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code)) : ERR_reason_error_string(code);

	fprintf(stderr, "otel-c sink: %s: %s: %s\n", option, file, why ? why : "it cannot be used");
	ERR_clear_error();
	return false;
}

static bool take_files(SSL_CTX *tls, const struct sink_tls_options *options)
{
	if (SSL_CTX_use_certificate_chain_file(tls, options->cert) != 1)
		return refuse("--tls-cert", options->cert);
	if (SSL_CTX_use_PrivateKey_file(tls, options->key, SSL_FILETYPE_PEM) != 1 ||
	    SSL_CTX_check_private_key(tls) != 1)
		return refuse("--tls-key", options->key);
	return true;
}

static bool ask_clients(SSL_CTX *tls, const char *file)
{
	STACK_OF(X509_NAME) * names;

	if (!file)
		return true;
	names = SSL_load_client_CA_file(file);
	if (!names || SSL_CTX_load_verify_file(tls, file) != 1) {
		sk_X509_NAME_pop_free(names, X509_NAME_free);
		return refuse("--tls-client-ca", file);
	}
	SSL_CTX_set_client_CA_list(tls, names);
	SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	return true;
}

/* Old versions have nothing that passes for secure today: who asks for them wants to see them refused. */
static bool set_versions(SSL_CTX *tls, int max)
{
	const int min = max && max < TLS1_2_VERSION ? TLS1_VERSION : TLS1_2_VERSION;

	if (min < TLS1_2_VERSION)
		SSL_CTX_set_security_level(tls, 0);
	return SSL_CTX_set_min_proto_version(tls, min) == 1 && SSL_CTX_set_max_proto_version(tls, max) == 1;
}

/* `offered` is a list of names, each behind its length. HTTP/1.1 is what is spoken when nothing is agreed upon. */
static int choose(SSL *ssl, const unsigned char **out, unsigned char *out_len, const unsigned char *offered,
		  unsigned offered_len, void *arg)
{
	const char *protocol = arg;
	const size_t len = strlen(protocol);

	(void)ssl;
	for (unsigned at = 0; at < offered_len; at += 1u + offered[at]) {
		if (offered[at] != len || memcmp(offered + at + 1, protocol, len) != 0)
			continue;
		*out = offered + at + 1;
		*out_len = (unsigned char)len;
		return SSL_TLSEXT_ERR_OK;
	}
	return strcmp(protocol, "h2") == 0 ? SSL_TLSEXT_ERR_ALERT_FATAL : SSL_TLSEXT_ERR_NOACK;
}

SSL_CTX *sink_tls_create(const struct sink_tls_options *options, const char *protocol)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

	if (!tls || !set_versions(tls, options->max_version)) {
		fprintf(stderr, "otel-c sink: TLS could not be set up\n");
		goto fail;
	}
	if (!take_files(tls, options) || !ask_clients(tls, options->client_ca))
		goto fail;
	SSL_CTX_set_session_id_context(tls, (const unsigned char *)"sink", 4);
	SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_set_options(tls, SSL_OP_IGNORE_UNEXPECTED_EOF); /* HTTP knows by itself whether all came */
	SSL_CTX_set_alpn_select_cb(tls, choose, (void *)(uintptr_t)protocol);
	return tls;
fail:
	SSL_CTX_free(tls);
	return NULL;
}
