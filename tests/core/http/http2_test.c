/* SPDX-License-Identifier: Apache-2.0
 *
 * http2_test.c - HTTP/2 over libcurl, above all what it does with connections that it kept.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/http/http2_peer.h"

static const otel_header grpc_headers[] = {{"content-type", "application/grpc+proto"}, {"te", "trailers"}};

static otel_http_request h2_post(const char *url, const void *body, size_t len)
{
	otel_http_request request = http_post(url, body, len);
	request.headers = grpc_headers;
	request.header_count = 2;
	request.http_version = OTEL_HTTP_2;
	return request;
}

static struct exchange post(const struct server *server)
{
	const otel_http_request request = h2_post(server->url, "\0\0\0\0\0", 5);
	return exchange_run(&request);
}

static void assert_good(const struct exchange *e)
{
	ck_assert_str_eq(e->message, "");
	ck_assert_int_eq(e->error, OTEL_HTTP_OK);
	ck_assert_int_eq(e->status, 200);
	ck_assert_ptr_nonnull(strstr(e->headers, "grpc-status: 0\n"));
}

/* ---- answers ---- */

static void serve_answers(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_answer(&peer);
}

START_TEST(trailers_come_behind_the_headers)
{
	struct server server;
	server_start(&server, serve_answers);
	struct exchange e = post(&server);
	assert_good(&e);
	ck_assert(e.sent);
	ck_assert_str_eq(e.headers, "content-type: application/grpc+proto\ngrpc-status: 0\n");
	ck_assert_str_eq(e.content_type, "application/grpc+proto");
	ck_assert_uint_eq(e.body_len, 5);
	server_stop(&server);
}
END_TEST

static void serve_trailers_only(struct server *server, int connection)
{
	static const char *const fields[] = {
		"content-type", "application/grpc", "grpc-status", "14", "grpc-message", "busy", NULL};
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_headers(&peer, 200, true, fields);
}

START_TEST(an_answer_of_headers_alone_is_one)
{
	struct server server;
	server_start(&server, serve_trailers_only);
	for (int i = 0; i < 3; i++) {
		struct exchange e = post(&server);
		ck_assert_int_eq(e.error, OTEL_HTTP_OK);
		ck_assert_int_eq(e.status, 200);
		ck_assert_uint_eq(e.body_len, 0);
		ck_assert_ptr_nonnull(strstr(e.headers, "grpc-status: 14\ngrpc-message: busy\n"));
	}
	server_stop(&server);
}
END_TEST

static void serve_crumbs(struct server *server, int connection)
{
	static const char *const head[] = {"content-type", "application/grpc", NULL};
	static const char *const trailers[] = {"grpc-status", "0", NULL};
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer)) {
		peer_headers(&peer, 200, false, head);
		for (int i = 0; i < 10; i++) {
			usleep(1000);
			peer_data(&peer, &"0123456789"[i], 1, false);
		}
		usleep(1000);
		peer_headers(&peer, 0, true, trailers);
	}
}

START_TEST(a_body_in_many_frames_is_put_together)
{
	struct server server;
	server_start(&server, serve_crumbs);
	struct exchange e = post(&server);
	assert_good(&e);
	ck_assert_str_eq(e.body, "0123456789");
	server_stop(&server);
}
END_TEST

START_TEST(a_large_body_arrives_whole)
{
	struct server server;
	const size_t len = 5 << 20;
	char *body = calloc(1, len);
	server_start(&server, serve_answers);
	const otel_http_request request = h2_post(server.url, body, len);
	for (int i = 0; i < 3; i++) {
		struct exchange e = exchange_run(&request);
		assert_good(&e);
	}
	ck_assert_int_eq(server.seen->connections, 1);
	server_stop(&server);
	free(body);
}
END_TEST

static void serve_many_fields(struct server *server, int connection)
{
	static const char *fields[2 * 400 + 1];
	struct peer peer = {.server = server, .fd = connection};
	for (int i = 0; i < 800; i++)
		fields[i] = "x";
	while (peer_read(&peer))
		peer_headers(&peer, 200, true, fields);
}

START_TEST(more_headers_than_anybody_needs_are_too_large)
{
	struct server server;
	server_start(&server, serve_many_fields);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_TOO_LARGE);
	server_stop(&server);
}
END_TEST

/* ---- connections ---- */

START_TEST(a_connection_is_used_for_one_exchange_after_the_other)
{
	struct server server;
	server_start(&server, serve_answers);
	for (int i = 0; i < 20; i++) {
		struct exchange e = post(&server);
		assert_good(&e);
	}
	ck_assert_int_eq(server.seen->connections, 1);
	ck_assert_int_eq(server.seen->requests, 20);
	server_stop(&server);
}
END_TEST

/* Servers that count streams ended by RST_STREAM hang up after a thousand. */
START_TEST(a_connection_is_given_up_before_it_looks_like_an_attack)
{
	struct server server;
	server_start(&server, serve_answers);
	for (int i = 0; i < 400; i++) {
		struct exchange e = post(&server);
		assert_good(&e);
	}
	ck_assert_int_eq(server.seen->connections, 2);
	server_stop(&server);
}
END_TEST

START_TEST(connections_of_both_versions_are_kept_apart)
{
	struct server server, web;
	server_start_web(&web);
	server_start(&server, serve_answers);
	char url[128];
	snprintf(url, sizeof(url), "%s/ok", web.url);
	const otel_http_request old = http_post(url, "1234", 4);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(exchange_run(&old).status, 200);
		struct exchange e = post(&server);
		assert_good(&e);
		/* The web server keeps its HTTP/1.1 connection open: it must not be taken for this. */
		e = post(&web);
		ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	}
	ck_assert_int_eq(server.seen->connections, 1);
	server_stop(&server);
	server_stop(&web);
}
END_TEST

static void serve_old_answer(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	server_say(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
	peer_read(&peer);
}

START_TEST(a_server_of_the_old_version_is_known_as_such)
{
	struct server server;
	server_start(&server, serve_old_answer);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_str_eq(e.message, "the server does not speak HTTP/2");
	server_stop(&server);
}
END_TEST

static void serve_once(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	if (peer_read(&peer))
		peer_answer(&peer);
	usleep(100000); /* the client has its answer before the connection ends */
}

START_TEST(a_connection_that_was_closed_meanwhile_is_not_used)
{
	struct server server;
	server_start(&server, serve_once);
	for (int i = 0; i < 3; i++) {
		struct exchange e = post(&server);
		assert_good(&e);
		usleep(300000);
	}
	ck_assert_int_eq(server.seen->connections, 3);
	ck_assert_int_eq(server.seen->requests, 3);
	server_stop(&server);
}
END_TEST

static void serve_goodbye(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer)) {
		peer_answer(&peer);
		peer_goaway(&peer, peer.stream, PEER_NO_ERROR);
	}
}

START_TEST(after_a_goaway_another_connection_is_made)
{
	struct server server;
	server_start(&server, serve_goodbye);
	for (int i = 0; i < 3; i++) {
		struct exchange e = post(&server);
		ck_assert_int_eq(e.error, OTEL_HTTP_OK);
		ck_assert_int_eq(e.status, 200);
		usleep(20000);
	}
	ck_assert_int_eq(server.seen->requests, 3);
	ck_assert_int_eq(server.seen->connections, 3);
	server_stop(&server);
}
END_TEST

/* ---- requests that may have been acted upon are not repeated ---- */

static void serve_one_then_hang_up(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	if (peer_read(&peer))
		peer_answer(&peer);
	peer_read(&peer);
}

START_TEST(a_kept_connection_that_dies_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_one_then_hang_up);
	struct exchange e = post(&server);
	assert_good(&e);
	e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(e.sent);
	ck_assert_int_eq(server.seen->requests, 2);
	e = post(&server);
	assert_good(&e);
	ck_assert_int_eq(server.seen->requests, 3);
	server_stop(&server);
}
END_TEST

static void serve_one_then_reset(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	if (peer_read(&peer))
		peer_answer(&peer);
	if (peer_read(&peer))
		setsockopt(connection, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1}, sizeof(struct linger));
}

START_TEST(a_kept_connection_that_is_reset_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_one_then_reset);
	struct exchange e = post(&server);
	assert_good(&e);
	e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(e.sent);
	ck_assert_int_eq(server.seen->requests, 2);
	e = post(&server);
	assert_good(&e);
	ck_assert_int_eq(server.seen->requests, 3);
	server_stop(&server);
}
END_TEST

static void serve_only_the_second(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	if (!peer_read(&peer))
		return;
	if (server->seen->requests > 1)
		peer_answer(&peer);
	peer_read(&peer); /* until the client hangs up */
}

START_TEST(a_connection_that_was_silent_is_not_used_again)
{
	struct server server;
	server_start(&server, serve_only_the_second);
	otel_http_request request = h2_post(server.url, "\0\0\0\0\0", 5);
	request.timeout_ms = 300;
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, OTEL_HTTP_TIMEOUT);
	ck_assert(e.sent);
	e = post(&server);
	assert_good(&e);
	server_stop(&server);
}
END_TEST

static void serve_reset(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_INTERNAL_ERROR);
}

START_TEST(a_stream_that_is_reset_leaves_the_outcome_open)
{
	struct server server;
	server_start(&server, serve_reset);
	for (int i = 1; i < 4; i++) {
		struct exchange e = post(&server);
		ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
		ck_assert(e.sent);
		ck_assert_str_eq(e.message, "the server reset the stream (INTERNAL_ERROR)");
		ck_assert_int_eq(server.seen->requests, i);
	}
	server_stop(&server);
}
END_TEST

static void serve_refusal(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_REFUSED_STREAM);
}

START_TEST(a_stream_that_is_refused_was_not_sent)
{
	struct server server;
	server_start(&server, serve_refusal);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert(!e.sent);
	ck_assert_str_eq(e.message, "the server refused the stream");
	ck_assert_int_eq(server.seen->requests, 1);
	server_stop(&server);
}
END_TEST

static void serve_old_version(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_reset(&peer, PEER_HTTP_1_1_REQUIRED);
}

START_TEST(a_server_that_wants_the_old_version_does_not_get_it)
{
	struct server server;
	server_start(&server, serve_old_version);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_int_eq(server.seen->requests, 1);
	server_stop(&server);
}
END_TEST

static void serve_half(struct server *server, int connection)
{
	static const char *const head[] = {"content-type", "application/grpc", NULL};
	struct peer peer = {.server = server, .fd = connection};
	if (!peer_read(&peer))
		return;
	peer_headers(&peer, 200, false, head);
	peer_data(&peer, "\0\0\0\0", 4, false);
}

START_TEST(an_answer_cut_short_is_broken)
{
	struct server server;
	server_start(&server, serve_half);
	struct exchange e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
	ck_assert_int_eq(e.status, 200);
	ck_assert(e.sent);
	server_stop(&server);
}
END_TEST

enum { LARGE = 200000 };

static bool read_old_request(struct server *server, int connection)
{
	char rest[4096];

	if (!server_read_request(server, connection))
		return false;
	const char *last = server->seen->last;
	size_t left = strstr(last, "Content-Length: 200000\r\n") ? LARGE : 0;
	left -= left ? sizeof(server->seen->last) - 1 - (size_t)(strstr(last, "\r\n\r\n") + 4 - last) : 0;
	for (ssize_t n = 1; left && n > 0; left -= (size_t)n)
		n = read(connection, rest, sizeof(rest) < left ? sizeof(rest) : left);
	return !left;
}

static void serve_one_http1_then_hang_up(struct server *server, int connection)
{
	if (read_old_request(server, connection))
		server_say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	read_old_request(server, connection);
}

START_TEST(http_1_1_is_not_repeated_either)
{
	static char body[LARGE];
	static const size_t lengths[] = {4, LARGE};
	struct server server;
	server_start(&server, serve_one_http1_then_hang_up);
	for (int i = 0; i < 2; i++) {
		const otel_http_request request = http_post(server.url, body, lengths[i]);
		int before = server.seen->requests;
		ck_assert_int_eq(exchange_run(&request).status, 200);
		struct exchange e = exchange_run(&request);
		ck_assert_int_eq(e.error, OTEL_HTTP_BROKEN);
		ck_assert(e.sent);
		ck_assert_str_eq(e.message, "the server closed the connection, which was kept open, without an answer");
		ck_assert_int_eq(server.seen->requests, before + 2);
	}
	const otel_http_request get = http_get(server.url);
	int before = server.seen->requests;
	ck_assert_int_eq(exchange_run(&get).status, 200);
	ck_assert_int_eq(exchange_run(&get).status, 200); /* may be repeated, and is */
	ck_assert_int_eq(server.seen->requests, before + 3);
	server_stop(&server);
}
END_TEST

START_TEST(a_server_that_is_gone_is_refused_and_not_sent)
{
	struct server server;
	server_start(&server, serve_answers);
	struct exchange e = post(&server);
	assert_good(&e);
	server_stop(&server);
	e = post(&server);
	ck_assert_int_eq(e.error, OTEL_HTTP_REFUSED);
	ck_assert(!e.sent);
}
END_TEST

static void setup(void)
{
	http_open(NULL);
}

int main(void)
{
	const TTest *const tests[] = {
		trailers_come_behind_the_headers,
		an_answer_of_headers_alone_is_one,
		a_body_in_many_frames_is_put_together,
		a_large_body_arrives_whole,
		more_headers_than_anybody_needs_are_too_large,
		a_connection_is_used_for_one_exchange_after_the_other,
		a_connection_is_given_up_before_it_looks_like_an_attack,
		connections_of_both_versions_are_kept_apart,
		a_server_of_the_old_version_is_known_as_such,
		a_connection_that_was_closed_meanwhile_is_not_used,
		after_a_goaway_another_connection_is_made,
		a_kept_connection_that_dies_leaves_the_outcome_open,
		a_kept_connection_that_is_reset_leaves_the_outcome_open,
		a_stream_that_is_reset_leaves_the_outcome_open,
		a_stream_that_is_refused_was_not_sent,
		a_server_that_wants_the_old_version_does_not_get_it,
		an_answer_cut_short_is_broken,
		http_1_1_is_not_repeated_either,
		a_server_that_is_gone_is_refused_and_not_sent,
		a_connection_that_was_silent_is_not_used_again, /* last: kept connections are in doubt for a while */
	};
	Suite *suite = suite_create("http2");
	TCase *tcase = tcase_create("http2");
	suite_add_tcase(suite, tcase);
	tcase_add_unchecked_fixture(tcase, setup, NULL);
	tcase_set_timeout(tcase, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tcase, tests[i]);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
