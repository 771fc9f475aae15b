/* SPDX-License-Identifier: Apache-2.0
 *
 * call.h - one HTTP exchange: a request on a libcurl handle, and the answer as it comes in.
 */
#ifndef OTEL_HTTP_CALL_H
#define OTEL_HTTP_CALL_H

#include <otel/plugin.h>

#include <curl/curl.h>

#include "http/answer_headers.h"
#include "http/attempt.h"
#include "http/proxy.h"
#include "util/buf.h"

struct otel_http_call {
	struct otel_http_call *next;
	CURL *easy; /* NULL once the exchange is over */
	struct curl_slist *headers;
	struct attempt attempt;
	size_t body_len;
	uint32_t timeout_ms;
	uint32_t connect_timeout_ms;
	uint64_t deadline; /* clock_mono_ms() */
	const char *proxy_variable;

	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;

	struct answer_headers answer;
	struct buf body;
	bool too_large;
	otel_http_reply reply;
	char detail[CURL_ERROR_SIZE];
	char message[CURL_ERROR_SIZE + 64];
};

/* Prepares the handle, which belongs to the call from then on. NULL: not a request that can be made, or out of
 * memory; the handle stays the caller's. */
struct otel_http_call *call_create(CURL *easy, const otel_http_request *request, const struct proxy *proxy,
				   const char *user_agent);

/* The transfer is over. true: nothing was sent, and the handle is ready to be added to the multi once more. */
bool call_again(struct otel_http_call *call, CURLcode code);

/* The exchange is over: fills call->reply from the handle, which is the caller's again. */
void call_finish(struct otel_http_call *call, CURLcode code);

/* It will not go on: the same for reasons of our own. */
void call_give_up(struct otel_http_call *call, otel_http_error error, const char *message);

void call_destroy(struct otel_http_call *call); /* without its handle */

#endif
