/* SPDX-License-Identifier: Apache-2.0
 *
 * call.c - one HTTP exchange.
 */
#include "http/call.h"

#include <stdlib.h>
#include <string.h>

#include "http/error.h"
#include "http/sock.h"

enum {
	TIMEOUT_MS = 10000,
	MAX_REPLY = 4 << 20,
	MAX_REPLY_HEADERS = 256 << 10, /* libcurl has no bound of its own */
	LARGE_BODY = 64 << 10,
	LARGE_BUFFER = 1 << 20 /* halves the CPU time of a large upload */
};

/* The first failure sticks; TLS options above all must not be lost. */
#define SET(option, ...)                                                                                               \
	do {                                                                                                           \
		if (rc == CURLE_OK)                                                                                    \
			rc = curl_easy_setopt(easy, option, __VA_ARGS__);                                              \
	} while (0)

/* ---- the request ---- */

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

static bool make_headers(struct otel_http_call *call, const otel_http_request *request)
{
	bool typed = false;
	for (size_t i = 0; i < request->header_count; i++) {
		const otel_header *h = &request->headers[i];
		if (!add_header(&call->headers, h->name, h->value))
			return false;
		typed = typed || curl_strequal(h->name, "Content-Type");
	}
	if (!typed && !add_line(&call->headers, "Content-Type:")) /* libcurl would call it a form */
		return false;
	return add_line(&call->headers, "Expect:"); /* no waiting for 100 Continue */
}

static CURLcode set_transport(CURL *easy, const struct otel_http_call *call, const otel_http_request *request,
			      const struct proxy *proxy)
{
	CURLcode rc = CURLE_OK;
	uint32_t connect = request->connect_timeout_ms ? request->connect_timeout_ms : call->timeout_ms;

	SET(CURLOPT_URL, request->url);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_TIMEOUT_MS, (long)call->timeout_ms);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)connect);
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

/* ---- the answer ---- */

static size_t on_body(char *data, size_t size, size_t count, void *arg)
{
	struct otel_http_call *call = arg;
	if (buf_append(&call->body, data, size * count))
		return size * count;
	call->too_large = true;
	return 0;
}

static size_t on_header(char *data, size_t size, size_t count, void *arg)
{
	struct otel_http_call *call = arg;
	(void)data;
	call->header_bytes += size * count;
	call->too_large = call->header_bytes > MAX_REPLY_HEADERS;
	return call->too_large ? 0 : size * count;
}

static CURLcode set_answer(CURL *easy, struct otel_http_call *call, const char *user_agent)
{
	CURLcode rc = CURLE_OK;

	SET(CURLOPT_HTTPHEADER, call->headers);
	SET(CURLOPT_USERAGENT, user_agent);
	SET(CURLOPT_ERRORBUFFER, call->detail);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, call);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, call);
	SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)call->body.max);
	SET(CURLOPT_OPENSOCKETFUNCTION, sock_open);
	SET(CURLOPT_OPENSOCKETDATA, &call->tried_to_connect);
	SET(CURLOPT_PRIVATE, call);
	return rc;
}

struct otel_http_call *call_create(CURL *easy, const otel_http_request *request, const struct proxy *proxy,
				   const char *user_agent)
{
	struct otel_http_call *call = calloc(1, sizeof(*call));
	if (!call)
		return NULL;
	buf_init(&call->body, request->max_reply ? request->max_reply : MAX_REPLY);
	call->easy = easy;
	call->body_len = request->body_len;
	call->timeout_ms = request->timeout_ms ? request->timeout_ms : TIMEOUT_MS;
	call->proxy_variable = proxy->variable;
	if (!make_headers(call, request) || set_transport(easy, call, request, proxy) != CURLE_OK ||
	    set_tls(easy, request) != CURLE_OK || set_method(easy, request) != CURLE_OK ||
	    set_answer(easy, call, user_agent) != CURLE_OK) {
		call_destroy(call);
		return NULL;
	}
	return call;
}

/* Did the request leave whole? Then the server may have acted on it, whatever we heard. */
static bool was_sent(const struct otel_http_call *call)
{
	curl_off_t uploaded = 0;
	long request_size = 0;
	curl_easy_getinfo(call->easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
	curl_easy_getinfo(call->easy, CURLINFO_REQUEST_SIZE, &request_size);
	return request_size > 0 && (size_t)uploaded >= call->body_len;
}

static char *header_copy(CURL *easy, const char *name)
{
	struct curl_header *header;
	if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
		return NULL;
	return strdup(header->value);
}

static otel_http_error explain(struct otel_http_call *call, CURLcode code)
{
	long os_error = 0, proxy_status = 0;
	curl_off_t connect_time = 0;

	if (call->tried_to_connect) /* else it may be left from an exchange before */
		curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &os_error);
	curl_easy_getinfo(call->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
	curl_easy_getinfo(call->easy, CURLINFO_CONNECT_TIME_T, &connect_time);
	const struct failure failure = {.code = code,
					.os_error = (int)os_error,
					.connected = connect_time > 0,
					.too_large = call->too_large,
					.proxy_status = (int)proxy_status,
					.timeout_ms = call->timeout_ms,
					.detail = call->detail,
					.variable = call->proxy_variable};
	return error_of(&failure, call->message, sizeof(call->message));
}

/* The reply points into the call from here on; the handle is not needed any more. */
static void fill_reply(struct otel_http_call *call, otel_http_error error)
{
	call->reply.size = sizeof(call->reply);
	call->reply.error = error;
	call->reply.message = call->message;
	call->reply.content_type = call->content_type ? call->content_type : "";
	call->reply.retry_after = call->retry_after ? call->retry_after : "";
	call->reply.body = call->body.data;
	call->reply.body_len = call->body.len;
	call->easy = NULL;
}

void call_finish(struct otel_http_call *call, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	call->reply.status = (int)status;
	call->reply.sent = status != 0 || was_sent(call);
	call->content_type = header_copy(call->easy, "Content-Type");
	call->retry_after = header_copy(call->easy, "Retry-After");
	fill_reply(call, code == CURLE_OK ? OTEL_HTTP_OK : explain(call, code));
}

void call_give_up(struct otel_http_call *call, otel_http_error error, const char *message)
{
	call->reply.sent = was_sent(call);
	strncpy(call->message, message, sizeof(call->message) - 1);
	fill_reply(call, error);
}

void call_destroy(struct otel_http_call *call)
{
	curl_slist_free_all(call->headers);
	buf_fini(&call->body);
	free(call->content_type);
	free(call->retry_after);
	free(call);
}
