/* SPDX-License-Identifier: Apache-2.0
 *
 * call_test.c - single exchanges: what is sent, and what becomes of good, bad and missing answers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/http/http_support.h"
#include "support/suite.h"

static struct server web;
static char url[128];

static const char *at(const struct server *server, const char *path)
{
	snprintf(url, sizeof(url), "%s%s", server->url, path);
	return url;
}

/* ---- answers ---- */

START_TEST(an_answer_comes_with_status_type_and_body)
{
	const otel_http_request request = http_post(at(&web, "/ok"), "1234", 4);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.count, 1);
	ck_assert_int_eq(e.error, OTEL_HTTP_OK);
	ck_assert_int_eq(e.status, 200);
	ck_assert(e.sent);
	ck_assert_str_eq(e.message, "");
	ck_assert_str_eq(e.content_type, "text/plain; charset=utf-8");
	ck_assert_str_eq(e.retry_after, "");
	ck_assert_str_eq(e.body, "hello");
}
END_TEST

START_TEST(a_busy_backend_says_when_to_come_back)
{
	const otel_http_request request = http_post(at(&web, "/busy"), "1234", 4);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_OK);
	ck_assert_int_eq(e.status, 503);
	ck_assert_str_eq(e.retry_after, "7");
}
END_TEST

START_TEST(a_redirect_is_not_followed)
{
	const otel_http_request request = http_post(at(&web, "/redirect"), "1234", 4);
	int before = web.seen->requests;
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_OK);
	ck_assert_int_eq(e.status, 302);
	ck_assert_int_eq(web.seen->requests, before + 1);
}
END_TEST

START_TEST(a_connection_is_used_again)
{
	const otel_http_request request = http_post(at(&web, "/ok"), "1234", 4);
	exchange_run(&request);
	int before = web.seen->connections;
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_int_eq(web.seen->connections, before);
}
END_TEST

START_TEST(a_large_body_arrives)
{
	size_t len = 5 << 20;
	char *body = calloc(1, len);
	const otel_http_request request = http_post(at(&web, "/ok"), body, len);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.status, 200);
	free(body);
}
END_TEST

START_TEST(an_answer_that_is_too_large_is_an_error)
{
	otel_http_request request = http_get(at(&web, "/large"));
	ck_assert_uint_eq(exchange_run(&request).body_len, 100000);
	request.max_reply = 99999;
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_TOO_LARGE);
	ck_assert_int_eq(e.status, 200);
	ck_assert_str_eq(e.message, "the answer is too large");
}
END_TEST

/* ---- what is sent ---- */

/* Answers when all has come: a body that is waited for would never come without "100 Continue". */
static void serve_large(struct server *server, int connection)
{
	static char rest[1 << 16];
	size_t left = 2 << 20;
	if (!server_read_request(server, connection))
		return;
	left -= strlen(strstr(server->seen->last, "\r\n\r\n") + 4);
	for (ssize_t n = 1; left && n > 0; left -= (size_t)n)
		n = read(connection, rest, sizeof(rest) < left ? sizeof(rest) : left);
	if (!left)
		server_say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

START_TEST(a_request_is_what_was_asked_for_and_nothing_else)
{
	struct server server;
	const otel_header headers[] = {{"Content-Type", "application/x-protobuf"}, {"X-Empty", ""}, {"x-key", "k v"}};
	server_start(&server, serve_ok);
	otel_http_request request = http_post(at(&server, "/v1/traces?a=b"), "\0\1\2", 3);
	request.headers = headers;
	request.header_count = 3;
	ck_assert_int_eq(exchange_run(&request).status, 200);
	char expected[512];
	snprintf(expected, sizeof(expected),
		 "POST /v1/traces?a=b HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: otel-c-test/1\r\nAccept: */*\r\n"
		 "Content-Type: application/x-protobuf\r\nX-Empty:\r\nx-key: k v\r\nContent-Length: 3\r\n\r\n",
		 server.port);
	ck_assert_str_eq(server.seen->last, expected); /* up to the first zero byte, which is the body's */
	server_stop(&server);
}
END_TEST

START_TEST(a_large_request_does_not_wait_to_be_asked_for_its_body)
{
	struct server server;
	char *body = malloc(2 << 20);
	memset(body, 'x', 2 << 20);
	server_start(&server, serve_large);
	const otel_http_request request = http_post(at(&server, "/"), body, 2 << 20);
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_ptr_nonnull(strstr(server.seen->last, "Content-Length: 2097152\r\n"));
	ck_assert_ptr_null(strcasestr(server.seen->last, "expect"));
	ck_assert_ptr_null(strcasestr(server.seen->last, "content-type"));
	server_stop(&server);
	free(body);
}
END_TEST

START_TEST(other_methods_work)
{
	struct server server;
	server_start(&server, serve_ok);
	otel_http_request request = http_get(at(&server, "/token"));
	request.method = "PUT";
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_ptr_nonnull(strstr(server.seen->last, "PUT /token HTTP/1.1\r\n"));
	ck_assert_ptr_nonnull(strstr(server.seen->last, "Content-Length: 0\r\n"));
	request.method = "GET";
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_ptr_nonnull(strstr(server.seen->last, "GET /token HTTP/1.1\r\n"));
	server_stop(&server);
}
END_TEST

START_TEST(a_header_with_a_line_break_is_refused)
{
	const otel_header headers[] = {{"x-key", "a\r\nx-injected: b"}};
	otel_http_request request = http_get(at(&web, "/ok"));
	request.headers = headers;
	request.header_count = 1;
	ck_assert_int_eq(http->submit(&request, exchange_on_reply, NULL, NULL), OTEL_INVALID);
	ck_assert_uint_eq(http->running(), 0);
}
END_TEST

START_TEST(a_url_of_another_protocol_is_refused)
{
	const otel_http_request request = http_get("file:///etc/passwd");
	ck_assert_int_eq(http->submit(&request, exchange_on_reply, NULL, NULL), OTEL_INVALID);
}
END_TEST

/* ---- faults ---- */

START_TEST(a_refused_connection_is_known_as_such)
{
	struct server server;
	server_absent(&server);
	const otel_http_request request = http_post(at(&server, "/"), "x", 1);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_REFUSED);
	ck_assert(!e.sent);
	ck_assert_str_eq(e.message, "connection refused");
	server_stop(&server);
}
END_TEST

START_TEST(an_unknown_host_is_known_as_such)
{
	const otel_http_request request = http_get("http://no-such-host..invalid:4318/");
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_NAME);
	ck_assert(!e.sent);
}
END_TEST

static void serve_silence(struct server *server, int connection)
{
	server_read_request(server, connection);
	pause();
}

START_TEST(silence_ends_with_the_timeout_and_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_silence);
	otel_http_request request = http_post(at(&server, "/"), "x", 1);
	request.timeout_ms = 100;
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_TIMEOUT);
	ck_assert(e.sent);
	ck_assert_str_eq(e.message, "no answer within 100 ms");
	server_stop(&server);
}
END_TEST

static void reset(int connection)
{
	struct linger now = {.l_onoff = 1};
	setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void serve_reset(struct server *server, int connection)
{
	server_read_request(server, connection);
	reset(connection);
}

START_TEST(a_reset_after_the_request_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_reset);
	const otel_http_request request = http_post(at(&server, "/"), "x", 1);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(e.sent);
	ck_assert_int_eq(e.status, 0);
	server_stop(&server);
}
END_TEST

static void serve_early_reset(struct server *server, int connection)
{
	char first;
	(void)server;
	if (recv(connection, &first, 1, MSG_PEEK) == 1) /* it is at it */
		reset(connection);
}

START_TEST(a_reset_before_the_body_went_out_was_not_sent)
{
	struct server server;
	size_t len = 64 << 20; /* more than both sockets hold */
	char *body = calloc(1, len);
	server_start(&server, serve_early_reset);
	const otel_http_request request = http_post(at(&server, "/"), body, len);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(!e.sent);
	server_stop(&server);
	free(body);
}
END_TEST

static void serve_nothing(struct server *server, int connection)
{
	server_read_request(server, connection);
}

static void serve_garbage(struct server *server, int connection)
{
	server_read_request(server, connection);
	server_say(connection, "SSH-2.0-OpenSSH_9.2p1\r\n");
}

static void serve_half(struct server *server, int connection)
{
	server_read_request(server, connection);
	server_say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
}

static void serve_endless_headers(struct server *server, int connection)
{
	server_read_request(server, connection);
	server_say(connection, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; i < 100000; i++)
		server_say(connection, "X-Padding: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n");
}

static struct exchange exchange_with(void (*serve)(struct server *server, int connection))
{
	struct server server;
	server_start(&server, serve);
	const otel_http_request request = http_post(at(&server, "/"), "x", 1);
	struct exchange e = exchange_run(&request);
	server_stop(&server);
	return e;
}

START_TEST(a_closed_connection_is_no_answer)
{
	struct exchange e = exchange_with(serve_nothing);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(e.sent);
	ck_assert_str_eq(e.message, "the server closed the connection without an answer");
}
END_TEST

START_TEST(an_answer_that_is_no_http_is_broken)
{
	struct exchange e = exchange_with(serve_garbage);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(e.sent);
	ck_assert_str_eq(e.message, "the answer is not HTTP");
}
END_TEST

START_TEST(an_answer_cut_short_is_broken_but_its_status_is_known)
{
	struct exchange e = exchange_with(serve_half);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_int_eq(e.status, 200);
	ck_assert_str_eq(e.message, "the answer was cut short");
}
END_TEST

START_TEST(endless_headers_are_cut_off)
{
	ck_assert_int_eq(exchange_with(serve_endless_headers).error, OTEL_HTTP_TOO_LARGE);
}
END_TEST

START_TEST(a_ca_file_that_cannot_be_read_is_a_tls_error_that_names_it)
{
	char https[64];
	snprintf(https, sizeof(https), "https://127.0.0.1:%u/", web.port);
	otel_http_request request = http_get(https);
	request.ca_file = "/nonexistent/ca.pem";
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_TLS);
	ck_assert_ptr_nonnull(strstr(e.message, "/nonexistent/ca.pem"));
	ck_assert(!e.sent);
}
END_TEST

START_TEST(a_server_without_tls_is_a_tls_error)
{
	char https[64];
	snprintf(https, sizeof(https), "https://127.0.0.1:%u/", web.port);
	const otel_http_request request = http_get(https);
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_TLS);
	ck_assert(!e.sent);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{an_answer_comes_with_status_type_and_body, 0},
		{a_busy_backend_says_when_to_come_back, 0},
		{a_redirect_is_not_followed, 0},
		{a_connection_is_used_again, 0},
		{a_large_body_arrives, 0},
		{an_answer_that_is_too_large_is_an_error, 0},
		{a_request_is_what_was_asked_for_and_nothing_else, 0},
		{a_large_request_does_not_wait_to_be_asked_for_its_body, 0},
		{other_methods_work, 0},
		{a_header_with_a_line_break_is_refused, 0},
		{a_url_of_another_protocol_is_refused, 0},
		{a_refused_connection_is_known_as_such, 0},
		{an_unknown_host_is_known_as_such, 0},
		{silence_ends_with_the_timeout_and_leaves_the_outcome_open, 0},
		{a_reset_after_the_request_leaves_the_outcome_open, 0},
		{a_reset_before_the_body_went_out_was_not_sent, 0},
		{a_closed_connection_is_no_answer, 0},
		{an_answer_that_is_no_http_is_broken, 0},
		{an_answer_cut_short_is_broken_but_its_status_is_known, 0},
		{endless_headers_are_cut_off, 0},
		{a_ca_file_that_cannot_be_read_is_a_tls_error_that_names_it, 0},
		{a_server_without_tls_is_a_tls_error, 0},
	};

	server_start_web(&web);
	http_open(NULL);
	const int status = suite_main("call", entries, sizeof entries / sizeof *entries, NULL);
	server_stop(&web);
	return status;
}
