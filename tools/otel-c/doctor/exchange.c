/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange.c - copies of answers, taken on the pipeline thread.
 */
#include "tools/otel-c/doctor/exchange.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/endpoint.h"
#include "otlp/grpc_status.h"
#include "sdk/http_door.h"
#include "util/str.h"

#define EXCHANGES_MAX 16

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct exchange *exchanges;
static bool is_read; /* the list stays as it is, whoever is late */

static void copy(char *out, size_t cap, const char *text)
{
	str_scrub_utf8(out, cap, text ? text : "", text ? strlen(text) : 0);
}

/* ---- the URL ---- */

static void read_host(struct exchange *exchange)
{
	const char *host = exchange->authority;
	const bool bracket = *host == '[';

	snprintf(exchange->host, sizeof exchange->host, "%.*s", (int)strcspn(host + bracket, bracket ? "]" : ":"),
		 host + bracket);
}

bool exchange_read_url(struct exchange *exchange, const char *url)
{
	struct endpoint endpoint;
	const char *why;
	const char *rest;

	if (!endpoint_of_signal(&endpoint, url, &why))
		return false;
	copy(exchange->shown, sizeof exchange->shown, endpoint.shown);
	rest = strstr(exchange->shown, "://") + 3;
	snprintf(exchange->authority, sizeof exchange->authority, "%.*s", (int)strcspn(rest, "/"), rest);
	copy(exchange->path, sizeof exchange->path, rest + strcspn(rest, "/"));
	read_host(exchange);
	exchange->port = endpoint.port;
	exchange->tls = endpoint.tls;
	endpoint_fini(&endpoint);
	return true;
}

/* ---- watching ---- */

static const char *type_of(const otel_http_request *request)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (str_equals_nocase(request->headers[i].name, "Content-Type"))
			return request->headers[i].value;
	return "";
}

static bool is_grpc(const otel_http_request *request)
{
	return str_equals_nocase(type_of(request), "application/grpc+proto");
}

static bool is_otlp(const otel_http_request *request)
{
	const char *type = type_of(request);

	return strcmp(request->method, "POST") == 0 &&
	       (is_grpc(request) || str_equals_nocase(type, "application/x-protobuf") ||
		str_equals_nocase(type, "application/json"));
}

static bool has_headers(const otel_http_request *request)
{
	static const char *const own[] = {"Content-Type", "Content-Encoding",     "TE",
					  "grpc-timeout", "grpc-accept-encoding", "grpc-encoding"};
	size_t count = 0;

	for (size_t i = 0; i < request->header_count; i++)
		for (size_t j = 0; j < sizeof own / sizeof *own; j++)
			count += str_equals_nocase(request->headers[i].name, own[j]);
	return count < request->header_count;
}

static void read_grpc(struct exchange *exchange, const otel_http_reply *reply)
{
	struct grpc_status status;

	grpc_status_read(&status, reply->headers, reply->header_count);
	exchange->is_grpc = true;
	exchange->has_grpc_status = status.is_there;
	exchange->grpc_code = status.code;
	str_scrub_line(exchange->grpc_words, sizeof exchange->grpc_words, status.words, status.words_len);
	snprintf(exchange->shown, sizeof exchange->shown, "%s://%s", exchange->tls ? "https" : "http",
		 exchange->authority);
}

static struct exchange *create(const otel_http_request *request, const otel_http_reply *reply)
{
	struct exchange *exchange = calloc(1, sizeof *exchange);

	if (!exchange)
		return NULL;
	if (!exchange_read_url(exchange, request->url))
		copy(exchange->shown, sizeof exchange->shown, "(no URL)");
	exchange->has_headers = has_headers(request);
	if (request->auth && !str_equals_nocase(request->auth, "none"))
		copy(exchange->auth, sizeof exchange->auth, request->auth);
	exchange->timeout_ms = request->timeout_ms;
	exchange->error = reply->error;
	exchange->status = reply->status;
	copy(exchange->message, sizeof exchange->message, reply->message);
	copy(exchange->content_type, sizeof exchange->content_type, reply->content_type);
	copy(exchange->retry_after, sizeof exchange->retry_after, reply->retry_after);
	exchange->body_len = reply->body_len;
	if (is_grpc(request))
		read_grpc(exchange, reply);
	if (reply->body_len)
		memcpy(exchange->body, reply->body,
		       reply->body_len < EXCHANGE_BODY_MAX ? reply->body_len : EXCHANGE_BODY_MAX);
	return exchange;
}

/* The newest answer from an address takes the place of older ones, for a batch may be sent twice; that we gave up
 * waiting is no news. false: it is not kept. */
static bool put(struct exchange *exchange)
{
	struct exchange **link = &exchanges;
	unsigned count = 0;

	for (; *link && strcmp((*link)->shown, exchange->shown) != 0; link = &(*link)->next)
		count++;
	struct exchange *before = *link;
	if (is_read || count == EXCHANGES_MAX || (before && exchange->error == OTEL_HTTP_CANCELLED))
		return false;
	exchange->next = before ? before->next : NULL;
	*link = exchange;
	free(before);
	return true;
}

static void saw(const otel_http_request *request, const otel_http_reply *reply)
{
	struct exchange *exchange = is_otlp(request) ? create(request, reply) : NULL;

	if (!exchange)
		return;
	pthread_mutex_lock(&lock);
	if (!put(exchange))
		free(exchange);
	pthread_mutex_unlock(&lock);
}

void exchange_watch(void)
{
	door_watch(saw);
}

const struct exchange *exchange_exports(void)
{
	pthread_mutex_lock(&lock);
	is_read = true;
	const struct exchange *first = exchanges;
	pthread_mutex_unlock(&lock);
	return first;
}
