/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - see the header.
 */
#include "http/options.h"

#include <string.h>

#include "http/sock.h"
#include "util/buf.h"

enum {
	LARGE_BODY = 64 << 10,
	LARGE_BUFFER = 1 << 20 /* halves the CPU time of a large upload */
};

#define SET(option, ...)                                                                                               \
	do {                                                                                                           \
		if (rc == CURLE_OK)                                                                                    \
			rc = curl_easy_setopt(easy, option, __VA_ARGS__);                                              \
	} while (0)

/* ---- headers ---- */

static bool is_one_line(const char *s)
{
	return s && !strpbrk(s, "\r\n");
}

static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
	struct buf line;
	bool ok = false;

	if (!is_one_line(name) || !is_one_line(value))
		return false;
	buf_init(&line, 1 << 20);
	/* libcurl takes "Name;" for an empty value; "Name:" would remove the header. */
	buf_printf(&line, *value ? "%s: %s" : "%s;", name, value);
	struct curl_slist *longer = line.failed ? NULL : curl_slist_append(*list, buf_str(&line));
	if (longer) {
		*list = longer;
		ok = true;
	}
	buf_fini(&line);
	return ok;
}

static bool add_line(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);
	if (longer)
		*list = longer;
	return longer != NULL;
}

bool options_headers(struct curl_slist **list, const otel_http_request *request)
{
	bool typed = false;
	for (size_t i = 0; i < request->header_count; i++) {
		const otel_header *h = &request->headers[i];
		if (!add_header(list, h->name, h->value))
			return false;
		typed = typed || curl_strequal(h->name, "Content-Type");
	}
	if (!typed && !add_line(list, "Content-Type:")) /* libcurl would call it a form */
		return false;
	return add_line(list, "Expect:"); /* no waiting for 100 Continue */
}

/* ---- options ---- */

static CURLcode set_transport(CURL *easy, const otel_http_request *request, const struct proxy *proxy)
{
	CURLcode rc = CURLE_OK;

	SET(CURLOPT_URL, request->url);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L); /* a resolver that hangs must not hold us */
	SET(CURLOPT_PROXY, proxy->url);
	SET(CURLOPT_NOPROXY, proxy->except);
	SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(CURLOPT_CLOSESOCKETFUNCTION, sock_close);
	return rc;
}

static CURLcode set_tls(CURL *easy, const otel_http_request *request)
{
	CURLcode rc = CURLE_OK;
	const bool is_new = request->tls_min_version == OTEL_TLS_1_3;

	SET(CURLOPT_SSLVERSION, (long)(is_new ? CURL_SSLVERSION_TLSv1_3 : CURL_SSLVERSION_TLSv1_2));
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (request->ca_file) { /* trusted instead of the system's, not beside */
		SET(CURLOPT_CAINFO, request->ca_file);
		SET(CURLOPT_CAPATH, (char *)NULL);
	}
	if (request->client_cert)
		SET(CURLOPT_SSLCERT, request->client_cert);
	if (request->client_key)
		SET(CURLOPT_SSLKEY, request->client_key);
	return rc;
}

static CURLcode set_method(CURL *easy, const otel_http_request *request)
{
	CURLcode rc = CURLE_OK;
	bool get = strcmp(request->method, "GET") == 0;

	if (get && !request->body_len) {
		SET(CURLOPT_HTTPGET, 1L);
		return rc;
	}
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
	SET(CURLOPT_POSTFIELDS, request->body_len ? (const char *)request->body : "");
	if (strcmp(request->method, "POST") != 0)
		SET(CURLOPT_CUSTOMREQUEST, request->method);
	if (request->body_len > LARGE_BODY)
		SET(CURLOPT_UPLOAD_BUFFERSIZE, (long)LARGE_BUFFER);
	return rc;
}

CURLcode options_set_timeout(CURL *easy, uint32_t whole_ms, uint32_t connect_ms)
{
	CURLcode rc = CURLE_OK;

	SET(CURLOPT_TIMEOUT_MS, (long)whole_ms);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)(connect_ms && connect_ms < whole_ms ? connect_ms : whole_ms));
	return rc;
}

CURLcode options_set(CURL *easy, const otel_http_request *request, const struct proxy *proxy)
{
	CURLcode rc = set_transport(easy, request, proxy);
	if (rc == CURLE_OK)
		rc = set_tls(easy, request);
	if (rc == CURLE_OK)
		rc = set_method(easy, request);
	return rc;
}
