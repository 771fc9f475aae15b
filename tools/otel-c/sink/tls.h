/* SPDX-License-Identifier: Apache-2.0
 *
 * tls.h - the server's side of TLS, from files named on the command line.
 */
#ifndef OTEL_TOOLS_SINK_TLS_H
#define OTEL_TOOLS_SINK_TLS_H

#include <openssl/ssl.h>
#include <stdbool.h>

struct sink_tls_options {
	const char *cert; /* PEM, with the chain behind it; NULL = no TLS */
	const char *key;
	const char *client_ca; /* clients must show a certificate of these; NULL = need not */
	int max_version; /* TLS1_2_VERSION …; 0 = the newest */
};

/* "1.0" to "1.3"; 0: it is none of these. */
int sink_tls_version(const char *text);

/* A server that speaks `protocol` only ("h2", "http/1.1") with clients that ask for one by ALPN. NULL: a sentence on
 * stderr said what was wrong with which file. */
SSL_CTX *sink_tls_create(const struct sink_tls_options *options, const char *protocol);

#endif
