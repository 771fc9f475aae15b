/* SPDX-License-Identifier: Apache-2.0
 *
 * attempt.h - which connection an exchange goes over, and whether it may go over another one.
 *
 * libcurl sends a request again, unasked, when a connection that it kept dies before any answer came. The server may
 * have acted on the first copy, so that is not its decision: each attempt sends at most once, and what is to follow is
 * decided by those who know what the request is.
 */
#ifndef OTEL_HTTP_ATTEMPT_H
#define OTEL_HTTP_ATTEMPT_H

#include <otel/plugin.h>

#include <curl/curl.h>

/* Why libcurl was stopped. */
enum attempt_stop {
	ATTEMPT_GOES_ON = 0,
	ATTEMPT_NOT_KEPT, /* no connection that was kept could be used, and this attempt must not open one */
	ATTEMPT_NO_HTTP2, /* TLS is up, but the server does not agree upon HTTP/2 */
	ATTEMPT_TWICE /* it wanted to send a second time */
};

struct attempt {
	CURL *easy;
	bool is_http2;
	bool is_tls;
	bool is_safe; /* GET: may be sent as often as libcurl likes */
	bool is_fresh; /* goes over a connection of its own */
	bool is_kept_only; /* goes over a kept connection or not at all */
	bool is_last; /* for its connection */
	bool has_opened; /* a socket */
	bool has_begun; /* to send */
	bool is_answered; /* the answer has begun */
	enum attempt_stop stop;
	long size_before; /* bytes of requests (CONNECT) before it began */
};

void attempt_init(struct attempt *attempt, CURL *easy, const otel_http_request *request);

/* Sets the options of the handle that depend on the attempt; it must stay where it is. */
CURLcode attempt_set(struct attempt *attempt);

/* The answer begins. From a callback of libcurl. */
void attempt_answered(struct attempt *attempt);

/* It ended so: what that tells of other connections is taken to heart. */
void attempt_failed(const struct attempt *attempt, CURLcode code);

/* The transfer failed. true: nothing was sent, for reasons that a connection of its own removes; attempt_set() then
 * prepares that. */
bool attempt_again(struct attempt *attempt);

/* May the server have got the request whole? While the handle is as the transfer left it. */
bool attempt_was_sent(const struct attempt *attempt, size_t body_len);

/* Connections for HTTP/2 are kept apart. Forgets them all: in the child of a fork, or when their sockets are gone. */
void attempt_forget(void);

#endif
