/* SPDX-License-Identifier: Apache-2.0
 *
 * attempt.c - see the header. What is said of libcurl is true of 7.88.1.
 *
 * HTTP/2 without TLS: with "prior knowledge" libcurl sets HTTP/2 up anew on a connection that has it already, and
 * fails. So a kept connection is used with another version setting, which only looks for HTTP/2 connections, and this
 * attempt is kept from opening a socket: it would speak HTTP/1.1. If there is none, a second attempt brings its own
 * connection.
 *
 * HTTP/2 connections are in a cache of their own, or such an attempt might find one that speaks HTTP/1.1. One transfer
 * at a time uses a connection: sharing them is where this libcurl is at its weakest.
 */
#include "http/attempt.h"

#include <openssl/ssl.h>
#include <string.h>
#include <strings.h>

#include "http/kept.h"
#include "http/sock.h"

enum { ORIGINS = 16, MOST_REQUESTS = 300 };

static struct {
	CURLSH *cache;
	bool has_kept; /* a connection without TLS, probably */
	/* libcurl ends each stream with RST_STREAM; servers take more than 1000 of them for an attack. Requests by the
	 * hash of where they go, three signals to one server included. */
	uint16_t requests[ORIGINS];
} http2;

/* ---- while libcurl works ---- */

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct attempt *attempt = arg;

	if (attempt->has_begun && !attempt->is_safe)
		attempt->stop = ATTEMPT_TWICE;
	else if (attempt->is_kept_only)
		attempt->stop = ATTEMPT_NOT_KEPT;
	return attempt->stop ? CURL_SOCKET_BAD : sock_open(&attempt->has_opened, purpose, address);
}

static bool has_agreed_on_http2(CURL *easy)
{
	struct curl_tlssessioninfo *session = NULL;
	const unsigned char *name = NULL;
	unsigned len = 0;

	if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK && session && session->internals)
		SSL_get0_alpn_selected(session->internals, &name, &len);
	return len == 2 && memcmp(name, "h2", 2) == 0;
}

static long request_size(const struct attempt *attempt)
{
	long size = 0;
	curl_easy_getinfo(attempt->easy, CURLINFO_REQUEST_SIZE, &size);
	return size;
}

/* The connection is there, kept or new, and the request would go out now. */
static int before_request(void *arg, char *ip, char *local_ip, int port, int local_port)
{
	struct attempt *attempt = arg;

	(void)ip;
	(void)local_ip;
	(void)port;
	(void)local_port;
	sock_connected(&attempt->has_opened);
	if (attempt->has_begun && !attempt->is_safe) {
		attempt->stop = ATTEMPT_TWICE;
	} else if (attempt->is_http2 && attempt->is_tls && !has_agreed_on_http2(attempt->easy)) {
		attempt->stop = ATTEMPT_NO_HTTP2;
		curl_easy_setopt(attempt->easy, CURLOPT_FORBID_REUSE, 1L);
	}
	if (attempt->stop)
		return CURL_PREREQFUNC_ABORT;
	attempt->size_before = request_size(attempt);
	attempt->has_begun = true;
	http2.has_kept = http2.has_kept || (attempt->is_http2 && !attempt->is_tls);
	return CURL_PREREQFUNC_OK;
}

/* ---- options ---- */

static bool have_cache(void)
{
	if (http2.cache)
		return true;
	http2.cache = curl_share_init();
	if (http2.cache && curl_share_setopt(http2.cache, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) != CURLSHE_OK) {
		curl_share_cleanup(http2.cache);
		http2.cache = NULL;
	}
	return http2.cache;
}

/* Is this request to be the last of its connection? */
static bool is_enough(const char *url)
{
	const char *host = strstr(url, "://");
	unsigned hash = 0;

	for (const char *c = host ? host + 3 : url; *c && *c != '/'; c++)
		hash = hash * 31 + (unsigned char)*c;
	uint16_t *requests = &http2.requests[hash % ORIGINS];
	*requests = (uint16_t)(*requests + 1) % MOST_REQUESTS;
	return *requests == 0;
}

void attempt_init(struct attempt *attempt, CURL *easy, const otel_http_request *request)
{
	*attempt = (struct attempt){
		.easy = easy,
		.is_http2 = request->http_version == OTEL_HTTP_2,
		.is_tls = strncasecmp(request->url, "https:", 6) == 0,
		.is_safe = !request->body_len && strcmp(request->method, "GET") == 0,
		.is_fresh = kept_max_age() == 0,
	};
	if (!attempt->is_http2)
		return;
	attempt->is_last = is_enough(request->url);
	if (!attempt->is_tls) {
		attempt->is_fresh = attempt->is_fresh || !http2.has_kept;
		attempt->is_kept_only = !attempt->is_fresh;
	}
}

static long version_of(const struct attempt *attempt)
{
	if (!attempt->is_http2)
		return CURL_HTTP_VERSION_1_1;
	return attempt->is_tls || attempt->is_kept_only ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
}

CURLcode attempt_set(struct attempt *attempt)
{
	CURLcode rc = CURLE_OK;
	CURL *easy = attempt->easy;
	const long max_age = kept_max_age();

#define SET(option, value) rc = rc ? rc : curl_easy_setopt(easy, option, value)
	SET(CURLOPT_HTTP_VERSION, version_of(attempt));
	SET(CURLOPT_FRESH_CONNECT, (long)attempt->is_fresh);
	SET(CURLOPT_FORBID_REUSE, (long)attempt->is_http2);
	SET(CURLOPT_MAXLIFETIME_CONN, max_age < 0 ? 0L : max_age ? max_age : 1L); /* 0 = any age */
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, attempt);
	SET(CURLOPT_PREREQFUNCTION, before_request);
	SET(CURLOPT_PREREQDATA, attempt);
	if (attempt->is_http2) {
		SET(CURLOPT_HTTPPROXYTUNNEL, 1L);
		if (!have_cache())
			return CURLE_OUT_OF_MEMORY;
		SET(CURLOPT_SHARE, http2.cache);
	}
#undef SET
	return rc;
}

/* ---- afterwards ---- */

/* After a timeout libcurl keeps an HTTP/2 connection, be it dead, and the next request would go over it, and the one
 * after that. So only those are kept that have answered. */
void attempt_answered(struct attempt *attempt)
{
	if (attempt->is_answered)
		return;
	attempt->is_answered = true;
	curl_easy_setopt(attempt->easy, CURLOPT_FORBID_REUSE, (long)attempt->is_last);
}

void attempt_failed(const struct attempt *attempt, CURLcode code)
{
	if (code == CURLE_OPERATION_TIMEDOUT && attempt->has_begun && (attempt->is_http2 || !attempt->has_opened))
		kept_doubt();
}

static bool nothing_left(const struct attempt *attempt)
{
	return !attempt->has_begun || request_size(attempt) == attempt->size_before;
}

bool attempt_again(struct attempt *attempt)
{
	if (!attempt->stop || attempt->has_opened || !nothing_left(attempt))
		return false;
	http2.has_kept = http2.has_kept && attempt->stop != ATTEMPT_NOT_KEPT;
	attempt->is_fresh = true;
	attempt->is_kept_only = false;
	attempt->has_begun = false;
	attempt->is_answered = false;
	attempt->stop = ATTEMPT_GOES_ON;
	return true;
}

bool attempt_was_sent(const struct attempt *attempt, size_t body_len)
{
	curl_off_t uploaded = 0;

	if (nothing_left(attempt))
		return false;
	if (attempt->stop == ATTEMPT_TWICE) /* on a new connection it only repeats what the server refused to look at */
		return !attempt->has_opened;
	curl_easy_getinfo(attempt->easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
	return (size_t)uploaded >= body_len;
}

void attempt_forget(void)
{
	http2.cache = NULL;
	http2.has_kept = false;
}
