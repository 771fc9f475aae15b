/* SPDX-License-Identifier: Apache-2.0
 *
 * call.c - one HTTP exchange.
 */
#include "http/call.h"

#include <stdlib.h>
#include <string.h>

#include "http/error.h"
#include "http/options.h"
#include "util/clock.h"

enum { TIMEOUT_MS = 10000, MAX_REPLY = 4 << 20 };

/* ---- the request ---- */

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
	attempt_answered(&call->attempt);
	call->too_large = !answer_headers_add(&call->answer, data, size * count);
	return call->too_large ? 0 : size * count;
}

static CURLcode set_answer(struct otel_http_call *call, const char *user_agent)
{
	CURLcode rc = CURLE_OK;

#define SET(option, value) rc = rc ? rc : curl_easy_setopt(call->easy, option, value)
	SET(CURLOPT_HTTPHEADER, call->headers);
	SET(CURLOPT_USERAGENT, user_agent);
	SET(CURLOPT_ERRORBUFFER, call->detail);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, call);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, call);
	SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)call->body.max);
	SET(CURLOPT_PRIVATE, call);
#undef SET
	return rc;
}

struct otel_http_call *call_create(CURL *easy, const otel_http_request *request, const struct proxy *proxy,
				   const char *user_agent)
{
	struct otel_http_call *call = calloc(1, sizeof(*call));
	if (!call)
		return NULL;
	buf_init(&call->body, request->max_reply ? request->max_reply : MAX_REPLY);
	answer_headers_init(&call->answer);
	attempt_init(&call->attempt, easy, request);
	call->easy = easy;
	call->body_len = request->body_len;
	call->timeout_ms = request->timeout_ms ? request->timeout_ms : TIMEOUT_MS;
	call->connect_timeout_ms = request->connect_timeout_ms;
	call->deadline = clock_mono_ms() + call->timeout_ms;
	call->proxy_variable = proxy->variable;
	if (options_headers(&call->headers, request) && options_set(easy, request, proxy) == CURLE_OK &&
	    options_set_timeout(easy, call->timeout_ms, call->connect_timeout_ms) == CURLE_OK &&
	    attempt_set(&call->attempt) == CURLE_OK && set_answer(call, user_agent) == CURLE_OK)
		return call;
	call_destroy(call);
	return NULL;
}

bool call_again(struct otel_http_call *call, CURLcode code)
{
	const uint32_t left = clock_ms_until(call->deadline);

	if (code == CURLE_OK || !left || !attempt_again(&call->attempt))
		return false;
	answer_headers_clear(&call->answer);
	buf_clear(&call->body);
	call->detail[0] = '\0';
	return options_set_timeout(call->easy, left, call->connect_timeout_ms) == CURLE_OK &&
	       attempt_set(&call->attempt) == CURLE_OK;
}

/* ---- the answer ---- */

static otel_http_error explain(struct otel_http_call *call, CURLcode code)
{
	long os_error = 0, proxy_status = 0;
	curl_off_t connect_time = 0;

	if (call->attempt.has_opened) /* else it may be left from an exchange before */
		curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &os_error);
	curl_easy_getinfo(call->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
	curl_easy_getinfo(call->easy, CURLINFO_CONNECT_TIME_T, &connect_time);
	const struct failure failure = {.code = code,
					.stop = call->attempt.stop,
					.is_http2 = call->attempt.is_http2,
					.has_answer = call->reply.status != 0,
					.is_kept = !call->attempt.has_opened,
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
	otel_http_reply *reply = &call->reply;

	reply->size = sizeof(*reply);
	reply->error = error;
	reply->message = call->message;
	reply->headers = answer_headers_list(&call->answer);
	reply->header_count = call->answer.count;
	reply->content_type = answer_headers_find(&call->answer, "Content-Type");
	reply->retry_after = answer_headers_find(&call->answer, "Retry-After");
	reply->body = call->body.data;
	reply->body_len = call->body.len;
	call->easy = NULL;
}

void call_finish(struct otel_http_call *call, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	if (code == CURLE_OK && (status < 200 || !call->answer.is_whole))
		code = CURLE_PARTIAL_FILE; /* libcurl is content with any part of a head */
	attempt_failed(&call->attempt, code);
	call->reply.status = (int)status;
	call->reply.sent = status != 0 || attempt_was_sent(&call->attempt, call->body_len);
	fill_reply(call, code == CURLE_OK ? OTEL_HTTP_OK : explain(call, code));
}

void call_give_up(struct otel_http_call *call, otel_http_error error, const char *message)
{
	call->reply.sent = attempt_was_sent(&call->attempt, call->body_len);
	strncpy(call->message, message, sizeof(call->message) - 1);
	fill_reply(call, error);
}

void call_destroy(struct otel_http_call *call)
{
	curl_slist_free_all(call->headers);
	answer_headers_fini(&call->answer);
	buf_fini(&call->body);
	free(call);
}
