/* SPDX-License-Identifier: Apache-2.0
 *
 * attempt_test.c - which connection an exchange goes over: when a kept one serves again, when it does not, and that no
 * request that may have been acted upon is repeated.
 */
#include "core/http/http2_support.h"

#include <sys/socket.h>

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

static void serve_once(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	if (peer_read(&peer))
		peer_answer(&peer);
	while (server->seen->cue < server->seen->connections)
		usleep(1000); /* the client has its answer before the connection ends */
	shutdown(connection, SHUT_WR);
	server_flush(connection);
	server->seen->told++;
}

START_TEST(a_connection_that_was_closed_meanwhile_is_not_used)
{
	struct server server;
	server_start(&server, serve_once);
	for (int i = 0; i < 3; i++) {
		struct exchange e = post(&server);
		assert_good(&e);
		server.seen->cue++;
		while (server.seen->told <= i)
			usleep(1000);
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
		server_flush(connection);
		server->seen->told++;
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
		while (server.seen->told <= i)
			usleep(1000);
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

HTTP2_MAIN("attempt", {a_connection_is_used_for_one_exchange_after_the_other, 0},
	   {a_connection_is_given_up_before_it_looks_like_an_attack, 0},
	   {connections_of_both_versions_are_kept_apart, 0}, {a_connection_that_was_closed_meanwhile_is_not_used, 0},
	   {after_a_goaway_another_connection_is_made, 0}, {a_kept_connection_that_dies_leaves_the_outcome_open, 0},
	   {a_kept_connection_that_is_reset_leaves_the_outcome_open, 0}, {http_1_1_is_not_repeated_either, 0},
	   {a_server_that_is_gone_is_refused_and_not_sent, 0},
	   /* last: kept connections are in doubt for a while */ {a_connection_that_was_silent_is_not_used_again, 0})
