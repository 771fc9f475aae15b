/* SPDX-License-Identifier: Apache-2.0
 *
 * error.h - what went wrong, in the terms of otel/plugin.h and in words that hold no credentials.
 */
#ifndef OTEL_HTTP_ERROR_H
#define OTEL_HTTP_ERROR_H

#include <otel/plugin.h>

#include <curl/curl.h>

#include "http/attempt.h"

/* What is known of a failed transfer. */
struct failure {
	CURLcode code;
	enum attempt_stop stop;
	bool is_http2;
	bool has_answer; /* its beginning */
	bool is_kept; /* the connection was there before */
	int os_error; /* errno of the connection, 0 = unknown */
	bool connected;
	bool too_large; /* we stopped reading */
	int proxy_status; /* answer to CONNECT, 0 = none */
	uint32_t timeout_ms;
	const char *detail; /* libcurl's own words; used for TLS alone, others may quote a proxy with its password */
	const char *variable; /* of the proxy, NULL = none */
};

/* Writes the message, terminated. */
otel_http_error error_of(const struct failure *failure, char *message, size_t cap);

#endif
