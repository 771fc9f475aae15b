/* SPDX-License-Identifier: Apache-2.0
 *
 * error.c - from CURLcode to otel_http_error.
 */
#include "http/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char no_answer[] = "the server closed the connection without an answer";
static const char no_http2[] = "the server does not speak HTTP/2";

static const struct {
	CURLcode code;
	otel_http_error error;
	const char *text; /* NULL: made from the failure */
} table[] = {
	{CURLE_COULDNT_RESOLVE_HOST, OTEL_HTTP_NAME, "the host name did not resolve"},
	{CURLE_COULDNT_RESOLVE_PROXY, OTEL_HTTP_NAME, "the proxy's host name did not resolve"},
	{CURLE_URL_MALFORMAT, OTEL_HTTP_CONNECT, "the URL is malformed"},
	{CURLE_OUT_OF_MEMORY, OTEL_HTTP_CONNECT, "out of memory"},
	{CURLE_PROXY, OTEL_HTTP_CONNECT, "the proxy refused the connection"},
	{CURLE_SSL_CONNECT_ERROR, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_CERTPROBLEM, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_CIPHER, OTEL_HTTP_TLS, NULL},
	{CURLE_PEER_FAILED_VERIFICATION, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_CACERT_BADFILE, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_CRL_BADFILE, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_ISSUER_ERROR, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_PINNEDPUBKEYNOTMATCH, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_INVALIDCERTSTATUS, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_CLIENTCERT, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_ENGINE_NOTFOUND, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_ENGINE_SETFAILED, OTEL_HTTP_TLS, NULL},
	{CURLE_SSL_ENGINE_INITFAILED, OTEL_HTTP_TLS, NULL},
	{CURLE_FILESIZE_EXCEEDED, OTEL_HTTP_TOO_LARGE, "the answer is too large"},
	{CURLE_GOT_NOTHING, OTEL_HTTP_BROKEN, no_answer},
	{CURLE_UNSUPPORTED_PROTOCOL, OTEL_HTTP_BROKEN, "the answer is not HTTP"},
	{CURLE_WEIRD_SERVER_REPLY, OTEL_HTTP_BROKEN, "the answer is not HTTP"},
	{CURLE_PARTIAL_FILE, OTEL_HTTP_BROKEN, "the answer was cut short"},
	{CURLE_HTTP2, OTEL_HTTP_BROKEN, "connection lost: the server ended the HTTP/2 session"},
	{CURLE_HTTP2_STREAM, OTEL_HTTP_BROKEN, NULL},
	{CURLE_SEND_ERROR, OTEL_HTTP_BROKEN, NULL},
	{CURLE_RECV_ERROR, OTEL_HTTP_BROKEN, NULL},
	{CURLE_COULDNT_CONNECT, OTEL_HTTP_CONNECT, NULL},
	{CURLE_OPERATION_TIMEDOUT, OTEL_HTTP_TIMEOUT, NULL},
};

/* Causes that libcurl does not know of, or tells in the same way as others. */
static const char *cause(const struct failure *f)
{
	const bool is_gibberish = f->code == CURLE_GOT_NOTHING || (f->code == CURLE_RECV_ERROR && !f->os_error);

	if (f->stop == ATTEMPT_NO_HTTP2)
		return no_http2;
	if (f->stop == ATTEMPT_TWICE)
		return f->is_kept ? "the server closed the connection, which was kept open, without an answer"
				  : "the server refused the stream";
	if (f->is_http2 && !f->has_answer && !f->is_kept && is_gibberish)
		return no_http2;
	if (f->code == CURLE_PARTIAL_FILE && !f->has_answer)
		return no_answer;
	return NULL;
}

/* The name of the HTTP/2 error, which libcurl tells in words alone. */
static void describe_stream(const struct failure *f, char *message, size_t cap)
{
	static const char before[] = "cleanly: ";
	const char *name = strstr(f->detail, before);
	const size_t len = name ? strspn(name + sizeof(before) - 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") : 0;

	if (len)
		snprintf(message, cap, "the server reset the stream (%.*s)", (int)len, name + sizeof(before) - 1);
	else
		snprintf(message, cap, "the server ended the stream without an answer");
}

static void describe(const struct failure *f, otel_http_error error, char *message, size_t cap)
{
	const char *os = f->os_error ? strerrordesc_np(f->os_error) : NULL;

	if (f->code == CURLE_HTTP2_STREAM)
		describe_stream(f, message, cap);
	else if (error == OTEL_HTTP_TLS)
		snprintf(message, cap, "TLS: %s", *f->detail ? f->detail : curl_easy_strerror(f->code));
	else if (error == OTEL_HTTP_TIMEOUT)
		snprintf(message, cap, "%s within %u ms", f->connected ? "no answer" : "no connection", f->timeout_ms);
	else if (error == OTEL_HTTP_REFUSED)
		snprintf(message, cap, "connection refused");
	else if (error == OTEL_HTTP_CONNECT)
		snprintf(message, cap, "no connection: %s", os ? os : curl_easy_strerror(f->code));
	else
		snprintf(message, cap, "connection lost: %s", os ? os : curl_easy_strerror(f->code));
}

/* An answer that does not come directly may be the proxy's fault: say that there is one. */
static void add_proxy(const struct failure *f, char *message, size_t cap)
{
	size_t len = strlen(message);
	if (f->variable)
		snprintf(message + len, cap - len, " (%s is set)", f->variable);
}

otel_http_error error_of(const struct failure *f, char *message, size_t cap)
{
	otel_http_error error = f->connected ? OTEL_HTTP_BROKEN : OTEL_HTTP_CONNECT;
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].code != f->code)
			continue;
		error = table[i].error;
		text = table[i].text;
	}
	if (cause(f)) {
		error = OTEL_HTTP_BROKEN;
		text = cause(f);
	} else if (f->code == CURLE_COULDNT_CONNECT && f->os_error == ECONNREFUSED) {
		error = OTEL_HTTP_REFUSED;
	}
	if (f->too_large) {
		error = OTEL_HTTP_TOO_LARGE;
		text = "the answer is too large";
	}
	if (f->proxy_status / 100 > 2) {
		error = OTEL_HTTP_CONNECT;
		snprintf(message, cap, "the proxy answered %d", f->proxy_status);
	} else if (text) {
		snprintf(message, cap, "%s", text);
	} else {
		describe(f, error, message, cap);
	}
	add_proxy(f, message, cap);
	return error;
}
