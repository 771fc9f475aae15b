/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/tls.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_TLS_H
#define OTEL_SEMCONV_TLS_H

/* string, development */
#define OTEL_TLS_CIPHER "tls.cipher"

/* string, development */
#define OTEL_TLS_CLIENT_CERTIFICATE "tls.client.certificate"

/* string[], development */
#define OTEL_TLS_CLIENT_CERTIFICATE_CHAIN "tls.client.certificate_chain"

/* string, development */
#define OTEL_TLS_CLIENT_HASH_MD5 "tls.client.hash.md5"

/* string, development */
#define OTEL_TLS_CLIENT_HASH_SHA1 "tls.client.hash.sha1"

/* string, development */
#define OTEL_TLS_CLIENT_HASH_SHA256 "tls.client.hash.sha256"

/* string, development */
#define OTEL_TLS_CLIENT_ISSUER "tls.client.issuer"

/* string, development */
#define OTEL_TLS_CLIENT_JA3 "tls.client.ja3"

/* string, development */
#define OTEL_TLS_CLIENT_NOT_AFTER "tls.client.not_after"

/* string, development */
#define OTEL_TLS_CLIENT_NOT_BEFORE "tls.client.not_before"

/* string, development */
#define OTEL_TLS_CLIENT_SUBJECT "tls.client.subject"

/* string[], development */
#define OTEL_TLS_CLIENT_SUPPORTED_CIPHERS "tls.client.supported_ciphers"

/* string, development */
#define OTEL_TLS_CURVE "tls.curve"

/* boolean, development */
#define OTEL_TLS_ESTABLISHED "tls.established"

/* string, development */
#define OTEL_TLS_NEXT_PROTOCOL "tls.next_protocol"

/* string, development */
#define OTEL_TLS_PROTOCOL_NAME "tls.protocol.name"
#define OTEL_TLS_PROTOCOL_NAME_SSL "ssl"
#define OTEL_TLS_PROTOCOL_NAME_TLS "tls"

/* string, development */
#define OTEL_TLS_PROTOCOL_VERSION "tls.protocol.version"

/* boolean, development */
#define OTEL_TLS_RESUMED "tls.resumed"

/* string, development */
#define OTEL_TLS_SERVER_CERTIFICATE "tls.server.certificate"

/* string[], development */
#define OTEL_TLS_SERVER_CERTIFICATE_CHAIN "tls.server.certificate_chain"

/* string, development */
#define OTEL_TLS_SERVER_HASH_MD5 "tls.server.hash.md5"

/* string, development */
#define OTEL_TLS_SERVER_HASH_SHA1 "tls.server.hash.sha1"

/* string, development */
#define OTEL_TLS_SERVER_HASH_SHA256 "tls.server.hash.sha256"

/* string, development */
#define OTEL_TLS_SERVER_ISSUER "tls.server.issuer"

/* string, development */
#define OTEL_TLS_SERVER_JA3S "tls.server.ja3s"

/* string, development */
#define OTEL_TLS_SERVER_NOT_AFTER "tls.server.not_after"

/* string, development */
#define OTEL_TLS_SERVER_NOT_BEFORE "tls.server.not_before"

/* string, development */
#define OTEL_TLS_SERVER_SUBJECT "tls.server.subject"

#endif
