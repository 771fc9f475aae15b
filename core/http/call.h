/* SPDX-License-Identifier: Apache-2.0
 *
 * call.h - one HTTP exchange: a request on a libcurl handle, and the answer as it comes in.
 */
#ifndef OTEL_HTTP_CALL_H
#define OTEL_HTTP_CALL_H

#include <otel/plugin.h>

#include <curl/curl.h>

#include "http/proxy.h"
#include "util/buf.h"

struct otel_http_call {
	struct otel_http_call *next;
	CURL *easy; /* NULL once the exchange is over */
	struct curl_slist *headers;
	size_t body_len;
	uint32_t timeout_ms;
	const char *proxy_variable;

	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;

	struct buf body;
	size_t header_bytes; /* of the answer so far */
	bool too_large;
	bool tried_to_connect;
	otel_http_reply reply;
	char *content_type;
	char *retry_after;
	char detail[CURL_ERROR_SIZE];
	char message[CURL_ERROR_SIZE + 64];
};

/* Prepares the handle, which belongs to the call from then on. NULL: not a request that can be made, or out of
 * memory; the handle stays the caller's. */
struct otel_http_call *call_create(CURL *easy, const otel_http_request *request, const struct proxy *proxy,
				   const char *user_agent);

/* The exchange is over: fills call->reply from the handle, which is the caller's again. */
void call_finish(struct otel_http_call *call, CURLcode code);

/* It will not go on: the same for reasons of our own. */
void call_give_up(struct otel_http_call *call, otel_http_error error, const char *message);

void call_destroy(struct otel_http_call *call); /* without its handle */

#endif
